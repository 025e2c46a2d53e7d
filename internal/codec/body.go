//go:build !purego

package codec

// A body is a program being written: one list of ops for the encoding, in which
// memory is only what is part of the state, and one for copies, which may move
// the padding too and so in longer stretches. Neighbours merge as they are
// added, so that nested structs and arrays leave no trace.
type body struct {
	wire, deep []op
	bools      []run
}

// program returns the program that a body is for.
func (b *body) program(s *shape) *program {
	g := &program{deep: b.deep, bools: b.bools, mem: s.typ.Size(), least: s.least, size: s.size()}
	g.flat, g.plain = b.flat(g.mem), b.plain()
	g.wire = group(b.wire)
	if g.plain {
		g.deep = []op{{code: opBytes, size: g.mem}} // all of it, with the padding
	}
	return g
}

// anyGap lets memory merge whatever is between: only padding and blank fields
// without pointers can be, since everything else has an op.
const anyGap = ^uintptr(0)

// bytes adds memory that is its own encoding.
func (b *body) bytes(at, size uintptr) {
	if size == 0 {
		return
	}
	b.wire = merge(b.wire, at, size, 0)
	b.deep = merge(b.deep, at, size, anyGap)
}

// merge adds memory to ops: to the last one, if that is memory that ended at most
// gap bytes earlier.
func merge(ops []op, at, size, gap uintptr) []op {
	if last := len(ops) - 1; last >= 0 && ops[last].code == opBytes {
		if o := &ops[last]; at-o.at-o.size <= gap {
			o.size = at + size - o.at
			return ops
		}
	}
	return append(ops, op{code: opBytes, at: at, size: size})
}

// both adds an op that encodes, decodes and copies.
func (b *body) both(o op) {
	b.wire = append(b.wire, o)
	b.deep = append(b.deep, o)
}

// loop adds an op for the elements of an array. To copy them it may take no
// loop.
func (b *body) loop(o op) {
	b.wire = append(b.wire, o)
	if o.elem.plain {
		b.deep = merge(b.deep, o.at, o.count*o.elem.mem, anyGap)
	} else {
		b.deep = append(b.deep, o)
	}
}

// inline adds the body of an element at an offset.
func (b *body) inline(e *body, at uintptr) {
	b.wire = relocate(b.wire, e.wire, at, 0)
	b.deep = relocate(b.deep, e.deep, at, anyGap)
	b.bools = append(b.bools, repeat(e.bools, at, 1, 0)...)
}

// relocate appends the ops of an element at an offset.
func relocate(ops, elem []op, at, gap uintptr) []op {
	for _, o := range elem {
		if o.code == opBytes {
			ops = merge(ops, at+o.at, o.size, gap)
			continue
		}
		o.at += at
		ops = append(ops, o)
	}
	return ops
}

// flat reports whether a value of a size in memory is its own encoding.
func (b *body) flat(mem uintptr) bool {
	return mem == 0 || len(b.wire) == 1 && b.wire[0].code == opBytes && b.wire[0].size == mem
}

// plain reports whether copying the memory of a value copies it: there is
// nothing in it that is shared or ignored.
func (b *body) plain() bool {
	return len(b.deep) == 0 || len(b.deep) == 1 && b.deep[0].code == opBytes
}
