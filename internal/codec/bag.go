//go:build !purego

package codec

import "bytes"

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
	end := len(src) - len(rest)
	elems := src[end-s.len*o.elem.size : end]
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
		this := from[:len(from)-len(rest)]
		if bytes.Compare(last, this) > 0 {
			return rest, false
		}
		last = this
	}
	return rest, true
}
