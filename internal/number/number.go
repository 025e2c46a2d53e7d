// Package number writes numbers for people.
package number

import (
	"fmt"
	"strconv"
)

// Commas writes a number with a comma between thousands.
func Commas[N int | uint64](n N) string {
	if n < 1000 {
		return strconv.FormatUint(uint64(n), 10)
	}
	return fmt.Sprintf("%s,%03d", Commas(n/1000), n%1000)
}

// Count writes a number of things: 1 state, 2 states.
func Count[N int | uint64](n N, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return Commas(n) + " " + thing + "s"
}
