//go:build !purego

package codec

import (
	"reflect"
	"unsafe"
)

// A header is what a slice variable holds. Its data is a pointer to the
// garbage collector and to its write barrier, whatever the elements are.
type header struct {
	data     unsafe.Pointer
	len, cap int
}

// at returns where an element is.
func (h *header) at(i int, elem *program) unsafe.Pointer {
	return unsafe.Add(h.data, uintptr(i)*elem.mem)
}

// An arena is memory for values of one type, handed out from front to back and
// taken back all at once. The memory is made by reflection, as an array of the
// type, so that the garbage collector knows what is in it.
//
// Nothing is ever reused that a state points to: an action may have made two
// of its slices share their elements, and reusing the memory of each would let
// the next state's slices overwrite each other.
type arena struct {
	slice     reflect.Type
	base      unsafe.Pointer
	elem      uintptr // size of an element
	used, cap uintptr // elements
}

// room is how many elements an action can append to any slice without
// allocating. Actions mostly append one, a few at times.
const room = 4

func newArena(elem reflect.Type) arena {
	return arena{slice: reflect.SliceOf(elem), elem: elem.Size()}
}

// takeSlice returns n elements and the room after them. No other slice reaches
// into either.
func (a *arena) takeSlice(n int) header {
	data := a.take(uintptr(n) + room)
	return header{data, n, n + room}
}

// take returns memory for n values, at least 1, which hold what was last left
// there.
func (a *arena) take(n uintptr) unsafe.Pointer {
	if a.cap-a.used < n {
		a.grow(n)
	}
	at := unsafe.Add(a.base, a.used*a.elem)
	a.used += n
	return at
}

// grow gets memory for at least n more values. What was handed out stays where
// it is, and is garbage once the state is. Doubling ends with memory for the
// whole of the largest state.
func (a *arena) grow(n uintptr) {
	a.cap, a.used = 2*a.cap+n, 0
	a.base = reflect.MakeSlice(a.slice, int(a.cap), int(a.cap)).UnsafePointer()
}

// A stringTable makes strings of bytes, and the same one of the same bytes:
// models have few different strings in many states, and so decoding one mostly
// allocates nothing.
type stringTable struct {
	known map[string]string
	bytes int // what the known ones take, roughly
}

const (
	stringBytesMost = 1 << 20 // what a table holds before it starts afresh
	stringOverhead  = 48      // what a string takes beside its bytes: two headers in a map
)

// of returns the string with these bytes, which are not kept.
func (t *stringTable) of(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if s, ok := t.known[string(b)]; ok { // this conversion does not allocate
		return s
	}
	return t.add(string(b))
}

// add makes a string known.
func (t *stringTable) add(s string) string {
	if t.bytes += len(s) + stringOverhead; t.known == nil || t.bytes > stringBytesMost {
		t.known, t.bytes = make(map[string]string), len(s)+stringOverhead
	}
	t.known[s] = s
	return s
}
