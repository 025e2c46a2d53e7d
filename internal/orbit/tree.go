package orbit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// tree is the layout of states whose encodings differ in size: it follows the type and the
// encoding together.
type tree struct {
	groups     []Group
	root       *node
	relational bool

	// Memory of one goroutine.
	situation situation
	spans     []span // a stack: those of an array are below those of arrays in its elements
	spare     []byte
	trial     []byte
	exchange  Permutation
	failure   error
}

// span is where an element lies in the encoding.
type span struct{ from, to int }

func newTree(groups []Group, root *node) *tree {
	return &tree{groups: groups, root: root, relational: relations(root, 0, false) > 1}
}

// relations is the largest number of elements that one place involves. Elements of a bag
// count as one place.
func relations(n *node, around int, inBag bool) int {
	// The elements around a place are those of the indexed arrays that it lies in. If one
	// place never involves two elements, the class of one tells nothing of another, and one
	// round of refinement is all there is to do.
	here := around
	if n.group >= 0 {
		here++
		if n.kind == bitset && inBag { // two of its members see each other there
			here++
		}
	}
	most := here
	for _, p := range n.parts {
		most = max(most, relations(p, here, inBag))
	}
	if n.elem != nil {
		inner := relations(n.elem, here, inBag || n.kind == bag)
		if n.kind == bag && inner > here {
			inner++ // several parts of an element may name elements
		}
		most = max(most, inner)
	}
	return most
}

func (t *tree) isRelational() bool { return t.relational }

func (t *tree) clone() layout {
	return &tree{groups: t.groups, root: t.root, relational: t.relational}
}

// length reads the length of a list or a bag.
func length(data []byte, at int) (n, next int) {
	if v := data[at]; v < 0x80 {
		return int(v), at + 1
	}
	v, size := binary.Uvarint(data[at:])
	return int(v), at + size
}

// skip returns the end of a part. The encoding is one that internal/codec has made, so its
// lengths are right.
func (n *node) skip(data []byte, at int) int {
	if n.size >= 0 {
		return at + n.size
	}
	count := n.count
	switch n.kind {
	case text:
		count, at = length(data, at)
		return at + count
	case option:
		if data[at] == 0 {
			return at + 1
		}
		return n.elem.skip(data, at+1)
	case record:
		for _, p := range n.parts {
			at = p.skip(data, at)
		}
		return at
	case list, bag:
		count, at = length(data, at)
	case counted:
		at++
	}
	if n.elem.size >= 0 {
		return at + count*n.elem.size
	}
	for range count {
		at = n.elem.skip(data, at)
	}
	return at
}

// tail returns the end of a part with so many elements in use, of which the last ends at a
// place.
func (n *node) tail(count int, data []byte, at int) int {
	if n.kind != counted {
		return at
	}
	if n.elem.size >= 0 {
		return at + (n.count-count)*n.elem.size
	}
	for range n.count - count {
		at = n.elem.skip(data, at)
	}
	return at
}

func (t *tree) sign(data []byte, colours, signatures []uint64) error {
	s := &t.situation
	s.key, s.coords, s.colours, s.signatures = 0, s.coords[:0], colours, signatures
	t.signPart(t.root, data, 0)
	return nil
}

// signPart adds what a part says of the elements, and returns its end. The key on the way
// down tells where the part stands, so equal bytes in different fields count differently.
func (t *tree) signPart(n *node, data []byte, at int) (end int) {
	s := &t.situation
	if !n.moves {
		end = n.skip(data, at)
		if len(s.coords) > 0 {
			was := s.key
			s.key = mix(was, n.key)
			s.plain(hashOf(data[at:end]))
			s.key = was
		}
		return end
	}
	was := s.key
	s.key = mix(was, n.key)
	end = t.signMoving(n, data, at)
	s.key = was
	return end
}

// signMoving is signPart for a part that names elements, has an index or holds such parts.
func (t *tree) signMoving(n *node, data []byte, at int) (end int) {
	s := &t.situation
	switch n.kind {
	case value:
		s.value(&t.groups[n.group], load(data[at:], n.size), n.size)
		return at + n.size
	case bitset:
		s.bitset(&t.groups[n.group], load(data[at:], n.size), n.first)
		return at + n.size
	case record:
		for _, p := range n.parts {
			at = t.signPart(p, data, at)
		}
		return at
	case option:
		// Whether there is a value at all is seen by the elements around it.
		s.plain(uint64(data[at]))
		if data[at] == 0 {
			return at + 1
		}
		return t.signPart(n.elem, data, at+1)
	}
	count := n.count
	if n.kind != array {
		count, at = length(data, at)
		// The length too: two empty slots differ from three, though nothing in them does.
		s.plain(uint64(count))
	}
	key := s.key
	for i := range count {
		switch {
		case n.kind == bag: // equal elements under equal keys, in whatever order
			// The content is hashed first and the element signed under it. Signed under the
			// key of the bag alone, a message from a to b and one from b to a would add the
			// same terms to both.
			hash, _ := t.content(n.elem, data, at)
			s.key = mix(key, hash)
			s.plain(hash)
			at = t.signPart(n.elem, data, at)
		case n.group >= 0 && i < n.named:
			s.coords = append(s.coords, coord{element: t.groups[n.group].base + n.first + i})
			at = t.signPart(n.elem, data, at)
			s.coords = s.coords[:len(s.coords)-1]
		default:
			// In an array or a list that nothing indexes the place counts: the first in a
			// queue is not the second.
			s.key = mix(key, uint64(i)+1)
			at = t.signPart(n.elem, data, at)
		}
		s.key = key
	}
	return n.tail(count, data, at)
}

// content is a hash of a part in which elements count by their classes. An element of a bag
// has no place that could tell it from the others, so its content does: what it says of the
// values that it names is said under that hash.
func (t *tree) content(n *node, data []byte, at int) (hash uint64, end int) {
	if !n.moves {
		end = n.skip(data, at)
		return mix(hashOf(data[at:end]), n.key), end
	}
	colours := t.situation.colours
	switch n.kind {
	case value:
		g, v := &t.groups[n.group], load(data[at:], n.size)
		if e, ok := g.element(v, n.size); ok {
			return mix(colours[e], n.key), at + n.size
		}
		return mix(v^seedOfFixed, n.key), at + n.size
	case bitset:
		g, v := &t.groups[n.group], load(data[at:], n.size)
		members := g.members(v, n.first)
		hash = v ^ members<<uint(n.first)
		for m := members; m != 0; m &= m - 1 {
			hash += colours[g.base+bits.TrailingZeros64(m)] * seedOfMembers
		}
		return mix(hash, n.key), at + n.size
	case record:
		hash = n.key
		for _, p := range n.parts {
			var h uint64
			h, at = t.content(p, data, at)
			hash = mix(hash, h)
		}
		return hash, at
	case option:
		if data[at] == 0 {
			return n.key, at + 1
		}
		hash, end = t.content(n.elem, data, at+1)
		return mix(hash, n.key), end
	}
	count := n.count
	if n.kind != array {
		count, at = length(data, at)
	}
	hash = uint64(count)
	for i := range count {
		var h uint64
		h, at = t.content(n.elem, data, at)
		switch {
		case n.kind == bag:
			// A sum, for the order of a bag is that of its bytes, which depend on names.
			hash += h
		case n.group >= 0 && i < n.named:
			// The element of an indexed array counts under the class of its index, in no
			// order.
			hash += mix(h, colours[t.groups[n.group].base+n.first+i])
		default:
			hash += mix(h, uint64(i)+1)
		}
	}
	return mix(hash, n.key), n.tail(count, data, at)
}

func (t *tree) permute(to, data []byte, p Permutation) ([]byte, error) {
	t.failure = nil
	to, _ = t.write(t.root, to, data, 0, p)
	t.spans = t.spans[:0]
	return to, t.failure
}

// write appends a part with each element renamed, and returns the part's end.
func (t *tree) write(n *node, to, data []byte, at int, p Permutation) (out []byte, end int) {
	if !n.moves {
		end = n.skip(data, at)
		return append(to, data[at:end]...), end
	}
	switch n.kind {
	case value:
		g, v := &t.groups[n.group], load(data[at:], n.size)
		if e, ok := g.element(v, n.size); ok {
			v = g.valueOf(p[e])
		}
		return appendWord(to, n.size, v), at + n.size
	case bitset:
		g, v := &t.groups[n.group], load(data[at:], n.size)
		return appendWord(to, n.size, g.renamed(v, n.first, p)), at + n.size
	case record:
		for _, part := range n.parts {
			to, at = t.write(part, to, data, at, p)
		}
		return to, at
	case option:
		to = append(to, data[at])
		if data[at] == 0 {
			return to, at + 1
		}
		return t.write(n.elem, to, data, at+1, p)
	}
	count := n.count
	if n.kind != array {
		start := at
		count, at = length(data, at)
		to = append(to, data[start:at]...)
	}
	switch {
	case n.kind == bag:
		return t.writeBag(n, count, to, data, at, p)
	case n.group >= 0 && count > 0:
		return t.writeIndexed(n, count, to, data, at, p)
	}
	for range count {
		to, at = t.write(n.elem, to, data, at, p)
	}
	end = n.tail(count, data, at)
	return append(to, data[at:end]...), end
}

// appendWord appends an integer of a size.
func appendWord(to []byte, size int, v uint64) []byte {
	at := len(to)
	// Eight bytes are appended and the rest is cut off: to append a number of bytes that is
	// not known when this is compiled would be a loop.
	to = append(to, 0, 0, 0, 0, 0, 0, 0, 0)[:at+size]
	store(to[at:], size, v)
	return to
}

// writeIndexed writes the elements of an indexed array, each at its new place.
func (t *tree) writeIndexed(n *node, count int, to, data []byte, at int, p Permutation) ([]byte, int) {
	g := &t.groups[n.group]
	if count < n.named {
		// There is no place to move some of the elements to, so a renamed state would not
		// be a state of the same form.
		t.failure = fmt.Errorf("%s is indexed by %s, which has %d values, and has %d elements: make it as long as that when it is made, or leave it empty", n.path, g.Type, n.named, count)
		return to, n.elem.skip(data, at)
	}
	mark, first := len(t.spans), g.base+n.first
	t.spans = append(t.spans, make([]span, n.named)...)
	for i := range n.named {
		next := n.elem.skip(data, at)
		// The old place of the element that comes to each new place: the output is written
		// from front to back.
		t.spans[mark+p[first+i]-first] = span{at, next}
		at = next
	}
	for i := range n.named {
		to, _ = t.write(n.elem, to, data, t.spans[mark+i].from, p)
	}
	t.spans = t.spans[:mark]
	for range count - n.named {
		to, at = t.write(n.elem, to, data, at, p)
	}
	return to, at
}

// writeBag writes the elements of a bag, and puts them in the order of their bytes, which is
// the only order in which internal/codec decodes them. Entries of a map are such elements:
// their keys differ, so comparing whole entries compares keys.
func (t *tree) writeBag(n *node, count int, to, data []byte, at int, p Permutation) ([]byte, int) {
	mark, start := len(t.spans), len(to)
	for range count {
		from := len(to)
		to, at = t.write(n.elem, to, data, at, p)
		t.spans = append(t.spans, span{from, len(to)})
	}
	spans := t.spans[mark:]
	compare := func(a, b span) int { return bytes.Compare(to[a.from:a.to], to[b.from:b.to]) }
	// A bag that the renaming has left in order stays where it is.
	if !slices.IsSortedFunc(spans, compare) {
		slices.SortFunc(spans, compare)
		t.spare = t.spare[:0]
		for _, s := range spans {
			t.spare = append(t.spare, to[s.from:s.to]...)
		}
		copy(to[start:], t.spare)
	}
	t.spans = t.spans[:mark]
	return to, at
}

// isTwin renames the whole state: with bags and parts of different sizes, places have no
// partners that could be compared one by one.
func (t *tree) isTwin(data []byte, a, b int) (bool, error) {
	if t.exchange == nil {
		for _, g := range t.groups {
			for i := range g.Size {
				t.exchange = append(t.exchange, g.base+i)
			}
		}
	}
	// The exchange is kept between calls, as the identity, and is the identity again when
	// this returns.
	t.exchange[a], t.exchange[b] = b, a
	var err error
	t.trial, err = t.permute(t.trial[:0], data, t.exchange)
	t.exchange[a], t.exchange[b] = a, b
	return bytes.Equal(t.trial, data), err
}
