//go:build !purego

package codec

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"slices"
	"unsafe"
)

// Maps and unordered slices have to be encoded in the order of the encodings of
// their elements. The elements are first encoded in the order that they have and
// then sorted in place, as records of bytes. Decoded elements are already sorted,
// and an action adds or removes one or two of them, so the sort first searches for
// a record that is out of order and usually finds none or one.

// A span is the position of a record in the encoding.
type span struct {
	start, end int
}

// A ranked span has the first eight bytes of its record as a big-endian number, as if zeros
// followed a shorter one. Numbers that differ order the records.
type ranked struct {
	key uint64
	span
}

// A sorter has the buffers for sorting. Its spans are a stack: while a slice is encoded,
// the spans of its elements are below the spans of slices in elements. It belongs to a
// space, because each goroutine encodes with a space of its own.
type sorter struct {
	spans []span
	keys  []ranked
	spare []byte
}

// sortFixed sorts records of one size by insertion, which is fastest if few are
// out of order. If many are, each insertion is still a single copy.
func (p *sorter) sortFixed(b []byte, size int) {
	for at := descent(b, size, size); at < len(b); at = descent(b, size, at) {
		p.insert(b[:at+size], size)
	}
}

// sortedMax is the number of records of up to a word that are sorted while they are copied.
const sortedMax = 32

// copyWords copies n records of a word and sorts them. The largest record so far is in a
// variable, and each smaller one that follows is moved to its place as it comes.
func copyWords(to, from unsafe.Pointer, n int) {
	largest := uint64(0)
	for at := 0; at < n*wordSize; at += wordSize {
		next := binary.BigEndian.Uint64((*[wordSize]byte)(unsafe.Add(from, at))[:])
		i := at
		if next < largest {
			for ; i > 0; i -= wordSize {
				before := (*[wordSize]byte)(unsafe.Add(to, i-wordSize))
				if binary.BigEndian.Uint64(before[:]) <= next {
					break
				}
				*(*[wordSize]byte)(unsafe.Add(to, i)) = *before
			}
		} else {
			largest = next
		}
		binary.BigEndian.PutUint64((*[wordSize]byte)(unsafe.Add(to, i))[:], next)
	}
}

// copyParts copies n records of a size less than a word, and reports whether they are in
// order. It reads and writes a word for each.
func copyParts(to, from unsafe.Pointer, n, size int) (inOrder bool) {
	last, drop := uint64(0), uint(64-8*size)
	inOrder = true
	for at := 0; at < n*size; at += size {
		word := *(*[wordSize]byte)(unsafe.Add(from, at))
		*(*[wordSize]byte)(unsafe.Add(to, at)) = word
		next := binary.BigEndian.Uint64(word[:]) >> (drop % 64)
		inOrder = inOrder && last <= next
		last = next
	}
	return inOrder
}

// insert moves the last record to its place among the sorted ones before it. The record
// goes behind those that are equal to it, which moves the fewest bytes.
func (p *sorter) insert(b []byte, size int) {
	last := len(b) - size
	// The record is moved out of the way, because the ones before it move up over its
	// place.
	p.spare = append(p.spare[:0], b[last:]...)
	to := placeOf(b[:last], p.spare, size)
	copy(b[to+size:], b[to:last])
	copy(b[to:], p.spare)
}

// placeOf returns the position of the first of the sorted records that is greater than a record, or the
// end of b if there is none. The first eight bytes mostly decide.
func placeOf(b, record []byte, size int) int {
	low, high := 0, len(b)/size
	if size < 8 {
		for low < high {
			if at := int(uint(low+high) / 2); bytes.Compare(b[at*size:(at+1)*size], record) > 0 {
				high = at
			} else {
				low = at + 1
			}
		}
		return low * size
	}
	key := binary.BigEndian.Uint64(record)
	for low < high {
		at := int(uint(low+high) / 2)
		this := b[at*size : (at+1)*size]
		if k := binary.BigEndian.Uint64(this); k > key || k == key && bytes.Compare(this[8:], record[8:]) > 0 {
			high = at
		} else {
			low = at + 1
		}
	}
	return low * size
}

// descent returns the position, at or after from, of the first record that is
// smaller than its predecessor, or the end of b if there is none. Records of the
// size of a number are compared as big-endian numbers, which gives the order of
// bytes and is faster (BenchmarkDescent); of larger ones the first eight bytes, which mostly
// decide.
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
		if size < 8 || from >= len(b) {
			return descentShort(b, size, from)
		}
		for last := binary.BigEndian.Uint64(b[from-size:]); from < len(b); from += size {
			next := binary.BigEndian.Uint64(b[from:])
			if last >= next && (last > next || bytes.Compare(b[from-size+8:from], b[from+8:from+size]) > 0) {
				break
			}
			last = next
		}
	}
	return from
}

// descentShort is descent for records of less than eight bytes whose size is not that of a number. A
// record is read with what is before it, which is masked out, and the first one with what follows it.
func descentShort(b []byte, size, from int) int {
	if from+size >= wordSize && from-size+wordSize <= len(b) {
		last := binary.BigEndian.Uint64(b[from-size:]) >> uint(64-8*size)
		for mask := uint64(1)<<uint(8*size) - 1; from+size <= len(b); from += size {
			next := binary.BigEndian.Uint64(b[from+size-wordSize:]) & mask
			if last > next {
				break
			}
			last = next
		}
		return from
	}
	for ; from < len(b) && bytes.Compare(b[from-size:from], b[from:from+size]) <= 0; from += size {
	}
	return from
}

// insertedMax is the number of records up to which their spans are sorted by insertion.
const insertedMax = 24

// sortSpans sorts the records whose spans are above mark, and pops these spans. The
// records fill dst from the start of the first one to the end of dst. Records of
// different sizes cannot change places, so they are copied out in order and back.
func (p *sorter) sortSpans(dst []byte, mark int) {
	spans := p.spans[mark:]
	p.spans = p.spans[:mark]
	p.keys = p.keys[:0]
	isSorted := true
	for i, s := range spans {
		k := ranked{prefix(dst, s), s}
		p.keys = append(p.keys, k)
		isSorted = isSorted && (i == 0 || compareRecords(dst, &p.keys[i-1], &k) <= 0)
	}
	if isSorted {
		return
	}
	// The keys are sorted and the bytes follow them: a key is mostly smaller than the record
	// that it refers to, and mostly decides.
	start := spans[0].start
	if len(p.keys) <= insertedMax {
		for i := range p.keys {
			k := p.keys[i]
			for ; i > 0 && compareRecords(dst, &p.keys[i-1], &k) > 0; i-- {
				p.keys[i] = p.keys[i-1]
			}
			p.keys[i] = k
		}
	} else {
		slices.SortFunc(p.keys, func(a, b ranked) int { return compareRecords(dst, &a, &b) })
	}
	p.spare = p.spare[:0]
	for _, k := range p.keys {
		p.spare = append(p.spare, dst[k.start:k.end]...)
	}
	copy(dst[start:], p.spare)
}

// prefix is the key of a record.
func prefix(dst []byte, s span) uint64 {
	n := s.end - s.start
	if n >= 8 {
		return binary.BigEndian.Uint64(dst[s.start:])
	}
	if s.start+8 <= cap(dst) { // what is behind the record is shifted out, and zeros in
		drop := uint(64 - 8*n)
		return binary.BigEndian.Uint64(dst[s.start:s.start+8]) >> drop << drop
	}
	key := uint64(0)
	for i, b := range dst[s.start:s.end] {
		key |= uint64(b) << (56 - 8*i)
	}
	return key
}

// compareRecords compares two records, whose keys mostly decide.
func compareRecords(dst []byte, a, b *ranked) int {
	if a.key != b.key {
		return cmp.Compare(a.key, b.key)
	}
	return bytes.Compare(dst[a.start:a.end], dst[b.start:b.end])
}

// encodeBag appends an unordered slice, sorted. An element of no bytes has no order, and
// one element needs none.
func (p *space) encodeBag(dst []byte, o *op, s *header) []byte {
	elem := o.elem
	if elem.size < 0 {
		return p.encodeVaried(appendLength(dst, s.len), elem, s)
	}
	if elem.flat && uint(elem.size-1) < wordSize && s.len <= sortedMax && p.arenas[o.slot].owns(s.data) {
		return p.encodeRecords(dst, elem.size, s)
	}
	dst = p.encodeSlice(dst, o, s)
	if elem.size > 0 && s.len > 1 {
		p.sortFixed(dst[len(dst)-s.len*elem.size:], elem.size)
	}
	return dst
}

// encodeRecords appends elements of up to a word that are in the arena, sorted.
func (p *space) encodeRecords(dst []byte, size int, s *header) []byte {
	start := len(dst) + 1
	dst = slices.Grow(dst, 1+s.len*size+wordSize) // copyParts writes beyond the end
	dst = append(dst, byte(s.len))[:start+s.len*size]
	if to := unsafe.Add(unsafe.Pointer(unsafe.SliceData(dst)), start); size == wordSize {
		copyWords(to, s.data, s.len)
	} else if !copyParts(to, s.data, s.len, size) {
		p.sortFixed(dst[start:], size)
	}
	return dst
}

// smallsMax is the number of elements of one byte that are sorted while they are copied.
const smallsMax = 32

// encodeSmalls appends elements of one byte, sorted, if they are not as [sortLast] sorts them.
// Few of them are out of order, and each is moved to its place as it comes.
func (p *space) encodeSmalls(dst []byte, s *header) []byte {
	start, n := len(dst), s.len
	dst = appendLength(dst, n)
	if n > smallsMax {
		dst = append(dst, memory(s.data, uintptr(n))...)
		slices.Sort(dst[len(dst)-n:])
		return dst
	}
	dst = slices.Grow(dst, n)[:start+1+n]
	to := dst[start+1:]
	// The largest element so far is in a variable: to read it back from where it was just
	// written would take longer than all the rest.
	largest := byte(0)
	for i, e := range memory(s.data, uintptr(n))[:len(to)] {
		if to[i] = e; e >= largest {
			largest = e
			continue
		}
		at := i
		for ; at > 0 && to[at-1] > e; at-- {
			to[at] = to[at-1]
		}
		to[at] = e
	}
	return dst
}

// encodeVaried appends elements whose encodings differ in size, sorted.
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

// decodeSmalls reads an unordered slice of elements of one byte, a word at once if there are
// few and more of src follows.
func (p *space) decodeSmalls(o *op, s *header, src []byte) (rest []byte, ok bool) {
	if len(src) <= wordSize || src[0] > wordSize || len(o.elem.bools) > 0 && !p.trusting {
		return p.decodeBag(o, s, src)
	}
	n := src[0]
	valid := firstBytes[n%16]
	x := binary.LittleEndian.Uint64(src[1:]) & valid
	if !p.trusting && !ascends(x, valid) {
		return p.decodeBag(o, s, src)
	}
	*s = p.arenas[o.slot].takeSlice(int(n), 1)
	binary.LittleEndian.PutUint64(memory(s.data, wordSize), x)
	return src[1+n:], true
}

// decodeBag reads an unordered slice, whose elements must be sorted. The bytes are
// compared and not the elements: the order of a bag is that of its encoding.
func (p *space) decodeBag(o *op, s *header, src []byte) (rest []byte, ok bool) {
	if o.elem.size < 0 {
		return p.decodeVaried(o, s, src)
	}
	rest, ok = p.decodeSlice(o, s, src)
	if !ok || o.elem.size == 0 || p.trusting {
		return rest, ok
	}
	// Bytes that are not in order are no encoding: the same bag would have two.
	elems := consumed(src, rest)
	elems = elems[len(elems)-s.len*o.elem.size:] // without the length
	return rest, descent(elems, o.elem.size, o.elem.size) >= len(elems)
}

// decodeVaried reads elements whose encodings differ in size.
func (p *space) decodeVaried(o *op, s *header, src []byte) (rest []byte, ok bool) {
	n, rest, ok := cutCount(src, o.elem.least)
	if !ok {
		return src, false
	}
	*s = p.arenas[o.slot].takeSlice(n, o.elem.mem)
	var last []byte
	for i := range n {
		from := rest
		if rest, ok = p.decode(o.elem, s.at(i, o.elem), from); !ok {
			return rest, false
		}
		this := consumed(from, rest)
		if !p.trusting && bytes.Compare(last, this) > 0 {
			return rest, false
		}
		last = this
	}
	return rest, true
}
