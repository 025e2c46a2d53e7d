// Package codec encodes Go values canonically: two states have the same bytes
// if and only if they are the same state. A search can therefore compare, hash
// and store bytes, and needs neither an equality function nor a hash function
// from the model.
//
// [For] analyses a state type once and compiles it to a short flat program. The
// interpreter of these programs uses reflection for maps only, and allocates
// nothing once its buffers have grown to the size of the states.
//
//	states, err := codec.For[State]()
//	parents, work := states.New(), states.New() // one space for each live state
//
//	var parent, next State
//	rest, ok := parents.Decode(&parent, encoded)
//	work.Copy(&next, &parent)
//	act(&next) // may change next in any way
//	encoded = work.Append(encoded[:0], &next)
//
// A search that runs many actions on one state keeps the state, and restores it
// after each of them, which costs less than a copy:
//
//	rest, ok := work.Keep(&next, encoded)
//	for _, act := range actions {
//		act(&next)
//		successor = work.Append(successor[:0], &next)
//		work.Restore(&next)
//	}
//
// # What can be in a state
//
// Bools, integers of every kind, strings, and arrays, slices, maps, pointers
// and structs of them. Unexported and embedded fields count as any other. A
// type that contains itself is refused, and so are floats and complex numbers
// (equal ones can have different bits), functions, channels, interfaces,
// unsafe.Pointer, and map keys with pointers in them. The [RefusedError] names
// the part of the type that is refused:
//
//	Nodes[].Phase   a field of the elements of a slice or array
//	Index[key].ID   a field of the keys of a map
//	Index[value]    the values of a map
//	Next.*.Value    a field of what a pointer points to
//
// A tag excludes a field, or makes a slice a multiset:
//
//	Scratch []int     `muster:"-"`         // not part of the state
//	Network []Message `muster:"unordered"` // a slice whose order has no meaning
//
// An ignored field can have any type. It encodes to nothing, and is zero after
// a state was decoded or copied, so that an action can use it within one step.
// Fields named _ are skipped.
//
// # Equality of states
//
//   - Nil and empty slices are the same, and so are nil and empty maps.
//     Decode and Copy make them empty and not nil: an action may write to a map
//     without a check, and append to a slice without allocating.
//   - Pointers are compared by the values that they point to. A state does not
//     record whether two pointers point to the same value; after Decode or Copy
//     each points to a value of its own.
//   - Unordered slices are compared as multisets. Decode puts their elements in
//     the order of their encodings; Copy keeps the order of the source.
//   - The capacity of a slice, and the memory between its length and its
//     capacity, are not part of the state.
//
// # Ownership of memory
//
// A [Space] owns the memory behind one state: its slices, its maps, and the
// values that it points to. The next Decode, Keep or Copy through the same space
// reuses this memory. So a state is valid until then, and the source of a Copy
// must be in another space. Meanwhile an action may change the state in any way,
// for example let two slices share their elements: a space allocates from its
// own memory and never reuses memory that it finds in the destination.
//
// Restore makes all memory that the kept state had as it was, and the state refers
// to no other memory then, whatever an action made it refer to.
//
// The memory of a space grows to the need of the largest state, and later calls
// allocate nothing. There are two exceptions: maps with keys or values of more
// than 128 bytes, because the Go runtime allocates each such entry, and strings,
// if a space has seen more than 1 MiB of different ones.
//
// # The encoding
//
//	bool, integer   the bytes of its memory
//	string          its length, its bytes
//	array           its elements
//	slice           its length, its elements; unordered: sorted by their bytes
//	map             its length, its entries (key, value) sorted by their bytes
//	pointer         0 if nil, or else 1 and the value that it points to
//	struct          its fields in order, without the padding
//
// Lengths are unsigned varints. Integers are in the byte order of the machine,
// so a machine of the other byte order cannot read the encodings. A slice of
// elements that encode to nothing, such as struct{}, can have 65,536 elements;
// Append panics if there are more.
//
// Decode accepts the bytes that Append makes and no others. Damaged bytes are
// refused, or are the encoding of another state; they never cause a panic.
//
// # Implementation
//
// The compiler merges fields that are adjacent in memory, across nested structs
// and arrays, and moves each such stretch in one step. A type without padding,
// pointers and ignored fields is [Codec.Flat]: its memory is its encoding, and
// [Codec.View] is free. A slice of such elements is moved in one step.
//
// A reference implementation does the same by plain reflection, and the tests
// compare the two on random types. With the build tag purego the reference is
// the only implementation: nothing unsafe is compiled in, no type is flat, and
// everything else is the same.
package codec

import "reflect"

// A Codec encodes and decodes the states of one type. It never changes, so any
// number of goroutines may use it.
//
// What does not mention the type is in Untyped, and the methods of the Codec do next to
// nothing themselves: the compiler makes them anew for every model. Untyped is not embedded,
// for then it would make all of those methods anew, too.
type Codec[S any] struct{ Untyped *Untyped }

// For compiles the codec of a state type. The error is a [*RefusedError].
func For[S any]() (*Codec[S], error) {
	c, err := untypedOf(reflect.TypeFor[S]())
	if err != nil {
		return nil, err
	}
	return &Codec[S]{c}, nil
}

// View returns the memory of a state, which is its encoding. View panics if the
// type is not flat.
func (c *Codec[S]) View(s *S) []byte { return c.Untyped.viewAt(refTo(s)) }

// New returns a space for one state. New is cheap: a space allocates memory on
// demand.
func (c *Codec[S]) New() *Space[S] {
	p := new(Space[S])
	p.space.begin(c.Untyped.machine)
	return p
}

// NewTrusting returns a space for one state, whose Decode and Keep are to be given nothing but
// what Append has made. They do not look whether the elements of sets and maps are in order
// and bools are 0 or 1. Lengths are looked at all the same.
func (c *Codec[S]) NewTrusting() *Space[S] {
	p := c.New()
	p.space.trust()
	return p
}

// A Space encodes, decodes and copies states, and owns the memory behind the
// state that it last decoded, kept or copied. One goroutine at a time may use it.
type Space[S any] struct {
	space space
	image S // of the state that is kept
}

// Append appends the encoding of a state, whatever memory the state is in. All of the
// capacity of dst is Append's: the memory behind the encoding may be overwritten too.
func (p *Space[S]) Append(dst []byte, s *S) []byte {
	return p.space.append(dst, refTo(s))
}

// Decode overwrites s with the state whose encoding is at the start of src, and
// returns the rest of src. If there is no encoding at the start, ok is false and
// s may be partly overwritten. The state does not refer to src.
func (p *Space[S]) Decode(s *S, src []byte) (rest []byte, ok bool) {
	return p.space.replace(refTo(s), src)
}

// Copy overwrites dst with a deep copy of src, which must be another variable
// and not in this space.
func (p *Space[S]) Copy(dst, src *S) {
	p.space.clone(refTo(dst), refTo(src))
}

// Keep decodes as Decode does, and remembers the state for Restore.
func (p *Space[S]) Keep(s *S, src []byte) (rest []byte, ok bool) {
	rest, ok = p.space.keep(refTo(s), refTo(&p.image), src)
	p.image = *s
	return rest, ok
}

// Restore makes s the state that was last kept, as if it were decoded again,
// whatever was done to s meanwhile. It must be the s of Keep, and only Append and
// Restore may have been called since.
//
// Restore costs little: all memory but that of maps is overwritten with an image of
// it, and of maps only the entries that are not as they were. Append notes which
// those are. If s may have been changed since Append, call Distrust before Restore.
func (p *Space[S]) Restore(s *S) { restore(&p.space, s, &p.image) }

// Distrust drops the notes of Append, so that Restore compares the maps.
func (p *Space[S]) Distrust() { p.space.distrust() }

// NewSlab returns a slab of zero states, and those states with their type. NewSlab
// panics if the type is not flat.
func (c *Codec[S]) NewSlab(states int) (Slab, []*S) {
	slab := c.Untyped.newSlab(states)
	typed := make([]*S, states)
	for i := range typed {
		typed[i] = stateIn[S](&slab.Words[i*slab.Stride])
	}
	return slab, typed
}

// A Part encodes values of a type that is known only at run time, such as one
// field of a state. One goroutine at a time may use it.
type Part struct{ space space }

// ForType compiles the encoding of a type. The error is a [*RefusedError].
func ForType(t reflect.Type) (*Part, error) {
	s, err := shapeOf(t)
	if err != nil {
		return nil, err
	}
	p := new(Part)
	p.space.begin(compile(s))
	return p, nil
}

// Append appends the encoding of an addressable value of the type.
func (p *Part) Append(dst []byte, v reflect.Value) []byte {
	return p.space.append(dst, refAt(v))
}
