package catalog

import (
	"fmt"
	"testing"
)

func TestNearest(t *testing.T) {
	known := []string{"lease", "registry", "twophase", "txn", "wal", "ownership/zombie"}
	for got, want := range map[string]string{
		"leese":     "lease", // one letter replaced
		"laese":     "lease", // two letters swapped
		"lese":      "lease", // one left out
		"leasee":    "lease", // one too many
		"twophse":   "twophase",
		"2phase":    "",
		"txm":       "txn",
		"zombie":    "ownership/zombie", // the group left out
		"zombi":     "ownership/zombie",
		"consensus": "", // nothing is near
		"x":         "",
		"":          "",
	} {
		if near := nearest(got, known); near != want {
			t.Errorf("nearest to %q is %q; want %q", got, near, want)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"abc", "abd", 1}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"abc", "xabc", 1},
		{"kitten", "sitting", 3}, {"ca", "abc", 3},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d; want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a); got != test.want {
			t.Errorf("distance(%q, %q) = %d; want %d", test.b, test.a, got, test.want)
		}
	}
}

// More names than are read in a glance are shown by groups.
func TestChoicesOfManyNames(t *testing.T) {
	var many []string
	for i := range 18 {
		many = append(many, fmt.Sprintf("m%02d", i))
	}
	few := append(many[:18:18], "a/x", "a/y")
	more := append(few[:20:20], "b/only", "m")
	plain := "m00, m01, m02, m03, m04, m05, m06, m07, m08, m09, m10, m11, m12, m13, m14, m15, m16, m17"
	for _, c := range []struct {
		got, want string
		known     []string
	}{
		{"zebra", "there are " + plain + ", a/x, a/y", few},
		{"zebra", "there are " + plain + ", a/..., b/only, m", more},
		{"", "there are " + plain + ", a/..., b/only, m", more},
		{"a", "there are a/x, a/y", more},
		{"a/", "there are a/x, a/y", more},
		{"b", "there is only b/only", more},
	} {
		if got := Unknown("model", "", c.got, c.known).Choices(); got != c.want {
			t.Errorf("choices for %q: %q; want %q", c.got, got, c.want)
		}
	}
}
