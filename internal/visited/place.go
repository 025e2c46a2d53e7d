package visited

import "encoding/binary"

// Place is where an exact set has a state: its partition, and where in that one's
// arena it is.
type Place uint64

// UseNumbers makes room for a number with each state. It is called while the set is
// empty.
func (s *Exact) UseNumbers() {
	for i := range s.parts {
		s.parts[i].arena.tail = numberBytes
	}
}

// SetNumber gives the state at a place a number. States may get theirs at the same
// time.
func (s *Exact) SetNumber(at Place, number uint32) {
	binary.LittleEndian.PutUint32(s.numberAt(at), number)
}

// Number returns the number of the state at a place: 0 if it was given none.
func (s *Exact) Number(at Place) uint32 { return binary.LittleEndian.Uint32(s.numberAt(at)) }

func (s *Exact) numberAt(at Place) []byte {
	return s.parts[at>>placeBits].arena.number(uint64(at) & placeMask)
}

// Estimate is [ExactBytes], with the room for numbers.
func (s *Exact) Estimate(states, bytes uint64) uint64 {
	return ExactBytes(states, bytes+states*uint64(s.parts[0].arena.tail))
}
