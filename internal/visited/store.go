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

// Kinds lists all kinds.
func Kinds() []Kind { return []Kind{KindAuto, KindExact, KindCompact, KindDisk} }

// Store is the visited states of a search: a set that turns into the next kind when
// memory is short. It is the only code that knows which kind of set is in use.
type Store struct {
	asked Kind
	kinds []Kind // those that were in use, in order

	// One of these is in use.
	exact   *Exact
	compact *Compact
	disk    *Disk

	set      Set  // exact or compact
	numbered bool // the exact set has the states' numbers
}

// NewStore returns an empty store of the kind that is asked for, and states of this
// size, which is less than zero if it varies. A store on disk is compact as long as
// it fits into memory.
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

func (s *Store) useCompact(set *Compact, k Kind) {
	s.exact, s.compact, s.set, s.numbered = nil, set, set, false
	s.become(k)
}

// become notes that the set is of another kind from now on.
func (s *Store) become(k Kind) {
	if len(s.kinds) == 0 || s.Kind() != k {
		s.kinds = append(s.kinds, k)
	}
}

// Kind is the kind of the set now.
func (s *Store) Kind() Kind { return s.kinds[len(s.kinds)-1] }

// Kinds are the kinds that were in use, in order.
func (s *Store) Kinds() []Kind { return s.kinds }

// May reports whether the store may become one of this kind.
func (s *Store) May(k Kind) bool { return s.asked == k || s.asked == KindAuto || s.asked == "" }

// IsExact reports whether the set compares every byte, and always has.
func (s *Store) IsExact() bool { return s.Kind() == KindExact }

// IsDelayed reports whether new states are only known after Disk.Resolve.
func (s *Store) IsDelayed() bool { return s.disk != nil }

// Disk is the set on disk; nil if there is none.
func (s *Store) Disk() *Disk { return s.disk }

// MissProbability bounds the chance that the set took a new state for a known one
// even once among this many states.
func (s *Store) MissProbability(states uint64) float64 {
	if s.IsExact() {
		return 0
	}
	return MissProbability(states)
}

// Continue notes the kinds that a resumed run had used before those in use now.
func (s *Store) Continue(before []Kind) {
	now := s.Kind()
	if i := slices.Index(before, now); i >= 0 {
		before = before[:i] // the later ones come again, if they still must
	}
	s.kinds = append(slices.Clone(before), now)
}

// UseFingerprints makes an empty exact set compact, for states of which only the
// fingerprints are known. It reports whether the set was exact.
func (s *Store) UseFingerprints() bool {
	if s.exact == nil {
		return false
	}
	s.exact.Free()
	s.useCompact(NewCompact(), KindCompact)
	return true
}

// Insert appends the indices of the candidates that are new to fresh or, in a set on
// disk, of those that may be. The candidates of a set on disk are known by their
// indices plus base from then on. A set that has numbers notes in places where it has
// each candidate.
func (s *Store) Insert(list []Candidate, states *Encodings, base uint64, fresh []uint64, places []Place) []uint64 {
	switch {
	case s.disk != nil:
		return s.disk.Insert(list, base, fresh)
	case s.numbered:
		return s.exact.Place(list, states, fresh, places)
	}
	return s.set.Insert(list, states, fresh)
}

// Len is the number of states in the set.
func (s *Store) Len() uint64 {
	if s.disk != nil {
		return s.disk.Len()
	}
	return s.set.Len()
}

// Bytes is the memory that the set holds.
func (s *Store) Bytes() uint64 {
	if s.disk != nil {
		return s.disk.Bytes()
	}
	return s.set.Bytes()
}

// Full reports whether a candidate was turned away for want of addresses.
func (s *Store) Full() bool { return s.set != nil && s.set.Full() }

// Free gives the memory back. It may be called again.
func (s *Store) Free() {
	if s.disk != nil {
		s.disk.Free()
		return
	}
	s.set.Free()
}

// ReserveNumbers makes room in an empty exact set for the states' numbers, so that
// the set turns compact when one with numbers would. It reports whether the set is
// exact.
func (s *Store) ReserveNumbers() bool {
	if s.exact == nil {
		return false
	}
	s.exact.UseNumbers()
	return true
}

// UseNumbers has an empty exact set keep the states' numbers, and reports whether the
// set is exact.
func (s *Store) UseNumbers() bool {
	s.numbered = s.ReserveNumbers()
	return s.numbered
}

// Numbered is the exact set as long as it keeps the states' numbers, otherwise nil.
func (s *Store) Numbered() *Exact {
	if s.numbered {
		return s.exact
	}
	return nil
}

// DropNumbers forgets that the set keeps numbers.
func (s *Store) DropNumbers() { s.numbered = false }

// Room is the memory that each kind of set may take, in bytes.
type Room struct{ Exact, Compact uint64 }

// Outgrown returns the kind that the store must become, now that it has this many
// states, whose encodings are this long together; nothing if it may stay. It goes by
// the number of states alone, so that the answer rests on the same kinds of set
// whatever the workers and rounds.
func (s *Store) Outgrown(states, bytes uint64, room Room) Kind {
	switch {
	case s.exact != nil && s.May(KindCompact) && s.exact.Estimate(states, bytes) > room.Exact:
		return KindCompact
	case s.compact != nil && s.May(KindDisk) && CompactBytes(states) > room.Compact:
		return KindDisk
	}
	return ""
}

// ToCompact turns an exact set into a compact one. EachPart runs a function for every
// partition, with a hasher that the function has for itself.
func (s *Store) ToCompact(eachPart func(f func(h *fingerprint.Hasher, part int))) {
	from, to := s.exact, NewCompact()
	eachPart(func(h *fingerprint.Hasher, part int) { from.MoveTo(to, part, h) })
	from.Free()
	s.useCompact(to, KindCompact)
}

// ToDisk turns a compact set into one on disk, whose files come from open.
func (s *Store) ToDisk(open func() (*spill.File, error), each Each) error {
	disk, err := NewDisk(s.compact, open, each)
	if err != nil {
		return err
	}
	s.disk, s.compact, s.set = disk, nil, nil
	s.become(KindDisk)
	return nil
}

// States yields the states of an exact set, in an order that means nothing.
func (s *Store) States() iter.Seq[[]byte] { return s.exact.States() }

// Prints yields as much as the set knows of the fingerprints of all states, if it is
// not exact, until yield returns false.
func (s *Store) Prints(yield func(fingerprint.Print) bool) error {
	if s.disk != nil {
		return s.disk.Prints(yield)
	}
	s.compact.Prints(yield)
	return nil
}

// Advice is a way out if the set takes too much memory, or nothing.
func (s *Store) Advice() string {
	if s.May(KindDisk) {
		return ""
	}
	return fmt.Sprintf(" by the %s set of visited states; one on disk takes less", s.Kind())
}
