package explore

import (
	"hash/fnv"
	"strconv"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// explainer observes new states, in the order in which they are numbered, and so
// says the same for any number of workers. It reads each as text, which takes some
// microseconds: it is only there if somebody asked.
type explainer struct {
	space        system.Space
	player       *player // takes steps from a sample of the states
	state        system.State
	parent       []trace.Leaf
	all          distinct // whole states
	fields       []*fieldObserver
	byPath       map[string]*elementObserver
	sums         []uint64 // by field: of the state being observed
	parentNumber uint64   // whose leaves there are, plus one
}

// fieldObserver is what is known of all elements of a field.
type fieldObserver struct {
	name     string
	place    int // among the fields
	elements []*elementObserver

	combinations, without distinct

	isText     bool // it is no number everywhere
	rose, fell bool // on a step that discovered a state
	largest    int64
	risings    int // levels on which the largest value rose
	lastRising int
	hasLargest bool
}

type elementObserver struct {
	path   string
	hash   uint64
	field  *fieldObserver
	values distinct
}

func newExplainer(p *player) *explainer {
	p.run.Length = 1 // it is under way
	return &explainer{space: p.codec.New(), state: p.codec.Make(), player: p, byPath: map[string]*elementObserver{}}
}

// observe takes note of the first states that are new in a block, of which the
// first has this number.
func (x *explainer) observe(b *block, level int, number, states uint64) {
	x.parentNumber = 0
	parents := parentReader{explainer: x, block: b}
	for _, i := range b.order[:states] {
		if level > 0 {
			parents.read(b.origins[i].Parent())
		}
		leaves := x.look(b.states.At(i), level)
		if level > 0 {
			x.compare(x.parent, leaves)
		}
		if number < samplesFirst || number%sampleEvery == 0 {
			x.step(b.states.At(i), leaves)
		}
		number++
	}
}

// look takes note of one state, and returns its leaves.
func (x *explainer) look(encoded []byte, level int) []trace.Leaf {
	system.Decode(x.space, x.state, encoded)
	leaves := trace.ValueOf(x.state).Leaves()
	total := uint64(0)
	clear(x.sums)
	for _, l := range leaves {
		el := x.element(l)
		h := mix(el.hash ^ textHash(l.Value))
		el.values.add(h)
		total += h
		x.sums[el.field.place] += h
		el.field.grow(l.Value, level)
	}
	x.all.add(mix(total))
	for i, f := range x.fields {
		f.combinations.add(mix(x.sums[i]))
		f.without.add(mix(total - x.sums[i]))
	}
	return leaves
}

// step takes every step from a state, for most lead to one that is known.
func (x *explainer) step(encoded []byte, leaves []trace.Leaf) {
	system.Decode(x.player.space, x.player.state, encoded)
	x.player.successors(func(_ system.Action, _ []int, s system.State) bool {
		x.compare(leaves, trace.ValueOf(s).Leaves())
		return true
	})
}

// compare notes which numbers rose and which fell on a step. What is not in both
// states says nothing.
func (x *explainer) compare(from, to []trace.Leaf) {
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
		is, err := strconv.ParseInt(l.Value, 10, 64)
		was, err2 := strconv.ParseInt(before.Value, 10, 64)
		if err == nil && err2 == nil {
			f.rose, f.fell = f.rose || is > was, f.fell || is < was
		}
	}
}

func (x *explainer) element(l trace.Leaf) *elementObserver {
	el := x.byPath[l.Path]
	if el == nil {
		el = &elementObserver{path: l.Path, hash: textHash(l.Path), field: x.field(l.Field())}
		el.field.elements = append(el.field.elements, el)
		x.byPath[l.Path] = el
	}
	return el
}

func (x *explainer) field(name string) *fieldObserver {
	for _, f := range x.fields {
		if f.name == name {
			return f
		}
	}
	f := &fieldObserver{name: name, place: len(x.fields), without: x.all.clone()}
	if x.all.count() > 0 { // the states so far lack the field
		f.combinations.add(mix(0))
	}
	x.fields = append(x.fields, f)
	x.sums = append(x.sums, 0)
	return f
}

// grow notes whether the value is larger than all before.
func (f *fieldObserver) grow(value string, level int) {
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil {
		f.isText = true
		return
	}
	if f.hasLargest && n <= f.largest {
		return
	}
	if f.hasLargest && level > 0 && f.lastRising != level+1 {
		f.risings++
		f.lastRising = level + 1
	}
	f.largest, f.hasLargest = n, true
}

func textHash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// parentReader reads the parents of a block in order.
type parentReader struct {
	*explainer
	block    *block
	fragment int
	left     int    // states of the fragment that were not read
	data     []byte // of them
	next     uint64 // the parent that comes next
}

// read makes x.parent the leaves of the parent with this place in the block.
func (p *parentReader) read(place uint64) {
	if p.parentNumber == place+1 {
		return
	}
	for p.next <= place {
		for p.left == 0 {
			f := p.block.parentFragments[p.fragment]
			p.data, p.left = f.Data, f.States
			p.fragment++
		}
		p.data = system.Decode(p.space, p.state, p.data)
		p.left--
		p.next++
	}
	p.parent, p.parentNumber = trace.ValueOf(p.state).Leaves(), place+1
}
