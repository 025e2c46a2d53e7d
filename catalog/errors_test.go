package catalog

import "testing"

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
