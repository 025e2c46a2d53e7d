package task

// mergeAt is the number of runs of one rank that are merged to one.
const mergeAt = 8

// Deduped is what dedupe finds out about a partition.
type Deduped struct {
	New   [][]byte // by block: a bit for each of its keys, the lowest bit of a byte first
	Run   []byte   // the new states, and those of the runs that were merged with them
	Fresh uint64   // new states
}

// DedupeKeys finds out which keys of a partition are new: the first one of each state, in
// the order of blocks, that is in no run. Merge is the number of runs, the last ones, whose
// keys go into the new run too.
func DedupeKeys(f Form, partitions int, blocks, runs [][]byte, merge int) Deduped {
	s := sorter{form: f, partitions: uint64(partitions)}
	d := Deduped{New: make([][]byte, len(blocks))}
	begins := make([]uint64, len(blocks)) // the place of each block's first key
	for b, section := range blocks {
		begins[b] = uint64(len(s.list))
		d.New[b] = make([]byte, (s.add(section)+7)/8)
	}
	s.sort()
	s.firsts()
	for _, run := range runs {
		s.drop(f.cursor(run))
	}
	d.Fresh = uint64(len(s.list))
	for _, e := range s.list {
		b, _ := blockOf(begins, e.place())
		i := e.place() - begins[b]
		d.New[b][i/8] |= 1 << (i % 8)
	}
	if d.Fresh == 0 { // then there is no run to write
		return d
	}
	fresh := make([]byte, 0, len(s.list)*keyBytes)
	for _, e := range s.list {
		fresh = s.appendKey(fresh, e)
	}
	d.Run = f.MergeRuns(append(runs[len(runs)-merge:len(runs):len(runs)], fresh))
	return d
}

// blockOf is the block that has a place: the last one that begins at it or before.
func blockOf(begins []uint64, place uint64) (int, bool) {
	low, high := 0, len(begins)
	for low+1 < high {
		if middle := (low + high) / 2; begins[middle] <= place {
			low = middle
		} else {
			high = middle
		}
	}
	return low, len(begins) > 0
}

// drop drops the entries whose keys are in a run. Both are sorted.
func (s *sorter) drop(run cursor) {
	kept := s.list[:0]
	for _, e := range s.list {
		for run.ok && s.compareCursor(&run, e) < 0 {
			run.next()
		}
		if !run.ok || s.compareCursor(&run, e) != 0 {
			kept = append(kept, e)
		}
	}
	s.list = kept
}

func (s *sorter) compareCursor(c *cursor, e entry) int {
	if c.hash != e.hash { // nearly always
		return order(c.hash < e.hash)
	}
	d := cursor{hash: e.hash, extra: byte(e.tail)}
	if s.form.Exact {
		d.state = s.states[e.place()]
	}
	return c.compare(&d)
}

// MergeRuns merges sorted lists of keys, which have no key in common.
func (f Form) MergeRuns(runs [][]byte) []byte {
	if len(runs) == 1 {
		return runs[0]
	}
	size := 0
	var heads []cursor
	for _, r := range runs {
		size += len(r)
		if c := f.cursor(r); c.ok {
			heads = append(heads, c)
		}
	}
	merged := make([]byte, 0, size)
	for len(heads) > 0 {
		least := 0
		for i := 1; i < len(heads); i++ {
			if heads[i].compare(&heads[least]) < 0 {
				least = i
			}
		}
		h := &heads[least]
		merged = append(merged, h.raw...)
		if h.next(); !h.ok {
			heads = append(heads[:least], heads[least+1:]...)
		}
	}
	return merged
}

// MergeOf is the number of runs, the last ones, that are merged with the next new run, and
// the rank of the result. Ranks never rise from one run to the next.
func MergeOf(runs []Run) (merge, rank int) {
	for {
		same := 0
		for same < len(runs)-merge && runs[len(runs)-merge-1-same].Rank == rank {
			same++
		}
		if same < mergeAt-1 {
			return merge, rank
		}
		merge, rank = merge+same, rank+1
	}
}
