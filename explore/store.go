package explore

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/visited"
)

// StoreKind is a kind of set for the visited states.
type StoreKind string

// The kinds of set. The zero value stands for StoreAuto.
const (
	StoreAuto    StoreKind = "auto"    // exact as long as it is small, then compact, then on disk
	StoreExact   StoreKind = "exact"   // compares every byte of the states
	StoreCompact StoreKind = "compact" // compares 72 bits of hash
	StoreDisk    StoreKind = "disk"    // the same, and keeps in files what there is no memory for
)

// StoreKinds lists all kinds.
func StoreKinds() []StoreKind {
	return []StoreKind{StoreAuto, StoreExact, StoreCompact, StoreDisk}
}

func problemOfStore(o Options) string {
	k := o.Store
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
	disk  *visited.Disk // in place of Set, once a part of it is in files
	kinds []StoreKind   // that were in use, in order
	asked StoreKind     // what the user wants

	numbered *visited.Exact // Set, as long as it has the states' numbers too
}

func newStore(o Options, size int) store {
	switch {
	case o.Store == StoreDisk: // compact as long as it fits
		return store{Set: visited.NewCompact(), kinds: []StoreKind{StoreDisk}, asked: StoreDisk}
	case o.Store == StoreCompact:
		return store{Set: visited.NewCompact(), kinds: []StoreKind{StoreCompact}, asked: o.Store}
	}
	return store{Set: visited.NewExact(size), kinds: []StoreKind{StoreExact}, asked: o.Store}
}

// kind is what the set is now.
func (s *store) kind() StoreKind { return s.kinds[len(s.kinds)-1] }

// may reports whether the set may become one of this kind.
func (s *store) may(k StoreKind) bool { return s.asked == k || s.asked == StoreAuto || s.asked == "" }

// become notes that the set is of another kind from now on.
func (s *store) become(set visited.Set, k StoreKind) {
	s.Set = set
	if s.kind() != k {
		s.kinds = append(s.kinds, k)
	}
}

// goOn notes which kinds were in use before those that are now.
func (s *store) goOn(before []StoreKind) {
	now := s.kind()
	if i := slices.Index(before, now); i >= 0 {
		before = before[:i] // what came later comes again, if it still must
	}
	s.kinds = append(slices.Clone(before), now)
}

// Bytes is how much memory the set holds.
func (s *store) Bytes() uint64 {
	if s.disk != nil {
		return s.disk.Bytes()
	}
	return s.Set.Bytes()
}

// Free gives the memory back.
func (s *store) Free() {
	if s.disk != nil {
		s.disk.Free()
		return
	}
	s.Set.Free()
}

// insert appends the indices of those candidates of a block to fresh that are new,
// or with a set on disk, that may be.
func (s *store) insert(b *block, candidates []visited.Candidate, fresh []uint64) []uint64 {
	if s.disk != nil {
		return s.disk.Insert(candidates, b.base, fresh)
	}
	if s.numbered != nil {
		return s.numbered.Place(candidates, &b.states, fresh, b.places)
	}
	return s.Set.Insert(candidates, &b.states, fresh)
}

// report says what the answer rests on.
func (s *store) report(states uint64) Store {
	r := Store{Kind: s.kind(), Kinds: s.kinds}
	if s.kind() != StoreExact {
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

// newHasher returns what makes fingerprints of states.
func (e *engine) newHasher() *fingerprint.Hasher {
	if e.tuning.hashBits > 0 {
		return fingerprint.Weak(e.tuning.hashBits)
	}
	return fingerprint.New(e.options.Seed)
}
