package digraph

import "github.com/muster-mc/muster/internal/pages"

// memory is what edges are cut from that are there to stay. Those of a nil one
// have memory of their own.
type memory struct {
	of32 pages.Chunks[uint32]
	of8  pages.Chunks[uint8]
}

func (m *memory) words(n int) []uint32 {
	if m == nil {
		return make([]uint32, n)
	}
	return m.of32.Alloc(n)
}

// labels has room for so many.
func (m *memory) labels(n int, wide bool) Labels {
	switch {
	case m == nil:
		return newLabels(n, wide)
	case wide:
		return Labels{wide: m.of32.Alloc(n)[:0]}
	}
	return Labels{narrow: m.of8.Alloc(n)[:0]}
}
