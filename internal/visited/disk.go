package visited

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
)

// Disk keeps 72 bits of a state's fingerprint, as a compact set does, but most of
// them in files: sorted runs, which are written and read from front to back and
// nothing else. That is only possible when many states are looked up together
// (Stern and Dill, "Using Magnetic Disk instead of Main Memory in the Murphi
// Verifier", 1998; Korf, "Best-First Frontier Search with Delayed Duplicate
// Detection", 2004). So there are two
// steps.
//
// [Disk.Insert] turns away what was met lately: a compact table in memory knows
// that. Anything else may be new, and waits. [Disk.Resolve] sorts what waits and
// goes through the runs with it; what is in none of them is new, which
// [Disk.IsNew] tells of each. [Disk.Commit] then makes it a part of the set.
//
// What is committed stays in memory until [Disk.Flush] writes it as a run and
// empties the table. Runs of like size are merged, so that there are few; no state
// is in two of them.
type Disk struct {
	open  func() (*spill.File, error)
	young *Compact
	parts [Partitions]waiting
	runs  []*run
	marks []atomic.Uint64 // a bit for each index that was asked about: it is new

	scratch sync.Pool // of *scratch
}

// waiting is what a partition has of states that are in no run: first those that
// are known to be new, then those of which nothing is known yet.
type waiting struct {
	list  []Candidate
	known int
}

// scratch is memory to sort in, and to read into.
type scratch struct {
	list   []Candidate
	starts []uint32
	page   []byte
}

// Each runs f for every partition, several at a time if it likes, and returns
// the first error.
type Each func(f func(part int) error) error

// NewDisk returns a set of the states of a compact one, which must not be used
// any more unless there is an error. Its files come from open.
func NewDisk(from *Compact, open func() (*spill.File, error), each Each) (*Disk, error) {
	d := &Disk{open: open, young: NewCompact()}
	d.scratch.New = func() any { return &scratch{page: make([]byte, pageKeys*keyBytes)} }
	err := d.write(each, func(part int, w *sectionWriter, s *scratch) error {
		p := &from.parts[part]
		list := slices.Grow(s.list[:0], int(p.count))
		p.prints(uint64(part), func(f fingerprint.Print) bool {
			list = append(list, NewCandidate(f, 0))
			return true
		})
		s.list = list
		insertionSort(list) // they are nearly in order
		return w.addAll(list)
	})
	if err != nil {
		return nil, err
	}
	from.Free()
	return d, nil
}

// Insert appends the indices of the candidates that may be new to fresh. From
// here on they are known by their indices plus base. A base must not be less than
// the last one's. Goroutines may insert at the same time if no two of them have
// candidates of one partition.
func (d *Disk) Insert(candidates []Candidate, base uint64, fresh []uint64) []uint64 {
	before := len(fresh)
	fresh = d.young.Insert(candidates, nil, fresh)
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

// Resolve finds out which of the candidates that wait are new. All of their
// indices are less than asked.
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

// IsNew reports what Resolve found out about the candidate with this index.
func (d *Disk) IsNew(index uint64) bool {
	return d.marks[index/64].Load()>>(index%64)&1 == 1
}

// Commit makes those that are new and have an index below end a part of the set,
// and forgets the rest.
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

// Waiting returns how many states are in memory and in no run, those of which
// nothing is known included.
func (d *Disk) Waiting() uint64 {
	n := uint64(0)
	for i := range d.parts {
		n += uint64(len(d.parts[i].list))
	}
	return n
}

// Flush writes what is in memory as a run. Nothing may wait.
func (d *Disk) Flush(each Each) error {
	for i := range d.young.parts {
		d.young.parts[i].empty()
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
		d.parts[i] = waiting{list: d.parts[i].list[:0]}
	}
	for err == nil && d.isUneven() {
		err = d.merge(each)
	}
	return err
}

// write makes a new run, of what fill writes for each partition. After an error
// there is none.
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
		_ = file.Close() // the first error is the one to tell
		return err
	}
	for i := range r.parts {
		r.count += r.parts[i].count
	}
	d.runs = append(d.runs, r)
	return nil
}

// isUneven: the last run is not much smaller than the one before, so that the two
// are to be merged. Each state is written again only when its run becomes half as
// large again, and the number of runs grows with the logarithm of their size.
func (d *Disk) isUneven() bool {
	n := len(d.runs)
	return n > 1 && d.runs[n-2].count < 2*d.runs[n-1].count
}

// merge makes one run of the last two.
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

// Prints calls yield for every state in the set, in no order, until it returns
// false.
func (d *Disk) Prints(yield func(fingerprint.Print) bool) error {
	for i := range d.parts {
		for _, c := range d.parts[i].list[:d.parts[i].known] {
			if !yield(c.print()) {
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
				if !yield(c.take().print()) {
					return nil
				}
			}
		}
	}
	return nil
}

// print is the part of a fingerprint that a candidate has.
func (c Candidate) print() fingerprint.Print {
	return fingerprint.Print{Hash: c.hash, Extra: c.tail << (64 - tailBits)}
}

// Len returns how many states are in the set.
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

// Young returns how many states the table in memory has.
func (d *Disk) Young() uint64 { return d.young.Len() }

// Bytes returns how much memory the set holds.
func (d *Disk) Bytes() uint64 {
	n := d.young.Bytes() + uint64(cap(d.marks))/8
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
	pageBytes      = 40 // of memory, for each page in a file
)

// Free gives the memory back. The files are left to who made them.
func (d *Disk) Free() { d.young.Free() }
