package predecessor

import (
	"encoding/binary"
	"sort"
)

// Of returns the link of the state with this number. An error is the file's.
func (g *Log) Of(number uint64) (Link, error) {
	i := sort.Search(len(g.chunks), func(i int) bool { return g.chunks[i].first > number }) - 1
	if err := g.turnTo(i); err != nil {
		return Link{}, err
	}
	return g.reader.link(number), nil
}

// reader decodes links of one chunk. Those of a way back through a log fall into the same
// chunk again and again, or all links are read in order. So it goes on from where it is,
// or from the last place that it knows before the link. Without marks, each step of a way
// back would decode half a chunk on average: a parent is before its child, so the reader
// would begin at the chunk's beginning each time.
type reader struct {
	chunk int // which one, counting from one: the zero reader has none
	data  []byte
	whole bool // nothing will be added to it
	at    spot
	marks []spot // one for each stretch of links, as far as it has read
}

// spot is where a link begins. The parent before is needed since a link has only the
// difference to it.
type spot struct {
	number uint64 // of the link's state
	parent uint64 // of the link before
	offset int    // in the chunk's data
}

// stretch is the number of links between two marks, and so the most that a step back
// decodes in a part of the chunk that was read before. At two bytes a link, a chunk of
// the usual size has some 32,000 links, and 512 marks of 24 bytes.
const stretch = 64

// turnTo makes a chunk the one to be read. The last one may have become more.
func (g *Log) turnTo(i int) (err error) {
	r := &g.reader
	if r.chunk == i+1 && r.whole {
		return nil
	}
	// The last chunk is asked for its data again each time, because it may have grown and
	// moved. Its marks stay right, for nothing before them changes.
	if r.data, err = g.dataOf(i); err != nil {
		// The next look-up must not take the chunk for loaded.
		r.chunk = 0
		return err
	}
	if r.whole = i < len(g.chunks)-1; r.chunk == i+1 {
		return nil
	}
	c := &g.chunks[i]
	r.chunk, r.at = i+1, spot{number: c.first, parent: c.base}
	r.marks = append(r.marks[:0], r.at)
	return nil
}

// link returns the link of a state whose link is in the chunk. The reader jumps only if
// the link is behind it, or if a mark is nearer to the link. Otherwise it goes on, as it
// does when all links are read in order.
func (r *reader) link(number uint64) Link {
	known := r.marks[min((number-r.marks[0].number)/stretch, uint64(len(r.marks)-1))]
	if number < r.at.number || r.at.number < known.number {
		r.at = known
	}
	for {
		l := r.next()
		if r.at.number > number {
			return l
		}
	}
}

// next decodes one link. Marks have no gaps: the reader never jumps past the last mark,
// so it comes to the beginning of every stretch by reading.
func (r *reader) next() Link {
	at := &r.at
	if at.number == r.marks[len(r.marks)-1].number+stretch {
		r.marks = append(r.marks, *at)
	}
	step, n := binary.Uvarint(r.data[at.offset:])
	ordinal, k := binary.Uvarint(r.data[at.offset+n:])
	at.number, at.parent, at.offset = at.number+1, at.parent+step, at.offset+n+k
	return Link{at.parent, ordinal}
}
