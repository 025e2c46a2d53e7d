package visited

import (
	"encoding/binary"
	"math/bits"
	"sort"

	"github.com/muster-mc/muster/internal/spill"
)

const (
	keyBytes = 9 // the first word of a fingerprint, and one byte of the second

	// pageKeys is the number of keys that are read and written together. A page is 63
	// KiB, and each goroutine that looks up or merges keys holds one.
	pageKeys = 7 << 10
)

// run is a file of keys. For each partition it has a sorted list, in pages. Partitions
// share the file and nothing else, so their sections are written at the same time.
type run struct {
	file  *spill.File
	parts [Partitions]section
	count uint64
}

// section is the pages of one partition.
type section struct {
	pages []page
	count uint64
}

// page is a part of a run's file. Its first key is in memory, so that a look-up reads
// only the page that may have a key. The list of pages takes about 40 bytes for 7,168
// keys.
type page struct {
	first Candidate
	place spill.Place
}

// less orders candidates by the bits that a set compares. The index is in the tail too,
// and does not count.
func (c Candidate) less(d Candidate) bool {
	return c.hash < d.hash || c.hash == d.hash && byte(c.tail) < byte(d.tail)
}

// sectionWriter writes keys in ascending order. The data is a scratch buffer of a page's
// size, which append never has to grow: Append of the file has written the page when it
// returns, so the buffer is used again.
type sectionWriter struct {
	to    *section
	file  *spill.File
	data  []byte
	first Candidate
}

// add appends a key, and writes a page when it is full.
func (w *sectionWriter) add(c Candidate) error {
	if len(w.data) == 0 {
		w.first = c
	}
	w.data = append(binary.LittleEndian.AppendUint64(w.data, c.hash), byte(c.tail))
	w.to.count++
	if len(w.data) == pageKeys*keyBytes {
		return w.flush()
	}
	return nil
}

// addAll writes a list and finishes the section.
func (w *sectionWriter) addAll(list []Candidate) error {
	for _, c := range list {
		if err := w.add(c); err != nil {
			return err
		}
	}
	return w.flush()
}

// flush writes the last page.
func (w *sectionWriter) flush() error {
	if len(w.data) == 0 {
		return nil
	}
	place, err := w.file.Append(w.data)
	w.to.pages = append(w.to.pages, page{w.first, place})
	w.data = w.data[:0]
	return err
}

// keyAt reads the first key of data.
func keyAt(data []byte) Candidate {
	return Candidate{binary.LittleEndian.Uint64(data), uint64(data[keyBytes-1])}
}

// subtract removes the keys of the section from a sorted list, in place. It reads only
// the pages whose range overlaps the list. The kept candidates overwrite the beginning of
// the list. There are never more of them than were looked at, so none is overwritten
// unread.
func (s *section) subtract(file *spill.File, list []Candidate, buffer *[]byte) ([]Candidate, error) {
	kept := list[:0]
	for len(list) > 0 {
		n := sort.Search(len(s.pages), func(i int) bool { return list[0].less(s.pages[i].first) })
		end := len(list)
		if n < len(s.pages) {
			next := s.pages[n].first
			end = sort.Search(len(list), func(i int) bool { return !list[i].less(next) })
		}
		if n == 0 { // before the first page
			kept = append(kept, list[:end]...)
			list = list[end:]
			continue
		}
		data, err := file.Read(s.pages[n-1].place, *buffer)
		if err != nil {
			return nil, err
		}
		*buffer = data
		kept = appendMissing(kept, list[:end], data)
		list = list[end:]
	}
	return kept, nil
}

// appendMissing appends to kept the candidates that are not in a page. Kept may be the
// start of the same slice. The page is gone through once for the whole list. The first
// loop compares words alone, which is all that most keys need.
func appendMissing(kept, list []Candidate, data []byte) []Candidate {
	for _, c := range list {
		for len(data) > 0 && binary.LittleEndian.Uint64(data) < c.hash {
			data = data[keyBytes:]
		}
		for len(data) > 0 && keyAt(data).less(c) {
			data = data[keyBytes:]
		}
		if len(data) == 0 || c.less(keyAt(data)) {
			kept = append(kept, c)
		}
	}
	return kept
}

// cursor reads a section sequentially.
type cursor struct {
	file   *spill.File
	pages  []page
	data   []byte // the unread keys of the current page
	buffer []byte
}

// next reports whether there is another key, and reads the next page if necessary.
func (c *cursor) next() (more bool, err error) {
	if len(c.data) > 0 {
		return true, nil
	}
	if len(c.pages) == 0 {
		return false, nil
	}
	c.buffer, err = c.file.Read(c.pages[0].place, c.buffer)
	c.data, c.pages = c.buffer, c.pages[1:]
	return err == nil, err
}

// take returns the next key, which next has found.
func (c *cursor) take() Candidate {
	k := keyAt(c.data)
	c.data = c.data[keyBytes:]
	return k
}

// merge writes the keys of two sections to a third one. No key is in both sections, for a
// key that a run has is never new again.
func merge(w *sectionWriter, a, b cursor) error {
	for {
		moreA, err := a.next()
		if err != nil {
			return err
		}
		moreB, err := b.next()
		if err != nil {
			return err
		}
		from := &a
		switch {
		case !moreA && !moreB:
			return w.flush()
		case !moreA || moreB && keyAt(b.data).less(keyAt(a.data)):
			from = &b
		}
		if err := w.add(from.take()); err != nil {
			return err
		}
	}
}

// sort sorts candidates by the bits that a set compares. It is a bucket sort:
// hashes are distributed evenly, so one pass distributes n candidates to about n/8
// buckets in order, and insertion sort finishes the almost sorted list.
func (s *scratch) sort(list []Candidate) {
	if n := len(list); n > 16 {
		s.distribute(list, bits.Len(uint(n/8)))
	}
	insertionSort(list)
}

// insertionSort sorts a list. It is fast only if the list is almost sorted.
func insertionSort(list []Candidate) {
	for i := 1; i < len(list); i++ {
		c, at := list[i], i
		for ; at > 0 && c.less(list[at-1]); at-- {
			list[at] = list[at-1]
		}
		list[at] = c
	}
}

// distribute sorts candidates of one partition by 2^b buckets.
func (s *scratch) distribute(list []Candidate, b int) {
	if cap(s.list) < len(list) {
		s.list = make([]Candidate, len(list))
	}
	if len(s.starts) < 1<<b+1 {
		s.starts = make([]uint32, 1<<b+1)
	}
	starts := s.starts[:1<<b+1]
	clear(starts)
	// The first bits are the same in all of a partition, so the bucket is made of those
	// after them.
	bucket := func(c Candidate) uint64 { return c.hash << partitionBits >> (64 - b) }
	for _, c := range list {
		starts[bucket(c)+1]++
	}
	for i := range 1 << b {
		starts[i+1] += starts[i]
	}
	sorted := s.list[:len(list)]
	for _, c := range list {
		at := &starts[bucket(c)]
		sorted[*at] = c
		*at++
	}
	copy(list, sorted)
}
