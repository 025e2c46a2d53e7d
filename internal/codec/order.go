//go:build !purego

package codec

import (
	"bytes"
	"encoding/binary"
	"slices"
	"sort"
)

// Maps and unordered slices are encoded as they come, record by record, and
// then their records are put in order where they are. What was in order before
// an action mostly still is, or almost: one record is out of place. So both
// sorts look for what is, and take it to where it belongs.

// A span is where a record of varying size lies in the encoding.
type span struct {
	start, end int
}

// A sorter has the scratch that sorting takes.
type sorter struct {
	spans []span // of the records being made, those of enclosing ones first
	spare []byte
}

// sortFixed puts records of one size in order.
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
// smaller than the one before it; the length of b if there is none. Comparing
// numbers takes a third of the time of comparing bytes (BenchmarkDescent).
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
