package visited

import "github.com/muster-mc/muster/internal/pages"

// memory is what must be given back when slots are no longer used: a mapping,
// or nothing when the garbage collector sees to it.
type memory struct {
	mapping pages.Mapping
	brood   *brood // whose table it is, if it is one of several
	nursery *nursery
}

func (m memory) release() {
	if m.brood != nil {
		m.nursery.giveBack(m.brood)
	}
	m.mapping.Release()
}

// allocate returns n zeroed slots, the first one at the start of a cache line. There
// may be room behind them, which is zero too.
func allocate(n uint64) ([]uint64, memory) {
	if slots, m, ok := pages.Extensible(n); ok {
		return slots, memory{mapping: m}
	}
	return aligned(make([]uint64, n+bucketSlots-1), n), memory{}
}

// allocateBytes returns n zeroed bytes.
func allocateBytes(n uint64) ([]byte, memory) {
	if data, m, ok := pages.Bytes(n); ok {
		return data, memory{mapping: m}
	}
	return make([]byte, n), memory{}
}
