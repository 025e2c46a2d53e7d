package visited

// memory is what must be given back when slots are no longer used: a mapping,
// or nothing when the garbage collector sees to it.
type memory struct {
	mapping []byte
	brood   *brood // whose table it is, if it is one of several
	nursery *nursery
}

// hugePage is the size of a large page of the processors we know. A table that
// is spread over small ones spends more time on finding pages than on reading
// them.
const hugePage = 2 << 20

// allocate returns n zeroed slots, the first one at the start of a cache line.
func allocate(n uint64) ([]uint64, memory) {
	if n*8 >= hugePage {
		if slots, m, ok := mapped(n); ok {
			return slots, m
		}
	}
	return aligned(make([]uint64, n+bucketSlots-1), n), memory{}
}

// allocateBytes returns n zeroed bytes.
func allocateBytes(n uint64) ([]byte, memory) {
	if n >= hugePage {
		if data, m, ok := mappedBytes(n); ok {
			return data, m
		}
	}
	return make([]byte, n), memory{}
}
