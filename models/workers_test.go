package models

import (
	"fmt"
	"slices"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// Any number of workers counts the same, in a model that is searched to its end and in one that
// a bound on depth cuts.
func TestWorkersCountTheSame(t *testing.T) {
	for _, row := range []struct {
		model               string
		with                catalog.With
		depth               int
		distinct, generated uint64
	}{
		{"actor/paxos", catalog.With{"clients": "2"}, 0, 16_668, 32_971},
		{"actor/raft", nil, 8, 73_408, 211_510},
	} {
		i := slices.IndexFunc(All, func(e catalog.Entry) bool { return e.Name == row.model })
		m, err := All[i].Open(catalog.Settings{With: row.with})
		if err != nil {
			t.Fatal(err)
		}
		for _, workers := range []int{1, 2, 5} {
			o := explore.Options{Workers: workers, MaxDepth: row.depth, Symmetry: explore.SymmetryOff, KeepGoing: true}
			r, err := m.Check(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := fmt.Sprint(r.Counts.Distinct, r.Counts.Generated), fmt.Sprint(row.distinct, row.generated); got != want {
				t.Errorf("%s, %d workers: %s states and generated ones; want %s", row.model, workers, got, want)
			}
		}
	}
}
