package flags

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Size is a flag that is a size in bytes, such as 512MiB or 1.5GiB.
type Size uint64

// units are the units of a size, the largest first.
var units = []struct {
	name  string
	bytes float64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}

// Set reads a number with its unit, and refuses less than a byte.
func (s *Size) Set(text string) error {
	for _, u := range units {
		digits, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(digits, 64)
		bytes := n * u.bytes
		if err != nil || !(bytes >= 1 && bytes < math.MaxInt64) {
			break
		}
		*s = Size(bytes)
		return nil
	}
	return fmt.Errorf("%q is no amount of memory", text)
}

// String writes the size in the largest unit that divides the size.
func (s *Size) String() string {
	n := uint64(*s)
	for _, u := range units {
		if n%uint64(u.bytes) == 0 && n > 0 {
			return fmt.Sprint(n/uint64(u.bytes), u.name)
		}
	}
	return strconv.FormatFloat(float64(n)/1024, 'f', -1, 64) + "KiB"
}

// Type is the flag library's name of the type.
func (s *Size) Type() string { return "size" }
