package catalog_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
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

// A plain bool may be true by default too, if the constructor does without Settle. Zero is
// a value like others then.
func TestPlainBoolTrueByDefault(t *testing.T) {
	type config struct {
		Fence bool `flag:"fence" default:"true" help:"compare tokens"`
		Lost  int  `flag:"lost" default:"2" min:"0" max:"3" help:"messages that may be lost"`
	}
	var got []config
	e := catalog.Define("fenced", "", func(c config) *model.Model[counter] {
		got = append(got, c)
		return newCounter(counterConfig{})
	})
	for _, with := range []catalog.With{nil, {"fence": "false"}, {"fence": "true", "lost": "0"}} {
		m, err := e.Open(catalog.Settings{With: with})
		if err != nil {
			t.Fatal(err)
		}
		r, err := m.Check(t.Context(), explore.Options{})
		if fence := with["fence"] != "false"; err != nil || r.Parameters["fence"] != fence {
			t.Errorf("%v: the report says %v; %v", with, r.Parameters, err)
		}
	}
	changed := catalog.Defaults[config]()
	changed.Fence = false
	got = append(got, catalog.Defaults[config](), changed)
	if want := []config{{true, 2}, {false, 2}, {true, 0}, {true, 2}, {false, 2}}; !slices.Equal(got, want) {
		t.Errorf("got %v; want %v", got, want)
	}
	wantPanic(t, func() { catalog.Settle(config{}) }, "cannot be settled, for the bool --fence is true by default")
}

func TestSettlePanicsOutOfRange(t *testing.T) {
	wantPanic(t, func() { catalog.Settle(counterConfig{Limit: 10}) }, "--limit 10: want a number from 0 to 9")
	wantPanic(t, func() { catalog.Settle(counterConfig{Step: "three"}) }, "--step three: want one of one, two")
}
