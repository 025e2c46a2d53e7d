package inplace_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/muster-mc/muster/explore"
)

// A report is the same for any number of workers, whatever is in memory, and in a second run
// of the same model.
func TestReportsAreTheSame(t *testing.T) {
	m := newPair()
	var first string
	for i, o := range []explore.Options{
		{Workers: 1, KeepGoing: true},
		{Workers: 2, KeepGoing: true},
		{Workers: 5, KeepGoing: true},
		{Workers: 3, KeepGoing: true, Memory: 90 << 20},
	} {
		if i == 2 {
			m = newPair()
		}
		r, err := explore.Check(context.Background(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		r.Seconds, r.Bytes = 0, 0
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(text)
		}
		if string(text) != first {
			t.Errorf("run %d:\n%s\nwant\n%s", i, text, first)
		}
	}
}

// With the exact store encodings are compared, and nothing is left to chance.
func TestExact(t *testing.T) {
	for _, test := range []struct {
		store explore.StoreKind
		exact bool
	}{{explore.StoreExact, true}, {explore.StoreCompact, false}} {
		r, err := explore.Check(context.Background(), newPair(), explore.Options{Store: test.store, KeepGoing: true})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Code.MissProbability == 0; got != test.exact {
			t.Errorf("%s: the chance of a miss is %g", test.store, r.Code.MissProbability)
		}
	}
}
