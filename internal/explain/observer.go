// Package explain observes the states of a search, to say which fields they come from.
package explain

import (
	"hash/fnv"
	"strconv"
	"time"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// Observer takes note of new states, in the order in which they are numbered, so that it
// says the same for any number of workers. It reads each as text, which takes some
// microseconds. The hash of a state is the sum of the hashes of its leaves. So the hash
// of the state without a field is a subtraction, and one pass over the leaves serves the
// whole state, each field alone and the state without each field. Hashing the state once
// more for each field would take time in proportion to the square of the fields.
type Observer struct {
	Fields []*Field

	system    *system.System
	actions   []system.Action
	cancelled func() bool   // nil: never
	grace     time.Duration // after it was cancelled
	sample    sample        // of the states, to be looked at when the search has ended

	stepper *system.Stepper // takes steps from a sample of the states
	space   system.Space
	state   system.State
	// The leaves of the last parent that was read. New states of one parent follow each
	// other, so the text of a parent is made once, however many successors are new.
	parent       []trace.Leaf
	all          Distinct // whole states
	byPath       map[string]*Element
	sums         []uint64 // by field: of the state being observed
	parentNumber uint64   // whose leaves there are, plus one
}

// Field is what is known of all elements of a field. A field with indices, such as
// Nodes[1].Phase, is an element of the field without them.
type Field struct {
	Name     string
	Elements []*Element

	// Combinations counts the values that all elements have together, Without the
	// states that would remain without the field.
	Combinations, Without Distinct

	IsText     bool // it is not a number everywhere
	Rose, Fell bool // on a step that discovered a state, or one from a sample of the states
	Risings    int  // levels on which the largest value rose
	LastRising int  // the last of them

	place int // among the fields
	// The largest value may be negative, so there is a flag for whether there is one.
	largest    int64
	hasLargest bool
}

// Element is what is known of one element of a field.
type Element struct {
	Path   string
	Values Distinct

	// The hash of the path, computed once: a path is hashed for one state, and used for
	// all.
	hash  uint64
	field *Field
}

// New returns an observer of a search that tries these actions.
func New(s *system.System, actions []system.Action) *Observer {
	return &Observer{
		system: s, actions: actions, grace: graceUsual,
		stepper: system.NewStepper(s, actions), space: s.Codec.New(), state: s.Codec.Make(), byPath: map[string]*Element{},
	}
}

// Until has the observer give up what takes too long when cancelled returns true. The
// observations are then of no use.
func (x *Observer) Until(cancelled func() bool) {
	x.cancelled, x.stepper.Cancelled = cancelled, cancelled
}

// Level and Round complete a [search.Observer]. All that an observer says follows from
// states and their levels, and Block has both.
func (x *Observer) Level([]uint64)        {}
func (x *Observer) Round(search.Standing) {}

// Block takes note of the first n new states of a block. A step to a state that is known
// is not seen here. To take all those steps again would cost the text of a state for
// each, so only the steps from a sample of the states are taken.
//
// The parents are still in memory: the search shows a block before it gives back the
// memory of the block's parents.
func (x *Observer) Block(b *search.Block, level int, first, n uint64) {
	x.parentNumber = 0
	// A place of a parent counts within its block, so the leaves of the last block's
	// parent must not be taken for one of this block's.
	parents := parentReader{Observer: x, fragments: b.Parents()}
	for i := range n {
		state, parent := b.New(i)
		if level > 0 {
			parents.read(parent)
		}
		x.sample.add(state)
		leaves := x.look(state, level)
		if level > 0 {
			x.compare(x.parent, leaves)
		}
		if number := first + i; number < system.SamplesFirst || number%system.SampleEvery == 0 {
			x.step(state, leaves)
		}
	}
}

// look takes note of one state, and returns its leaves.
func (x *Observer) look(encoded []byte, level int) []trace.Leaf {
	system.Decode(x.space, x.state, encoded)
	leaves := x.stepper.ValueOf(x.state).Leaves()
	total := uint64(0)
	// A new field, which element may add below, appends its sum. So the sums are cleared
	// before the leaves are read, and not made anew.
	clear(x.sums)
	for _, l := range leaves {
		el := x.element(l)
		h := mix(el.hash ^ textHash(l.Value))
		el.Values.add(h)
		total += h
		x.sums[el.field.place] += h
		el.field.grow(l.Value, level)
	}
	x.all.add(mix(total))
	for i, f := range x.Fields {
		// A field that this state lacks has the sum zero: one more combination, the
		// absent one.
		f.Combinations.add(mix(x.sums[i]))
		f.Without.add(mix(total - x.sums[i]))
	}
	return leaves
}

// step takes every step from a state, for most lead to a state that is known.
func (x *Observer) step(encoded []byte, leaves []trace.Leaf) {
	// A panic of an action counts as disabled here: the search meets the same panic when
	// it expands the state, and reports it.
	x.stepper.Enter(encoded)
	x.stepper.Successors(func(_ int, _ []int, s system.State) bool {
		x.compare(leaves, x.stepper.ValueOf(s).Leaves())
		return true
	})
}

// compare notes which numbers rose and which fell on a step. What is not in both
// states says nothing.
func (x *Observer) compare(from, to []trace.Leaf) {
	// A slice or a map that has grown shifts all leaves after it. Leaves are compared by
	// their place in the lists, which takes no look-up for the many that are equal.
	if len(from) != len(to) {
		return
	}
	for i, l := range to {
		before := from[i]
		if l == before || l.Path != before.Path {
			continue
		}
		el := x.byPath[l.Path]
		if el == nil {
			continue // it is only there outside the constraint
		}
		f := el.field
		// Both values must be numbers: a step from a name to a number is no rise. A
		// number beyond the range of int64 counts as text, here and in grow.
		is, err := strconv.ParseInt(l.Value, 10, 64)
		was, err2 := strconv.ParseInt(before.Value, 10, 64)
		if err == nil && err2 == nil {
			f.Rose, f.Fell = f.Rose || is > was, f.Fell || is < was
		}
	}
}

// element finds an element by its path, and adds it when a state has it for the first
// time: the length of a slice is not known in advance.
func (x *Observer) element(l trace.Leaf) *Element {
	el := x.byPath[l.Path]
	if el == nil {
		el = &Element{Path: l.Path, hash: textHash(l.Path), field: x.field(l.Field())}
		el.field.Elements = append(el.field.Elements, el)
		x.byPath[l.Path] = el
	}
	return el
}

// field searches a list, because it is called once for each path and not for each leaf.
//
// A field that comes late must count as if it had been there from the beginning. The
// states before had no leaf in it, so without the field they are what they were, and
// there are as many as there were states: a copy of the count of all. The state that
// brings the field is not in that count yet.
func (x *Observer) field(name string) *Field {
	for _, f := range x.Fields {
		if f.Name == name {
			return f
		}
	}
	f := &Field{Name: name, place: len(x.Fields), Without: x.all.clone()}
	if x.all.Count() > 0 { // the states so far lack the field
		f.Combinations.add(mix(0))
	}
	x.Fields = append(x.Fields, f)
	x.sums = append(x.sums, 0)
	return f
}

// grow notes whether the value is larger than all before. A level counts as one rise,
// whatever the number of its states that raised the value. The initial states do not
// count: there is no value before them that they could exceed. LastRising is counted from
// one, as the report counts levels, so that zero stands for never.
func (f *Field) grow(value string, level int) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		f.IsText = true
		return
	}
	if f.hasLargest && n <= f.largest {
		return
	}
	if f.hasLargest && level > 0 && f.LastRising != level+1 {
		f.Risings++
		f.LastRising = level + 1
	}
	f.largest, f.hasLargest = n, true
}

// textHash is FNV-1a, whose bits depend too little on the last bytes to choose a sample
// by them. Callers mix it.
func textHash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// parentReader reads the parents of a block in order. The encodings in a fragment have no
// index and may vary in size, so a parent is found by decoding all parents before it. The
// new states of a block are in the order of their parents, so each parent is decoded at
// most once.
type parentReader struct {
	*Observer
	fragments []frontier.Fragment // the rest
	left      int                 // states of the fragment that were not read
	data      []byte              // of them
	next      uint64              // the parent that comes next
}

// read makes x.parent the leaves of the parent with this place in the block. The state
// that is decoded into is the observer's only one. The leaves of the state before are
// already taken, so nothing is lost when it is overwritten.
func (p *parentReader) read(place uint64) {
	if p.parentNumber == place+1 {
		return
	}
	for p.next <= place {
		for p.left == 0 {
			p.data, p.left = p.fragments[0].Data, p.fragments[0].States
			p.fragments = p.fragments[1:]
		}
		p.data = system.Decode(p.space, p.state, p.data)
		p.left--
		p.next++
	}
	p.parent, p.parentNumber = p.stepper.ValueOf(p.state).Leaves(), place+1
}
