package explore_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/membership"
	"github.com/muster-mc/muster/models/twophase"
)

// The models of the catalogue have the same counts, verdicts and traces in each
// store, whoever does the work, and also when the store changes on the way.
func TestStoresAgreeOnTheCatalogue(t *testing.T) {
	t.Parallel()
	if explore.Slow {
		storesAgree(t, twophase.New(twophase.Config{RMs: 4}), 1_568)
		storesAgree(t, lease.New(lease.Config{MaxToken: 1}), 6_776)
	} else {
		storesAgree(t, twophase.New(twophase.Config{RMs: 5}), 8_832)
		storesAgree(t, lease.New(lease.Config{}), 18_808)
	}
	storesAgree(t, membership.New(membership.Config{Nodes: 2, MaxView: 2}), 1_850)
}

// storeRuns are options and what kinds of set a run uses with them, if its model
// has more states than fit into 25 kB.
var storeRuns = []struct {
	store  explore.StoreKind
	memory uint64
	kinds  []explore.StoreKind
}{
	{explore.StoreCompact, 0, []explore.StoreKind{explore.StoreCompact}},
	{explore.StoreExact, 1, []explore.StoreKind{explore.StoreExact}},
	{"", 0, []explore.StoreKind{explore.StoreExact}},
	{explore.StoreAuto, 1, []explore.StoreKind{explore.StoreExact, explore.StoreCompact, explore.StoreDisk}},
	{explore.StoreAuto, 100_000, []explore.StoreKind{explore.StoreExact, explore.StoreCompact, explore.StoreDisk}},
	{explore.StoreDisk, 10_000, []explore.StoreKind{explore.StoreDisk}},
	{explore.StoreDisk, 200_000, []explore.StoreKind{explore.StoreDisk}},
	{explore.StoreDisk, 0, []explore.StoreKind{explore.StoreDisk}},
}

func storesAgree[S any](t *testing.T, m *model.Model[S], distinct uint64) {
	want := ""
	for _, c := range storeRuns {
		for workers := 1; workers <= 3; workers++ {
			r, err := explore.Check(context.Background(), m, explore.Options{Workers: workers, Store: c.store, Memory: c.memory, SafetyOnly: true, Symmetry: explore.SymmetryOff}.Tiny())
			if err != nil {
				t.Fatal(m.Name, err)
			}
			if r.Counts.Distinct != distinct {
				t.Errorf("%s, %+v, %d workers: %d states, want %d", m.Name, c, workers, r.Counts.Distinct, distinct)
			}
			if !slices.Equal(r.Store.Kinds, c.kinds) {
				t.Errorf("%s, %+v, %d workers: the kinds are %v", m.Name, c, workers, r.Store.Kinds)
			}
			if exact := r.Store.Kind == explore.StoreExact; exact != (r.Store.MissProbability == 0) {
				t.Errorf("%s, %+v: a state was missed with a chance of %g", m.Name, c, r.Store.MissProbability)
			}
			got := without(r)
			if want == "" {
				want = got
			}
			if got != want {
				t.Errorf("%s, %+v, %d workers: got\n%s\nwant\n%s", m.Name, c, workers, got, want)
			}
		}
	}
}

// without is a report but for the store and what differs between runs.
func without(r *explore.Report) string {
	c := *r
	c.Seconds, c.Bytes, c.Store = 0, 0, explore.Store{}
	text, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return string(text)
}
