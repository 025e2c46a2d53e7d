// Package codec turns Go values into canonical bytes and back: two states have
// the same bytes if and only if they are the same state. A state type is walked
// once, by [For], and compiled to a short flat program. What runs it uses
// reflection for little but maps, and after warming up it allocates nothing.
//
//	states, err := codec.For[State]()
//	parents, work := states.New(), states.New() // one space for each live state
//
//	var parent, next State
//	rest, ok := parents.Decode(&parent, encoded)
//	work.Copy(&next, &parent)
//	act(&next) // may change it in any way
//	encoded = work.Append(encoded[:0], &next)
//
// # What can be in a state
//
// Bools, integers of every kind, strings, and arrays, slices, maps, pointers
// and structs of them. Unexported and embedded fields count as any other. A
// type that contains itself is refused, and so are floats and complex numbers
// (equal ones can have different bits), functions, channels, interfaces,
// unsafe.Pointer, and map keys with pointers in them. The [RefusedError] says
// where in the type the trouble is:
//
//	Nodes[].Phase   a field of the elements of a slice or array
//	Index[key].ID   a field of the keys of a map
//	Index[value]    the values of a map
//	Next.*.Value    a field of what a pointer points to
//
// Fields are taken as they are unless a tag says otherwise:
//
//	Scratch []int     `muster:"-"`         // no part of the state
//	Network []Message `muster:"unordered"` // a slice whose order means nothing
//
// An ignored field can have any type. It encodes to nothing, and is zero
// whenever a state was decoded or copied, so that an action can use it within
// one step. Fields named _ are skipped.
//
// # What is the same state
//
//   - Nil and empty slices are the same, and so are nil and empty maps.
//     Decoded or copied they are empty and not nil: an action may write to a
//     map without asking for it, and append to a slice without allocating.
//   - Pointers are what they point to. Whether two of them point to the same
//     value, or into the same state, makes no difference, and decoded or copied
//     they never do.
//   - The elements of an unordered slice are compared as a bag: how many there
//     are of each. Decoded, they are in the order of their encodings; copied,
//     in the order that they had.
//   - The capacity of slices, and what lies between their length and their
//     capacity, is no part of the state.
//
// # Whose memory it is
//
// A [Space] owns the memory behind one state: its slices, maps, and what it
// points to. The next Decode or Copy through the same space takes all of it
// back. So a state must not be kept longer than that, and the source of a Copy
// must be in another space. Between two uses an action can do what it likes,
// such as making two slices share their elements: a space hands out its own
// memory and never what it finds in the destination.
//
// Memory grows to what the largest state needs and is then used again, which
// makes encoding, decoding and copying free of allocations. The exceptions are
// maps whose keys or values are larger than 128 bytes, for which the Go runtime
// allocates every entry, and strings when there are too many different ones to
// be remembered (1 MiB of them).
//
// # The encoding
//
//	bool, integer   the bytes of its memory
//	string          its length, its bytes
//	array           its elements
//	slice           its length, its elements; unordered: sorted by their bytes
//	map             its length, its entries (key, value) sorted by their bytes
//	pointer         0, or 1 and what it points to
//	struct          its fields in order, without the padding
//
// Lengths are unsigned varints. Integers are in the byte order of the machine,
// so encodings are not for other machines. A slice of elements that encode to
// nothing, such as struct{}, can have 65,536 elements; appending the encoding
// of a longer one panics.
//
// Decode accepts what Append makes and nothing else. Bytes that were damaged
// are refused, or they are another state's; they never cause a panic.
//
// # How it works
//
// Fields that are neighbours in memory are moved as one, across nested structs
// and arrays. A type without padding, pointers and ignored fields is [Codec.Flat]:
// its memory is its encoding, and [Codec.View] is free. Slices of such elements
// are moved at once.
//
// Every program has a slow twin that does the same by plain reflection, and
// the tests compare the two on random types. With the build tag purego the
// twin is all there is: nothing unsafe is compiled in, no type is flat, and
// everything else is the same.
package codec

import "reflect"

// A Codec encodes and decodes the states of one type. It never changes, so any
// number of goroutines may use it.
type Codec[S any] struct {
	shape   *shape
	machine *machine
}

// For compiles the codec of a state type. The error is a [*RefusedError].
func For[S any]() (*Codec[S], error) {
	s, err := shapeOf(reflect.TypeFor[S]())
	if err != nil {
		return nil, err
	}
	return &Codec[S]{shape: s, machine: compile(s)}, nil
}

// Size returns the size of an encoding if all states have the same, else -1.
func (c *Codec[S]) Size() int { return c.shape.size() }

// Flat reports whether the encoding of a state is its memory, byte for byte.
func (c *Codec[S]) Flat() bool { return c.machine.isFlat() }

// View returns the memory of a state, which is its encoding. It is only for
// types that are flat, and panics for others.
func (c *Codec[S]) View(s *S) []byte {
	if !c.Flat() {
		panic("codec: View of a state type that is not flat: " + c.shape.typ.String())
	}
	return c.machine.view(refTo(s))
}

// New returns a space for one state. It is cheap: a space gets its memory when
// it needs it.
func (c *Codec[S]) New() *Space[S] { return &Space[S]{newSpace(c.machine)} }

// A Space encodes, decodes and copies, and owns the memory behind the one
// state that it last decoded or copied. It is for one goroutine at a time.
type Space[S any] struct {
	space space
}

// Append appends the encoding of a state, which may be in any space or none.
func (p *Space[S]) Append(dst []byte, s *S) []byte {
	return p.space.append(dst, refTo(s))
}

// Decode overwrites s with the state whose encoding src begins with, and
// returns what follows that. If src begins with none, ok is false and s is left
// half done. Nothing refers to src afterwards.
func (p *Space[S]) Decode(s *S, src []byte) (rest []byte, ok bool) {
	return p.space.replace(refTo(s), src)
}

// Copy overwrites dst with a deep copy of src, which must be another variable
// and not in this space.
func (p *Space[S]) Copy(dst, src *S) {
	p.space.clone(refTo(dst), refTo(src))
}
