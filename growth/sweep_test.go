package growth_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/growth"
)

func TestParseSweep(t *testing.T) {
	for text, want := range map[string][]int{
		"size=1..4": {1, 2, 3, 4}, "size=7": {7}, "size=5,1,3..4,3": {1, 3, 4, 5}, "size=0..1": {0, 1},
	} {
		s, err := growth.ParseSweep(boxEntry, text)
		if err != nil || s.Parameter != "size" || !slices.Equal(s.Values, want) {
			t.Errorf("%s: got %v, %v; want %v", text, s, err, want)
		}
	}
}

func TestParseSweepRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"size":        "--sweep size: want a parameter and its values, such as nodes=1..4 or nodes=1,2,4",
		"sise=1..2":   `box has no parameter "sise"; did you mean size? there are size, sides, switches`,
		"word=a":      "--sweep word: it is one of a, b; only numbers can be swept",
		"size=":       `--sweep size=: "" is neither a number nor a range such as 1..4`,
		"size=one":    `--sweep size=one: "one" is neither a number nor a range such as 1..4`,
		"size=1..":    `--sweep size=1..: "1.." is neither a number nor a range such as 1..4`,
		"size=4..1":   "--sweep size=4..1: the range 4..1 is empty: put the smaller number first",
		"sides=0..2":  "--sweep sides=0..2: want numbers from 1 to 4",
		"sides=1..99": "--sweep sides=1..99: want numbers from 1 to 4",
		"size=0..900": "--sweep size=0..900: want at most 100 values",
	} {
		if _, err := growth.ParseSweep(boxEntry, text); err == nil || err.Error() != want {
			t.Errorf("%s: got %v\nwant %s", text, err, want)
		}
	}
}
