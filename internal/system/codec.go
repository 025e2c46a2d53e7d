package system

import "github.com/muster-mc/muster/internal/codec"

// Codec encodes and decodes the states of a system: a [codec.Untyped]. Any number of goroutines may use it. Two states are one if and only if
// their encodings are equal: visited sets, caches and checkpoints know nothing else of
// a state.
type Codec interface {
	// Size is the size of an encoding if all states have the same, else -1.
	Size() int

	// Flat reports whether the encoding of a state is its memory.
	Flat() bool

	// HasIgnored reports whether the state type has fields that are no part of the
	// state. An action may leave anything in them; see [Cleaner].
	HasIgnored() bool

	// Layout lists the parts of the state type.
	Layout() []string

	// Fields lists the fields of the state type. They are for one goroutine.
	Fields() []*codec.Field

	// Make returns a new zero state.
	Make() State

	// View returns the memory of a state of a flat type, which is its encoding.
	View(s State) []byte

	// Slab returns this many new zero states of a flat type, which are neighbours. An
	// expander writes successors into it one after the other, and a cache compares them
	// word by word, without a call for each.
	Slab(states int) codec.Slab

	// New returns a space for one state.
	New() Space
}

// Space is a [codec.UntypedSpace]. It owns the memory behind the one state that it last
// decoded or copied, and is for one goroutine at a time.
type Space interface {
	// Append appends the encoding of s.
	Append(to []byte, s State) []byte

	// Decode reads a state from the front of data, which may be damaged, and returns
	// the rest. The memory behind the state that was decoded before is used again.
	Decode(s State, data []byte) (rest []byte, ok bool)

	// Copy makes a deep copy, so that an action on one of them leaves the other alone.
	Copy(to, from State)
}

// Cleaner makes states of the copies that actions have changed: fields that are no part
// of the state are zero, as they are for every predicate of states. It is for one
// goroutine.
type Cleaner struct {
	space Space // nil if the state type has no such field
	state State
	bytes []byte
}

// NewCleaner returns a cleaner of states with this codec.
func NewCleaner(c Codec) Cleaner {
	if !c.HasIgnored() {
		return Cleaner{}
	}
	return Cleaner{space: c.New(), state: c.Make()}
}

// Clean returns s, or a state like it that is valid until the next call.
func (c *Cleaner) Clean(s State) State {
	// Most state types have no such field, and then nothing is copied.
	if c.space == nil {
		return s
	}
	c.bytes = c.space.Append(c.bytes[:0], s)
	Decode(c.space, c.state, c.bytes)
	return c.state
}

// Decode reads a state from the front of data, which a Space has encoded, and
// returns the rest. It panics if it cannot.
func Decode(space Space, s State, data []byte) (rest []byte) {
	return mustDecode(space.Decode(s, data))
}

// mustDecode passes on the rest of what was decoded.
func mustDecode(rest []byte, ok bool) []byte {
	if !ok {
		panic(undecodable)
	}
	return rest
}

// undecodable is the panic of a state that the engine itself has encoded. To go on would
// lose a state, so the run ends. A checkpoint's states are decoded with Space.Decode
// instead: a damaged file is an error and no bug.
const undecodable = "a state in memory cannot be decoded: this is a bug in Muster, or the machine's memory fails"

// codecOf is a codec whose spaces are Spaces.
type codecOf struct{ *codec.Untyped }

func (c codecOf) View(s State) []byte { return c.ViewOf(s) }

func (c codecOf) New() Space { return c.Open() }
