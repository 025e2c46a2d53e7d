//go:build !purego

package codec

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
)

// Maps and unordered slices are encoded as they come, record by record, and
// then the records are put in order where they are. Elements that were decoded
// are in order, and an action adds or removes one or two. So it is first looked
// for a record that is out of order, and mostly there is none or one.

// A span is where a record lies in the encoding.
type span struct {
	start, end int
}

// A sorter has the scratch that sorting takes. Its spans are a stack: while the
// elements of a slice are encoded, those in an element come and go above them.
type sorter struct {
	spans []span
	spare []byte
}

// sortFixed puts records of one size in order, by insertion: where few are out
// of place nothing is faster, and what it moves if many are is moved at once.
func (p *sorter) sortFixed(b []byte, size int) {
	for at := descent(b, size, size); at < len(b); at = descent(b, size, at) {
		p.insert(b[:at+size], size)
	}
}

// insert takes the last record to where it belongs among those before it,
// which are in order.
func (p *sorter) insert(b []byte, size int) {
	last := len(b) - size
	p.spare = append(p.spare[:0], b[last:]...)
	to := size * sort.Search(last/size, func(i int) bool {
		return bytes.Compare(b[i*size:(i+1)*size], p.spare) > 0
	})
	copy(b[to+size:], b[to:last])
	copy(b[to:], p.spare)
}

// descent returns the first place, from the one given on, of a record that is
// smaller than the one before it; the end of b if there is none. Big-endian
// numbers compare as their bytes do, and faster (BenchmarkDescent).
func descent(b []byte, size, from int) int {
	switch size {
	case 1:
		for ; from < len(b) && b[from-1] <= b[from]; from++ {
		}
	case 2:
		for ; from < len(b) && binary.BigEndian.Uint16(b[from-2:]) <= binary.BigEndian.Uint16(b[from:]); from += 2 {
		}
	case 4:
		for ; from < len(b) && binary.BigEndian.Uint32(b[from-4:]) <= binary.BigEndian.Uint32(b[from:]); from += 4 {
		}
	case 8:
		for ; from < len(b) && binary.BigEndian.Uint64(b[from-8:]) <= binary.BigEndian.Uint64(b[from:]); from += 8 {
		}
	default:
		for ; from < len(b) && bytes.Compare(b[from-size:from], b[from:from+size]) <= 0; from += size {
		}
	}
	return from
}

// sortSpans puts the records since a mark in order, and forgets their spans.
// They fill dst from the first one's start to its end.
func (p *sorter) sortSpans(dst []byte, mark int) {
	spans := p.spans[mark:]
	compare := func(a, b span) int {
		return bytes.Compare(dst[a.start:a.end], dst[b.start:b.end])
	}
	if !slices.IsSortedFunc(spans, compare) {
		start := spans[0].start
		slices.SortFunc(spans, compare)
		p.spare = p.spare[:0]
		for _, s := range spans {
			p.spare = append(p.spare, dst[s.start:s.end]...)
		}
		copy(dst[start:], p.spare)
	}
	p.spans = p.spans[:mark]
}

// encodeBag appends a slice whose order means nothing, in the order of the
// encodings of its elements.
func (p *space) encodeBag(dst []byte, elem *program, s *header) []byte {
	if elem.size < 0 {
		return p.encodeVaried(appendLength(dst, s.len), elem, s)
	}
	dst = p.encodeSlice(dst, elem, s)
	if elem.size > 0 {
		p.sortFixed(dst[len(dst)-s.len*elem.size:], elem.size)
	}
	return dst
}

// encodeVaried appends elements that differ in size, in order.
func (p *space) encodeVaried(dst []byte, elem *program, s *header) []byte {
	mark := len(p.spans)
	for i := range s.len {
		start := len(dst)
		dst = p.encode(dst, elem, s.at(i, elem))
		p.spans = append(p.spans, span{start, len(dst)})
	}
	p.sortSpans(dst, mark)
	return dst
}

// decodeBag takes a slice whose order means nothing off the front of src,
// where it must be in order.
func (p *space) decodeBag(o *op, s *header, src []byte) (rest []byte, ok bool) {
	if o.elem.size < 0 {
		return p.decodeVaried(o, s, src)
	}
	rest, ok = p.decodeSlice(o, s, src)
	if !ok || o.elem.size == 0 {
		return rest, ok
	}
	elems := consumed(src, rest)
	elems = elems[len(elems)-s.len*o.elem.size:] // without the length
	return rest, descent(elems, o.elem.size, o.elem.size) >= len(elems)
}

// decodeVaried takes elements that differ in size off the front of src.
func (p *space) decodeVaried(o *op, s *header, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.elem.least)
	if !ok {
		return src, false
	}
	*s = p.arenas[o.slot].takeSlice(n)
	var last []byte
	for i := range n {
		from := rest
		if rest, ok = p.decode(o.elem, s.at(i, o.elem), from); !ok {
			return rest, false
		}
		this := consumed(from, rest)
		if bytes.Compare(last, this) > 0 {
			return rest, false
		}
		last = this
	}
	return rest, true
}
