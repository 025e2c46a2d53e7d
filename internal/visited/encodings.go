package visited

// Encodings is encoded states, one after the other. A state is known by its
// place among them.
type Encodings struct {
	size int // of each, or less than zero if their sizes vary
	data []byte
	ends []uint64 // where they end, if their sizes vary
}

// NewEncodings returns an empty list of states of this size, which is less than
// zero if their sizes vary.
func NewEncodings(size int) Encodings { return Encodings{size: size} }

// Reset empties the list for new use.
func (e *Encodings) Reset() { e.data, e.ends = e.data[:0], e.ends[:0] }

// Add appends a state.
func (e *Encodings) Add(state []byte) {
	e.data = append(e.data, state...)
	if e.size < 0 {
		e.ends = append(e.ends, uint64(len(e.data)))
	}
}

// At returns the state at a place.
func (e *Encodings) At(i uint64) []byte {
	if e.size >= 0 {
		size := uint64(e.size)
		return e.data[i*size : (i+1)*size]
	}
	start := uint64(0)
	if i > 0 {
		start = e.ends[i-1]
	}
	return e.data[start:e.ends[i]]
}

// Held returns how much memory the list holds.
func (e *Encodings) Held() uint64 { return uint64(cap(e.data) + 8*cap(e.ends)) }
