package visited

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
)

// Disk keeps 72 bits of a state's fingerprint, as a compact set does, and most of
// them in files. The files are sorted runs that are only read and written
// sequentially, which requires looking up many states together: delayed duplicate
// detection (Stern and Dill, "Using Magnetic Disk instead of Main Memory in the
// Murphi Verifier", 1998; Korf, "Best-First Frontier Search with Delayed Duplicate
// Detection", 2004). A look-up therefore has several steps:
//
//  1. [Disk.Insert] drops the states that are in a compact table of recent states
//     in memory. The other candidates may be new and are kept unresolved.
//  2. [Disk.Resolve] sorts the unresolved candidates and merges them with the runs.
//     A candidate that is in no run is new, as [Disk.IsNew] reports.
//  3. [Disk.Commit] adds the new states to the set.
//  4. [Disk.Flush] writes the committed states as a new run and empties the table.
//     Runs of similar size are merged, as in a log-structured merge tree, so that
//     there are few. No state is in two runs.
type Disk struct {
	open   func() (*spill.File, error)
	recent *Compact
	parts  [Partitions]unmerged
	runs   []*run
	marks  []atomic.Uint64 // a bit for each index, set if the candidate is new

	scratch sync.Pool // of *scratch
}

// unmerged has the states of a partition that are in no run: first the committed
// ones, then the unresolved candidates.
type unmerged struct {
	list  []Candidate
	known int // the number of committed states
}

// scratch has the buffers for sorting and reading.
type scratch struct {
	list   []Candidate
	starts []uint32
	page   []byte
}

// Each runs f for every partition, possibly several at a time, and returns the first
// error.
type Each func(f func(part int) error) error

// NewDisk moves the states of a compact set to disk. The compact set is unusable
// afterwards unless there is an error. Open creates the files.
func NewDisk(from *Compact, open func() (*spill.File, error), each Each) (*Disk, error) {
	d := &Disk{open: open, recent: NewCompact()}
	d.scratch.New = func() any { return &scratch{page: make([]byte, pageKeys*keyBytes)} }
	err := d.write(each, func(part int, w *sectionWriter, s *scratch) error {
		p := &from.parts[part]
		list := slices.Grow(s.list[:0], int(p.count))
		p.prints(uint64(part), func(f fingerprint.Print) bool {
			list = append(list, NewCandidate(f, 0))
			return true
		})
		s.list = list
		insertionSort(list) // a compact set yields an almost sorted list
		return w.addAll(list)
	})
	if err != nil {
		return nil, err
	}
	from.Free()
	return d, nil
}

// Insert appends to fresh the indices of the candidates that may be new. The other
// methods identify these candidates by their index plus base. Successive bases must not
// decrease. Goroutines may insert at the same time if no partition has candidates from
// two of them. Of equal candidates only the first one is kept unresolved: the table of
// recent states has it from then on. So an unresolved list has no key twice.
func (d *Disk) Insert(candidates []Candidate, base uint64, fresh []uint64) []uint64 {
	before := len(fresh)
	fresh = d.recent.Insert(candidates, nil, fresh)
	rest := fresh[before:]
	for _, c := range candidates {
		if len(rest) == 0 {
			break
		}
		if c.tail>>8 != rest[0] {
			continue
		}
		w := &d.parts[c.hash>>(64-partitionBits)]
		w.list = append(w.list, Candidate{c.hash, c.tail + base<<8})
		rest = rest[1:]
	}
	return fresh
}

// Resolve determines which unresolved candidates are new. All their indices are less than
// asked. A word of marks is for 64 candidates of any partitions, so it is written
// atomically.
func (d *Disk) Resolve(asked uint64, each Each) error {
	words := (asked + 63) / 64
	if uint64(cap(d.marks)) < words {
		d.marks = make([]atomic.Uint64, words)
	}
	d.marks = d.marks[:words]
	clear(d.marks)
	return each(func(part int) error {
		s := d.scratch.Get().(*scratch)
		defer d.scratch.Put(s)
		return d.resolve(part, s)
	})
}

// resolve removes from the unresolved candidates of a partition those that are in a run,
// and marks the others as new. Each run is read at most once, from front to back, because
// the candidates are sorted.
func (d *Disk) resolve(part int, s *scratch) (err error) {
	w := &d.parts[part]
	rest := w.list[w.known:]
	s.sort(rest)
	for _, r := range d.runs {
		if rest, err = r.parts[part].subtract(r.file, rest, &s.page); err != nil {
			return err
		}
	}
	w.list = w.list[:w.known+len(rest)]
	for _, c := range rest {
		i := c.tail >> 8
		d.marks[i/64].Or(1 << (i % 64))
	}
	return nil
}

// IsNew reports whether Resolve found that the candidate with this index is new.
func (d *Disk) IsNew(index uint64) bool {
	return d.marks[index/64].Load()>>(index%64)&1 == 1
}

// Commit adds to the set the new candidates whose index is below end, and drops the
// others. The list stays as it is up to the known ones, so it is filtered in place.
func (d *Disk) Commit(end uint64) {
	for i := range d.parts {
		w := &d.parts[i]
		for _, c := range w.list[w.known:] {
			if c.tail>>8 < end {
				w.list[w.known] = c
				w.known++
			}
		}
		w.list = w.list[:w.known]
	}
}

// Waiting returns the number of states that are in no run, including unresolved
// candidates.
func (d *Disk) Waiting() uint64 {
	n := uint64(0)
	for i := range d.parts {
		n += uint64(len(d.parts[i].list))
	}
	return n
}

// Flush writes the committed states as a run. There must be no unresolved candidates. The
// table keeps its memory when it is emptied, because it fills up to the same size again.
func (d *Disk) Flush(each Each) error {
	for i := range d.recent.parts {
		d.recent.parts[i].empty()
	}
	if d.Waiting() == 0 {
		return nil
	}
	err := d.write(each, func(part int, w *sectionWriter, s *scratch) error {
		list := d.parts[part].list
		s.sort(list)
		return w.addAll(list)
	})
	if err != nil {
		return err
	}
	for i := range d.parts {
		d.parts[i] = unmerged{list: d.parts[i].list[:0]}
	}
	for err == nil && d.needsMerge() {
		err = d.merge(each)
	}
	return err
}

// write makes a new run from the keys that fill writes for each partition. After an
// error there is no new run.
func (d *Disk) write(each Each, fill func(part int, w *sectionWriter, s *scratch) error) error {
	file, err := d.open()
	if err != nil {
		return err
	}
	r := &run{file: file}
	err = each(func(part int) error {
		s := d.scratch.Get().(*scratch)
		defer d.scratch.Put(s)
		return fill(part, &sectionWriter{to: &r.parts[part], file: file, data: s.page[:0]}, s)
	})
	if err != nil {
		_ = file.Close() // the first error is the cause
		return err
	}
	for i := range r.parts {
		r.count += r.parts[i].count
	}
	d.runs = append(d.runs, r)
	return nil
}

// needsMerge reports whether the last run is more than half as large as its
// predecessor. Then merging makes the run of each state at least half as large
// again, so a state is rewritten a logarithmic number of times, and the number of
// runs is logarithmic too.
func (d *Disk) needsMerge() bool {
	n := len(d.runs)
	return n > 1 && d.runs[n-2].count < 2*d.runs[n-1].count
}

// merge replaces the last two runs by one. The old files are closed only when the new one
// is whole. For that time the states of both runs are on disk twice.
func (d *Disk) merge(each Each) error {
	n := len(d.runs)
	a, b := d.runs[n-2], d.runs[n-1]
	err := d.write(each, func(part int, w *sectionWriter, _ *scratch) error {
		return merge(w, cursor{file: a.file, pages: a.parts[part].pages}, cursor{file: b.file, pages: b.parts[part].pages})
	})
	if err != nil {
		return err
	}
	d.runs = append(d.runs[:n-2], d.runs[n])
	if err := a.file.Close(); err != nil {
		return err
	}
	return b.file.Close()
}

// Prints calls yield for every state in the set, in no particular order, until yield
// returns false.
func (d *Disk) Prints(yield func(fingerprint.Print) bool) error {
	for i := range d.parts {
		for _, c := range d.parts[i].list[:d.parts[i].known] {
			if !yield(c.Print()) {
				return nil
			}
		}
	}
	for _, r := range d.runs {
		for i := range r.parts {
			c := cursor{file: r.file, pages: r.parts[i].pages}
			for {
				more, err := c.next()
				if err != nil {
					return err
				}
				if !more {
					break
				}
				if !yield(c.take().Print()) {
					return nil
				}
			}
		}
	}
	return nil
}

// Print returns the known part of a candidate's fingerprint.
func (c Candidate) Print() fingerprint.Print {
	return fingerprint.Print{Hash: c.hash, Extra: c.tail << (64 - tailBits)}
}

// Len returns the number of states in the set.
func (d *Disk) Len() uint64 {
	n := uint64(0)
	for i := range d.parts {
		n += uint64(d.parts[i].known)
	}
	for _, r := range d.runs {
		n += r.count
	}
	return n
}

// Young returns the number of states in the table of recent states.
func (d *Disk) Young() uint64 { return d.recent.Len() }

// Bytes returns the size of the set's memory.
func (d *Disk) Bytes() uint64 {
	n := d.recent.Bytes() + uint64(cap(d.marks))/8
	for i := range d.parts {
		n += uint64(cap(d.parts[i].list)) * candidateBytes
	}
	for _, r := range d.runs {
		n += r.count / pageKeys * pageBytes
	}
	return n
}

const (
	candidateBytes = 16
	pageBytes      = 40 // of memory for each page of a file
)

// Free releases the memory. The owner of the spill directory closes the files.
func (d *Disk) Free() { d.recent.Free() }
