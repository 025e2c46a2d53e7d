package explore

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/budget"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/visited"
)

// StoreKind is a kind of set for the visited states.
type StoreKind string

// The kinds of set. The zero value stands for StoreAuto.
const (
	StoreAuto    StoreKind = "auto"    // exact as long as it is small, then compact
	StoreExact   StoreKind = "exact"   // compares every byte of the states
	StoreCompact StoreKind = "compact" // compares 72 bits of hash
)

// StoreKinds lists all kinds.
func StoreKinds() []StoreKind { return []StoreKind{StoreAuto, StoreExact, StoreCompact} }

func problemOfStore(o Options) string {
	k := o.Store
	if k == StoreExact && o.Checkpoint != "" {
		return "a checkpoint keeps fingerprints, not states: an exact store cannot be resumed; use the compact one"
	}
	if k == "" || slices.Contains(StoreKinds(), k) {
		return ""
	}
	var names []string
	for _, kind := range StoreKinds() {
		names = append(names, string(kind))
	}
	return fmt.Sprintf("there is no store %q; there are %s", k, strings.Join(names, ", "))
}

// store is the set of visited states, and how it came to be what it is.
type store struct {
	visited.Set
	kinds []StoreKind // that were in use, in order
	most  uint64      // what an exact set may take before it becomes compact
}

func newStore(o Options, size int) store {
	if o.Store == StoreCompact || o.Checkpoint != "" { // a checkpoint keeps fingerprints
		return store{Set: visited.NewCompact(), kinds: []StoreKind{StoreCompact}}
	}
	s := store{Set: visited.NewExact(size), kinds: []StoreKind{StoreExact}, most: math.MaxUint64}
	if o.Store != StoreExact {
		s.most = o.memory() / 4 // the rest is for levels, the log and what is not known to be
	}
	return s
}

// memory is how much there is for the run.
func (o Options) memory() uint64 {
	if o.Memory > 0 {
		return o.Memory
	}
	return budget.Default()
}

// kind is what the set is now.
func (s *store) kind() StoreKind { return s.kinds[len(s.kinds)-1] }

// report says what the answer rests on.
func (s *store) report(states uint64) Store {
	r := Store{Kind: s.kind(), Kinds: s.kinds}
	if s.kind() == StoreCompact {
		r.MissProbability = visited.MissProbability(states)
	}
	return r
}

// newFilter returns a filter that is as strict as the set.
func (s *store) newFilter(size int) filter {
	if s.kind() == StoreExact {
		return newExactFilter(size)
	}
	return newFilter()
}

// reasonFull is why a run ends that has no more addresses for states.
const reasonFull = "a part of the exact set of visited states is at its limit of 64 GiB; a compact one has none"

// compactIfHeavy turns the exact set into a compact one when it takes too much.
// It is called between rounds, and decides by what was counted so far: so the
// answer rests on the same kinds of set whatever the workers and rounds.
func (e *engine[S]) compactIfHeavy() {
	from, ok := e.store.Set.(*visited.Exact)
	if !ok || visited.ExactBytes(e.counts.Distinct, e.stateBytes) <= e.store.most {
		return
	}
	to := visited.NewCompact()
	e.team.run(func(i int) {
		for part, owner := range e.workers[i].owners {
			if int(owner) == i {
				from.MoveTo(to, part, e.workers[i].hasher)
			}
		}
	})
	from.Free()
	e.store.Set, e.store.kinds = to, append(e.store.kinds, StoreCompact)
	for _, w := range e.workers {
		w.initFilters()
	}
}

// newHasher returns what makes fingerprints of states.
func (e *engine[S]) newHasher() *fingerprint.Hasher {
	if e.tuning.hashBits > 0 {
		return fingerprint.Weak(e.tuning.hashBits)
	}
	return fingerprint.New(e.options.Seed)
}
