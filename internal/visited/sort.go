package visited

import "math/bits"

// sort sorts by what a set decides on. Hashes are spread evenly, so one pass puts
// every candidate into one of about n/8 drawers in order, where next to nothing
// is left to be done by insertion.
func (s *scratch) sort(list []Candidate) {
	if n := len(list); n > 16 {
		s.distribute(list, bits.Len(uint(n/8)))
	}
	insertionSort(list)
}

func insertionSort(list []Candidate) {
	for i := 1; i < len(list); i++ {
		c, at := list[i], i
		for ; at > 0 && c.less(list[at-1]); at-- {
			list[at] = list[at-1]
		}
		list[at] = c
	}
}

// distribute puts candidates of one partition into 2^b drawers.
func (s *scratch) distribute(list []Candidate, b int) {
	if cap(s.list) < len(list) {
		s.list = make([]Candidate, len(list))
	}
	if len(s.starts) < 1<<b+1 {
		s.starts = make([]uint32, 1<<b+1)
	}
	starts := s.starts[:1<<b+1]
	clear(starts)
	drawer := func(c Candidate) uint64 { return c.hash << partitionBits >> (64 - b) }
	for _, c := range list {
		starts[drawer(c)+1]++
	}
	for i := range 1 << b {
		starts[i+1] += starts[i]
	}
	sorted := s.list[:len(list)]
	for _, c := range list {
		at := &starts[drawer(c)]
		sorted[*at] = c
		*at++
	}
	copy(list, sorted)
}
