package pages

import "sync"

// Stock cuts pieces from blocks of large pages, which are mapped from the system and
// all given back together. The zero Stock is empty and ready, and may be shared.
type Stock struct {
	mutex  sync.Mutex
	rest   []byte
	cut    int // pieces that were
	bytes  int // of the last block
	blocks []Mapping
}

// cutPlainly is how many bytes of a stock are Go's own at first: a small run does
// not take a large page.
const cutPlainly = 128 << 10

// Cut returns n zeroed bytes without room to grow.
func (s *Stock) Cut(n int) []byte {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.cut += n; s.cut <= cutPlainly || n > Huge {
		return make([]byte, n)
	}
	if len(s.rest) < n && !s.addBlock() {
		return make([]byte, n)
	}
	piece := s.rest[:n:n]
	s.rest = s.rest[n:]
	return piece
}

// addBlock maps twice as much as the last time: what is not used yet takes nothing.
func (s *Stock) addBlock() bool {
	s.bytes = min(max(2*s.bytes, Huge), blockMost)
	data, m, ok := Bytes(uint64(s.bytes))
	if ok {
		s.rest, s.blocks = data, append(s.blocks, m)
	}
	return ok
}

// Free gives everything back. No piece may be used any more.
func (s *Stock) Free() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for _, m := range s.blocks {
		m.Release()
	}
	s.rest, s.blocks, s.cut, s.bytes = nil, nil, 0, 0
}
