package catalog_test

import (
	"testing"

	"github.com/muster-mc/muster/catalog"
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

func TestSettlePanicsOutOfRange(t *testing.T) {
	wantPanic(t, func() { catalog.Settle(counterConfig{Limit: 10}) }, "--limit 10: want a number from 0 to 9")
	wantPanic(t, func() { catalog.Settle(counterConfig{Step: "three"}) }, "--step three: want one of one, two")
}
