package command

import (
	"fmt"
	"math"
	"runtime/debug"
	"strconv"
	"strings"
)

// amount is a flag that is an amount of memory, such as 512MiB or 1.5GiB.
type amount uint64

// units are what a number of bytes can be followed by.
var units = []struct {
	name  string
	bytes float64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}

// Set reads a number with its unit. Less than a byte is nothing anybody means.
func (a *amount) Set(text string) error {
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
		*a = amount(bytes)
		return nil
	}
	return fmt.Errorf("%q is no amount of memory", text)
}

// String writes the amount in the largest unit that it is a whole number of.
func (a *amount) String() string {
	n := uint64(*a)
	for _, u := range units {
		if n%uint64(u.bytes) == 0 && n > 0 {
			return fmt.Sprint(n/uint64(u.bytes), u.name)
		}
	}
	return strconv.FormatFloat(float64(n)/1024, 'f', -1, 64) + "KiB"
}

// limitHeap has Go collect garbage in time for a run that may take this much
// memory. Three eighths are for what is outside of Go's reach beside the program
// itself: the set of visited states, whose share is larger where there is much
// memory. Less would have Go collect all the time what is no garbage. Zero is no
// limit, and a lower one that was set before stays.
func limitHeap(memory uint64) {
	const program, roomy = 28 << 20, 512 << 20
	heap := int64((max(memory, program)-program)/8*5 - (max(memory, roomy)-roomy)/4)
	if heap > 0 && heap < debug.SetMemoryLimit(-1) {
		debug.SetMemoryLimit(heap)
	}
}

func (a *amount) Type() string { return "size" }
