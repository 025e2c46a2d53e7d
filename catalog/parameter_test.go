package catalog_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

func TestSettle(t *testing.T) {
	defaults := counterConfig{Limit: 3, Step: "one"}
	for name, test := range map[string]struct{ given, want counterConfig }{
		"zero is the default":   {counterConfig{}, defaults},
		"what is set stays":     {counterConfig{Limit: 5, Step: "two", Down: true}, counterConfig{Limit: 5, Step: "two", Down: true}},
		"none is zero":          {counterConfig{Limit: catalog.None}, counterConfig{Limit: 0, Step: "one"}},
		"-1 is -1 if it may be": {counterConfig{Start: -1}, counterConfig{Limit: 3, Start: -1, Step: "one"}},
		"untagged fields stay":  {counterConfig{Secret: 7, Bug: "b"}, counterConfig{Limit: 3, Step: "one", Secret: 7, Bug: "b"}},
		"settled stays settled": {defaults, defaults},
	} {
		t.Run(name, func(t *testing.T) {
			if got := catalog.Settle(test.given); got != test.want {
				t.Errorf("got %+v; want %+v", got, test.want)
			}
		})
	}
}

// A *bool that is nil has its default, which may be true; the flag and a Config in Go
// can both say false.
func TestTrueByDefault(t *testing.T) {
	type config struct {
		Fence *bool `flag:"fence" default:"true" help:"compare tokens"`
	}
	var got []bool
	e := catalog.Define("fenced", "", func(c config) *model.Model[counter] {
		c = catalog.Settle(c)
		got = append(got, *c.Fence)
		return newCounter(counterConfig{})
	})
	for _, s := range []catalog.Settings{{}, {With: catalog.With{"fence": "false"}}, {With: catalog.With{"fence": "true"}}} {
		if _, err := e.Open(s); err != nil {
			t.Fatal(err)
		}
	}
	got = append(got, *catalog.Settle(config{}).Fence, *catalog.Settle(config{new(false)}).Fence)
	if want := []bool{true, false, true, true, false}; !slices.Equal(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
}

func TestSettlePanicsOutOfRange(t *testing.T) {
	wantPanic(t, func() { catalog.Settle(counterConfig{Limit: 10}) }, "--limit 10: want a number from 0 to 9")
	wantPanic(t, func() { catalog.Settle(counterConfig{Step: "three"}) }, "--step three: want one of one, two")
}
