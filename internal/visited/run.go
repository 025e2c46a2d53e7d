package visited

import (
	"encoding/binary"
	"sort"

	"github.com/muster-mc/muster/internal/spill"
)

const (
	keyBytes = 9 // the word of a fingerprint, and one byte of the second

	// pageKeys is how many keys are read and written together.
	pageKeys = 7 << 10
)

// run is a file of keys: a sorted list for each partition, in pages.
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

// page is where some keys are, and the first of them.
type page struct {
	first Candidate
	place spill.Place
}

// less orders candidates by what a set decides on.
func (c Candidate) less(d Candidate) bool {
	return c.hash < d.hash || c.hash == d.hash && byte(c.tail) < byte(d.tail)
}

// sectionWriter writes keys, which come in order.
type sectionWriter struct {
	to    *section
	file  *spill.File
	data  []byte
	first Candidate
}

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

// addAll writes a list and nothing after it.
func (w *sectionWriter) addAll(list []Candidate) error {
	for _, c := range list {
		if err := w.add(c); err != nil {
			return err
		}
	}
	return w.flush()
}

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

// subtract removes from a sorted list what the section has, in place. Pages that
// cannot have any of it are not read.
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

// appendMissing appends the candidates that are not in a page to kept, which may
// be the memory before them.
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

// cursor reads a section from front to back.
type cursor struct {
	file   *spill.File
	pages  []page
	data   []byte // what is left of the page that was read last
	buffer []byte
}

// next reads a page if need be, and reports whether there is another key.
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

func (c *cursor) take() Candidate {
	k := keyAt(c.data)
	c.data = c.data[keyBytes:]
	return k
}

// merge writes what two sections have into a third one.
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
