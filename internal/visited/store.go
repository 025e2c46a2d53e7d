package visited

import (
	"fmt"
	"iter"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
)

// Kind is a kind of set.
type Kind string

// The kinds of set. KindAuto, or none, leaves the choice to the store.
const (
	KindAuto    Kind = "auto"
	KindExact   Kind = "exact"
	KindCompact Kind = "compact"
	KindDisk    Kind = "disk"
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{KindAuto, KindExact, KindCompact, KindDisk} }

// Store has the visited states of a search in a set that is converted to the next kind
// when memory is short: from exact to compact, and from compact to disk. Only the store
// knows which kind of set is in use.
type Store struct {
	asked Kind
	kinds []Kind // the kinds that have been in use, in order

	// The set in use; the other two are nil.
	exact   *Exact
	compact *Compact
	disk    *Disk

	set      Set  // exact or compact
	numbered bool // the exact set keeps the states' numbers
}

// NewStore returns an empty store of the given kind for states of the given size, which
// is negative if sizes vary. A store of KindDisk is compact until it exceeds its memory.
func NewStore(asked Kind, size int) *Store {
	s := &Store{asked: asked}
	switch asked {
	case KindDisk, KindCompact:
		s.useCompact(NewCompact(), asked)
	default:
		s.exact = NewExact(size)
		s.set, s.kinds = s.exact, []Kind{KindExact}
	}
	return s
}

// useCompact replaces the set by a compact one, which cannot keep numbers.
func (s *Store) useCompact(set *Compact, k Kind) {
	s.exact, s.compact, s.set, s.numbered = nil, set, set, false
	s.become(k)
}

// become records the kind of the new set.
func (s *Store) become(k Kind) {
	if len(s.kinds) == 0 || s.Kind() != k {
		s.kinds = append(s.kinds, k)
	}
}

// Kind returns the kind of the set in use.
func (s *Store) Kind() Kind { return s.kinds[len(s.kinds)-1] }

// Kinds returns the kinds that have been in use, in order.
func (s *Store) Kinds() []Kind { return s.kinds }

// May reports whether the store may be converted to a kind.
func (s *Store) May(k Kind) bool { return s.asked == k || s.asked == KindAuto || s.asked == "" }

// IsExact reports whether the store has compared whole states from the start.
func (s *Store) IsExact() bool { return s.Kind() == KindExact }

// IsDelayed reports whether Disk.Resolve decides which states are new.
func (s *Store) IsDelayed() bool { return s.disk != nil }

// Disk returns the set on disk, or nil if another kind is in use.
func (s *Store) Disk() *Disk { return s.disk }

// MissProbability bounds the probability that the store has taken any of the given
// number of states for another.
func (s *Store) MissProbability(states uint64) float64 {
	if s.IsExact() {
		return 0
	}
	return MissProbability(states)
}

// Continue adds the kinds that a resumed run had used before.
func (s *Store) Continue(before []Kind) {
	now := s.Kind()
	if i := slices.Index(before, now); i >= 0 {
		before = before[:i] // the store may still be converted to later kinds
	}
	s.kinds = append(slices.Clone(before), now)
}

// UseFingerprints converts an empty exact set to a compact one, for a caller that has
// only the fingerprints of the states. It reports whether the set was exact.
func (s *Store) UseFingerprints() bool {
	if s.exact == nil {
		return false
	}
	s.exact.Free()
	s.useCompact(NewCompact(), KindCompact)
	return true
}

// Insert inserts candidates, and appends to fresh the indices of the new ones. If the set
// is on disk, Insert appends the indices of candidates that may be new, and the methods of
// Disk identify a candidate by its index plus base. If the set keeps numbers, Insert writes
// the place of each candidate to places.
func (s *Store) Insert(list []Candidate, states *Encodings, base uint64, fresh []uint64, places []Place) []uint64 {
	switch {
	case s.disk != nil:
		return s.disk.Insert(list, base, fresh)
	case s.numbered:
		return s.exact.Place(list, states, fresh, places)
	}
	return s.set.Insert(list, states, fresh)
}

// Len returns the number of states in the set.
func (s *Store) Len() uint64 {
	if s.disk != nil {
		return s.disk.Len()
	}
	return s.set.Len()
}

// Bytes returns the size of the set's memory.
func (s *Store) Bytes() uint64 {
	if s.disk != nil {
		return s.disk.Bytes()
	}
	return s.set.Bytes()
}

// Full reports whether the set had to refuse a candidate; see [Set].
func (s *Store) Full() bool { return s.set != nil && s.set.Full() }

// Free releases the memory. Further calls have no effect.
func (s *Store) Free() {
	if s.disk != nil {
		s.disk.Free()
		return
	}
	s.set.Free()
}

// ReserveNumbers reserves memory for the states' numbers in an empty exact set, so that
// the set is converted at the same number of states as a set with numbers. It reports
// whether the set is exact.
func (s *Store) ReserveNumbers() bool {
	if s.exact == nil {
		return false
	}
	s.exact.UseNumbers()
	return true
}

// UseNumbers makes an empty exact set keep the states' numbers. It reports whether the set
// is exact.
func (s *Store) UseNumbers() bool {
	s.numbered = s.ReserveNumbers()
	return s.numbered
}

// Numbered returns the exact set if it keeps the states' numbers, or else nil.
func (s *Store) Numbered() *Exact {
	if s.numbered {
		return s.exact
	}
	return nil
}

// DropNumbers ends the use of the states' numbers. The room beside the states stays,
// because states never move.
func (s *Store) DropNumbers() { s.numbered = false }

// Room has the largest memory of each kind of set in bytes.
type Room struct{ Exact, Compact uint64 }

// Outgrown returns the kind to which the store has to be converted, or "" if it may stay.
// The decision depends only on the number of states and the size of their encodings, so
// that the kinds in use are the same for all numbers of workers.
func (s *Store) Outgrown(states, bytes uint64, room Room) Kind {
	switch {
	case s.exact != nil && s.May(KindCompact) && s.exact.Estimate(states, bytes) > room.Exact:
		return KindCompact
	case s.compact != nil && s.May(KindDisk) && CompactBytes(states) > room.Compact:
		return KindDisk
	}
	return ""
}

// ToCompact converts an exact set to a compact one. EachPart calls a function for every
// partition, with a hasher that no concurrent call uses. A partition is released when it
// was moved. Until then both sets take memory, which is why an exact set has the smaller
// share.
func (s *Store) ToCompact(eachPart func(f func(h *fingerprint.Hasher, part int))) {
	from, to := s.exact, NewCompact()
	eachPart(func(h *fingerprint.Hasher, part int) { from.MoveTo(to, part, h) })
	from.Free()
	s.useCompact(to, KindCompact)
}

// ToDisk converts a compact set to one on disk. Open creates its files.
func (s *Store) ToDisk(open func() (*spill.File, error), each Each) error {
	disk, err := NewDisk(s.compact, open, each)
	if err != nil {
		return err
	}
	s.disk, s.compact, s.set = disk, nil, nil
	s.become(KindDisk)
	return nil
}

// States yields the states of an exact set in an unspecified order.
func (s *Store) States() iter.Seq[[]byte] { return s.exact.States() }

// Prints calls yield with the known part of each state's fingerprint until yield returns
// false. The set must not be exact.
func (s *Store) Prints(yield func(fingerprint.Print) bool) error {
	if s.disk != nil {
		return s.disk.Prints(yield)
	}
	s.compact.Prints(yield)
	return nil
}

// Advice returns the end of an error message about too much memory, or "".
func (s *Store) Advice() string {
	if s.May(KindDisk) {
		return ""
	}
	return fmt.Sprintf(" by the %s set of visited states; one on disk takes less", s.Kind())
}
