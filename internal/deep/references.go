package deep

import (
	"bytes"
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// span is the memory that a reference refers to, up to but without the address to.
type span struct {
	from, to uintptr
	number   int
}

// The first number of a reference says what follows. Every part of an encoding says so in its
// way, so of two values of one type neither has an encoding with which that of the other
// begins, and parts need nothing between them.
const (
	isNil   = iota // nothing
	isNew          // the value that it refers to
	isKnown        // the number of an earlier reference to the same
	isOpen         // nothing: a map whose keys are being put in order
)

// meet numbers a reference, and reports whether it is the first one to its place. An address
// is another one in every run and in every copy, so it never gets into an encoding: numbers in
// the order of the walk say the same about which references are equal.
func (w *walker) meet(p place, size uintptr) (first bool) {
	if n, known := w.numbers[p]; known {
		w.number(isKnown)
		w.number(uint64(n))
		w.tell(func() string { return "the same as " + w.paths[n] })
		return false
	}
	// The number is given before the value is visited, so a cycle comes back to a known place.
	n := len(w.numbers)
	w.numbers[p] = n
	if w.leaf != nil {
		w.paths = append(w.paths, w.where())
	}
	w.number(isNew)
	if size > 0 {
		w.spans = append(w.spans, span{p.address, p.address + size, n})
	}
	return true
}

// overlaps writes down which references share memory in part: windows of one array, and
// pointers into another value. A write through the one is then seen through the other.
//
// The pairs stand at the end of the encoding, because a reference that is met later can share
// memory with one that is met first. A pair has the numbers of the two and how far apart they
// begin, which is all that can make a difference: both sizes are known from their types and
// lengths.
func (w *walker) overlaps() {
	slices.SortFunc(w.spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.number, b.number))
	})
	var pairs [][3]uint64
	for i, a := range w.spans {
		for _, b := range w.spans[i+1:] {
			if b.from >= a.to { // so is that of all spans behind b
				break
			}
			pairs = append(pairs, [3]uint64{uint64(a.number), uint64(b.number), uint64(b.from - a.from)})
		}
	}
	// The spans were in the order of their addresses, which the next run does not have.
	slices.SortFunc(pairs, func(a, b [3]uint64) int { return slices.Compare(a[:], b[:]) })
	w.number(uint64(len(pairs)))
	for _, p := range pairs {
		for _, n := range p {
			w.number(n)
		}
	}
}

// isConstant reports whether the innermost field has memory that is never written to.
func (w *walker) isConstant() bool {
	f := w.field()
	return f != nil && f.constant
}

// pointer visits what a pointer points to. All values without a size may have the same
// address, so that it means nothing.
func (w *walker) pointer(v reflect.Value) {
	if v.IsNil() {
		w.nothing()
		return
	}
	size := v.Type().Elem().Size()
	// What constant memory refers to is visited at each reference, as if each had memory of its
	// own: without writes, shared and equal memory cannot be told apart.
	if size == 0 || w.isConstant() {
		w.number(isNew)
	} else if !w.meet(place{v.Pointer(), v.Type(), 0}, size) {
		return
	}
	w.value(v.Elem())
}

// slice visits the elements up to the length. What lies behind it, up to the capacity, is no
// part of the value: only an append could make it seen, and an append overwrites it first.
func (w *walker) slice(p *plan, v reflect.Value) {
	if v.IsNil() || v.Len() == 0 && w.codec.rules.NilIsEmpty {
		w.nothing()
		return
	}
	size := uintptr(v.Len()) * v.Type().Elem().Size()
	if size == 0 || w.isConstant() {
		w.number(isNew)
	} else if !w.meet(place{v.Pointer(), v.Type(), v.Len()}, size) {
		return
	}
	// The length goes first, so that the elements need no end.
	w.number(uint64(v.Len()))
	if p.isBytes { // one leaf, as text, and one move of memory
		w.out = append(w.out, v.Bytes()...)
		w.tell(func() string { return fmt.Sprintf("%q", v.Bytes()) })
		return
	}
	if v.Len() == 0 {
		w.tell(func() string { return "[]" })
	}
	for i := range v.Len() {
		w.element(i, v.Index(i))
	}
}

// entry is an entry of a map, with the encoding of its key by itself, by which entries are put
// in order. An encoding as part of the whole would not do: it has the numbers of references,
// and these depend on which entry is visited first.
type entry struct {
	order      []byte
	key, value reflect.Value
}

// mapping visits the entries of a map in an order that its content gives.
func (w *walker) mapping(v reflect.Value) {
	if v.IsNil() || v.Len() == 0 && w.codec.rules.NilIsEmpty {
		w.nothing()
		return
	}
	// A key or a value that leads back to the map: to visit the map again, its entries would
	// have to be in order, which is what this walk is for.
	if w.sorting[v.Pointer()] {
		w.number(isOpen)
		return
	}
	// A map has no size here. Nothing can refer to a part of it, so it shares memory with
	// nothing.
	if !w.meet(place{v.Pointer(), v.Type(), 0}, 0) {
		return
	}
	w.number(uint64(v.Len()))
	if v.Len() == 0 {
		w.tell(func() string { return "map[]" })
	}
	for _, e := range w.entries(v) {
		w.path = append(w.path, segment{key: w.keyText(e.key)})
		silent := w.silent
		w.silent = true // the path says it
		w.value(e.key)
		w.silent = silent // this map may itself be inside of a key
		w.value(e.value)
		w.path = w.path[:len(w.path)-1]
	}
}

// entries returns the entries of a map in order. Keys that refer to memory can be equal by
// themselves and different in the map; then the values decide, and if they are equal too
// there is no order.
func (w *walker) entries(v reflect.Value) []entry {
	var list []entry
	for it := v.MapRange(); it.Next(); {
		key := variable(it.Key())
		list = append(list, entry{w.alone(v, key), key, variable(it.Value())})
	}
	byOrder := func(a, b entry) int { return bytes.Compare(a.order, b.order) }
	slices.SortFunc(list, byOrder)
	for i := 1; i < len(list); i++ {
		if byOrder(list[i-1], list[i]) != 0 {
			continue
		}
		// The values are encoded behind all keys and not only behind equal ones. The order of
		// keys that differ stays: none is encoded as the beginning of another one.
		for j := range list {
			list[j].order = append(list[j].order, w.alone(v, list[j].value)...)
		}
		slices.SortFunc(list, byOrder)
		break
	}
	for i := 1; i < len(list); i++ {
		if byOrder(list[i-1], list[i]) == 0 {
			w.refuse("a map with two keys that look alike", "they are pointers to equal values, so the entries have no order. Give the type a form of its own")
		}
	}
	return list
}

// alone encodes a part of a map by itself: with references numbered from zero, and without
// overlaps, whose numbers would be no part of the map.
func (w *walker) alone(m, v reflect.Value) []byte {
	x := w.codec.walker()
	// A copy of the path: a refusal in here is to say the whole of it, and the two walkers must
	// not append to one array.
	x.path = slices.Clip(w.path)
	x.sorting = map[uintptr]bool{m.Pointer(): true}
	for p := range w.sorting {
		x.sorting[p] = true
	}
	x.value(v)
	return x.out
}

// keyText is a key in a path. A key that refers to memory is told by what is there: its
// address is another one in every run. Two keys can have one text, so a path may not be the
// only one of its kind; entries refuses such maps if the values are equal too.
func (w *walker) keyText(v reflect.Value) string {
	switch v.Kind() {
	case reflect.String:
		return fmt.Sprintf("%q", v.String())
	case reflect.Pointer, reflect.Interface, reflect.Struct, reflect.Array:
	default:
		return fmt.Sprint(v)
	}
	var parts []string
	x := w.codec.walker()
	x.leaf = func(text string) { parts = append(parts, text) }
	x.value(v)
	return "{" + strings.Join(parts, " ") + "}"
}
