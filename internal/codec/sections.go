//go:build !purego

package codec

import (
	"math/bits"
	"unsafe"
)

// An action changes little of a state. So a successor of a kept state is encoded by
// sections: a section whose memory is as in the image has the encoding that it had, which
// is copied, and only the others are encoded.

// A section is one op of a state's own program.
type section struct {
	program program // of the op alone
	op      *op
	at      uintptr // of its memory in the variable of the state
	size    uintptr // of this memory
}

// sectionsMax is the number of sections up to which a state is divided: each has a bit in
// a word.
const sectionsMax = 64

// A division is the sections of a state type, if there are any.
type division struct {
	sections []section
	byWord   []uint64 // for each word of the variable, the sections that have memory in it
	others   uint64   // the sections that refer to memory which is not compared, and pass for changed
}

// divide makes the sections of a state type, if there is something to gain: two slices or
// strings that take long to encode, for an action mostly leaves one of them as it was.
func (m *machine) divide() {
	if len(m.wire) > sectionsMax {
		return
	}
	var d division
	d.byWord = make([]uint64, (m.mem+wordSize-1)/wordSize)
	costly := 0
	for i := range m.wire {
		o := &m.wire[i]
		s := section{program: program{wire: m.wire[i : i+1], write: joinShorts(m.wire[i : i+1])}, op: o, at: o.at}
		switch o.code {
		case opByte:
			s.size = 1
		case opBytes:
			s.size = o.size
		case opMoves:
			last := o.gather[len(o.gather)-1]
			s.at = o.gather[0].from
			s.size = last.from + last.size - s.at
		case opString:
			s.size = unsafe.Sizeof("")
			costly++
		case opSlice, opBag, opSmalls:
			s.size = unsafe.Sizeof(header{})
			if !o.elem.whole || o.elem.mem == 0 {
				d.others |= 1 << i
			} else if !o.elem.flat {
				costly++
			}
		default:
			d.others |= 1 << i
		}
		for w := s.at / wordSize; w*wordSize < s.at+s.size; w++ {
			d.byWord[w] |= 1 << i
		}
		d.sections = append(d.sections, s)
	}
	if costly >= 2 {
		m.division = d
	}
}

// A sectioned state is what a space knows of the sections of the kept state.
type sectioned struct {
	state, image unsafe.Pointer       // its variable, and the image of that
	starts       [sectionsMax + 1]int // of their encodings in that of the state
	regions      []region             // with the elements of its slices
}

// A region is the memory of the elements of a slice, and the image of that.
type region struct {
	now, was unsafe.Pointer
	words    uintptr
	section  int
}

// keepSections decodes a state as decode does, and notes where its sections are.
func (p *space) keepSections(s ref, src []byte) (rest []byte, ok bool) {
	rest, ok = src, true
	for i := range p.sections {
		if rest, ok = p.decode(&p.sections[i].program, s, rest); !ok {
			return rest, false
		}
		p.kept.sections.starts[i+1] = len(src) - len(rest)
	}
	return rest, len(p.bools) == 0 || p.trusting || sound(p.bools, s, 1, 0)
}

// noteRegions notes the memory of the slices, after it has got its image.
func (p *space) noteRegions() {
	k := &p.kept.sections
	k.regions = k.regions[:0]
	for i := range p.sections {
		q := &p.sections[i]
		if p.others>>i&1 != 0 || q.op.code != opSlice && q.op.code != opBag && q.op.code != opSmalls {
			continue
		}
		if h := (*header)(unsafe.Add(k.state, q.at)); h.len > 0 {
			a := &p.arenas[q.op.slot]
			words := (uintptr(h.len)*q.op.elem.mem + wordSize - 1) / wordSize
			k.regions = append(k.regions, region{h.data, unsafe.Add(a.image.base, uintptr(h.data)-uintptr(a.block.base)), words, i})
		}
	}
}

// findChanged finds the sections whose memory is not as it is in the image.
func (p *space) findChanged() uint64 {
	k := &p.kept.sections
	changed := p.others
	at, byWord := uintptr(0), p.byWord
	for ; len(byWord) >= 4; byWord = byWord[4:] {
		a, b := (*[4]uint64)(unsafe.Add(k.state, at)), (*[4]uint64)(unsafe.Add(k.image, at))
		if at += 4 * wordSize; (a[0]^b[0])|(a[1]^b[1])|(a[2]^b[2])|(a[3]^b[3]) == 0 {
			continue
		}
		for i := range a {
			if a[i] != b[i] {
				changed |= byWord[i]
			}
		}
	}
	for _, mask := range byWord {
		if *(*uint64)(unsafe.Add(k.state, at)) != *(*uint64)(unsafe.Add(k.image, at)) {
			changed |= mask
		}
		at += wordSize
	}
	for i := range k.regions {
		r := &k.regions[i]
		for w := uintptr(0); w < r.words; w++ {
			if *(*uint64)(unsafe.Add(r.now, w*wordSize)) != *(*uint64)(unsafe.Add(r.was, w*wordSize)) {
				changed |= 1 << (r.section % sectionsMax)
				break
			}
		}
	}
	return changed
}

// appendSections appends the encoding of the variable of the kept state. Sections that
// follow each other and are as they were are copied together.
func (p *space) appendSections(dst []byte) []byte {
	k := &p.kept.sections
	from := 0
	for m := p.findChanged(); m != 0; m &= m - 1 {
		i := bits.TrailingZeros64(m) % sectionsMax
		if start := k.starts[i]; from < start {
			dst = append(dst, p.kept.data[from:start]...)
		}
		dst = p.encode(dst, &p.sections[i].program, k.state)
		from = k.starts[i+1]
	}
	return append(dst, p.kept.data[from:]...)
}
