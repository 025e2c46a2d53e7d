package conform

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"github.com/muster-mc/muster/internal/number"
)

// Options bound a check. The zero value bounds it by what is possible.
type Options struct {
	// MaxStates is the most states, counted once for each place in the logs, that are
	// looked at, hidden ones included. Zero means ten million.
	MaxStates int

	// Timeout ends the check after this time. Zero means never.
	Timeout time.Duration

	// All finds every state that the model may be in after every record, level by level,
	// where a check otherwise goes deep first and ends with the first run that matches.
	All bool

	// Candidates is how many states a rejection explains. Zero means three.
	Candidates int

	_ struct{}
}

const (
	statesMax     = 10_000_000
	candidatesMax = 3
)

// node is a state that the model may be in at a place: after so many records of each source.
type node struct {
	parent int32 // -1 for an initial state
	state  string
	at     []int32
	steps  []taken // from the parent: hidden ones, and those of one record
}

// search finds the states that the model may be in. Nodes are never dropped: each is met
// once, and the way to it is needed for a run and for explanations.
type search struct {
	*prober
	ctx     context.Context
	options Options
	sources []*source

	nodes  []node
	met    map[string]int32 // by place and state
	shades int              // states that hidden steps lead to
	total  int              // records of all sources

	deepest int     // the most records that were matched
	nearest []int32 // the nodes there
	cut     bool    // a bound on hidden steps left out a state
	ended   string  // why the search ended early
	key     []byte

	swaps int // places where Independent was verified
}

func newSearch(ctx context.Context, b *binding, sources []*source, o Options) *search {
	if o.MaxStates == 0 {
		o.MaxStates = statesMax
	}
	if o.Candidates == 0 {
		o.Candidates = candidatesMax
	}
	s := &search{prober: newProber(b), ctx: ctx, options: o, sources: sources, met: map[string]int32{}}
	s.stop = s.isStopped
	for _, source := range sources {
		s.total += len(source.records)
	}
	return s
}

// isStopped reports whether the search is to end: a limit was reached, the context is done,
// or the log's binding has a problem.
func (s *search) isStopped() bool {
	switch err := s.ctx.Err(); {
	case s.ended != "" || s.problem != "":
	case len(s.nodes)+s.shades > s.options.MaxStates:
		s.ended = "the limit of " + number.Count(s.options.MaxStates, "state") + " was reached"
	case errors.Is(err, context.DeadlineExceeded):
		s.ended = "the time was over"
	case err != nil:
		s.ended = "it was interrupted"
	}
	return s.ended != "" || s.problem != ""
}

// begin adds the initial states, and returns their nodes.
func (s *search) begin() (roots []int32) {
	states, steps := s.initial()
	for i, state := range states {
		if n, isNew := s.add(-1, state, make([]int32, len(s.sources)), steps[i:i+1]); isNew {
			roots = append(roots, n)
		}
	}
	return roots
}

// add adds a node unless it is there.
func (s *search) add(parent int32, state string, at []int32, steps []taken) (n int32, isNew bool) {
	s.key = s.key[:0]
	for _, a := range at {
		s.key = binary.AppendUvarint(s.key, uint64(a))
	}
	s.key = append(s.key, state...)
	if n, known := s.met[string(s.key)]; known {
		return n, false
	}
	n = int32(len(s.nodes))
	key := string(s.key)
	s.met[key] = n
	s.nodes = append(s.nodes, node{parent, key[len(key)-len(state):], at, steps})
	s.noteDepth(n)
	return n, true
}

func (s *search) noteDepth(n int32) {
	switch d := s.depth(n); {
	case d > s.deepest:
		s.deepest, s.nearest = d, append(s.nearest[:0], n)
	case d == s.deepest:
		s.nearest = append(s.nearest, n)
	}
}

// depth is the number of records that were matched.
func (s *search) depth(n int32) int {
	sum := 0
	for _, a := range s.nodes[n].at {
		sum += int(a)
	}
	return sum
}

// frame is a node whose successors are looked for, one state that hidden steps lead to and
// one source at a time.
type frame struct {
	node    int32
	closure *closure
	level   int
	shade   int // in the level
	source  int
	first   int // the first source whose record is possible in this shade, or -1
	pending []int32
}

func newFrame(s *search, n int32) frame {
	return frame{node: n, closure: newClosure(s.nodes[n].state), first: -1}
}

// deep goes deep first, and ends with the first run that matches all records. It returns
// the node where that run ends, or -1.
func (s *search) deep() int32 {
	roots := s.begin()
	for _, root := range roots {
		stack := []frame{newFrame(s, root)}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if s.depth(top.node) == s.total {
				return top.node
			}
			if s.isStopped() {
				return -1
			}
			next, ok := s.next(top)
			switch {
			case ok:
				stack = append(stack, newFrame(s, next))
			default:
				s.cut = s.cut || top.closure.isCut()
				stack = stack[:len(stack)-1]
			}
		}
	}
	return -1
}

// wide goes level by level, and returns the nodes where all records are matched.
func (s *search) wide() []int32 {
	level := s.begin()
	for depth := 0; depth < s.total && len(level) > 0; depth++ {
		var further []int32
		for _, n := range level {
			f := newFrame(s, n)
			for next, ok := s.next(&f); ok; next, ok = s.next(&f) {
				further = append(further, next)
			}
			s.cut = s.cut || f.closure.isCut()
			if s.isStopped() {
				return nil
			}
		}
		level = further
	}
	return level
}

// next is the next successor of a frame's node that was not met before.
func (s *search) next(f *frame) (n int32, ok bool) {
	for len(f.pending) == 0 {
		if s.isStopped() || !s.advance(f) {
			return 0, false
		}
	}
	n = f.pending[0]
	f.pending = f.pending[1:]
	return n, true
}

// advance looks at one shade and one source, and reports whether there was one.
func (s *search) advance(f *frame) bool {
	shades := f.closure.level(s.prober, f.level)
	if len(shades) == 0 {
		return false
	}
	if f.source == 0 && f.shade == 0 && f.level > 0 {
		s.shades += len(shades)
	}
	if from := &shades[f.shade]; s.isNext(s.nodes[f.node].at, f.source) {
		if f.first < 0 || !s.binding.independent {
			found := s.matches(from.state, s.record(s.nodes[f.node].at, f.source))
			f.pending = s.enterAll(f.node, from, f.source, found)
			if len(found) > 0 && f.first < 0 {
				f.first = f.source
			}
		} else {
			s.verifySwap(f, from)
		}
	}
	f.source++
	if f.source < len(s.sources) {
		return true
	}
	f.source, f.first = 0, -1
	if f.shade++; f.shade == len(shades) {
		f.shade = 0
		f.level++
	}
	return true
}

// isNext reports whether the next record of a source may be the next of all: it is not
// later than the first of the others by more than the skew.
func (s *search) isNext(at []int32, source int) bool {
	r := s.record(at, source)
	if r == nil || s.binding.clock == "" {
		return r != nil
	}
	for other := range s.sources {
		if o := s.record(at, other); o != nil && o.clock+s.binding.skew < r.clock {
			return false
		}
	}
	return true
}

// record is the next record of a source, or nil at its end.
func (s *search) record(at []int32, source int) *record {
	if records := s.sources[source].records; int(at[source]) < len(records) {
		return &records[at[source]]
	}
	return nil
}

// enterAll adds the nodes to which the next record of a source leads, and returns the new
// ones.
func (s *search) enterAll(n int32, from *shade, source int, found []successor) (added []int32) {
	at := slices.Clone(s.nodes[n].at)
	at[source]++
	for _, m := range found {
		steps := append(from.steps[:len(from.steps):len(from.steps)], m.steps...)
		if next, isNew := s.add(n, m.state, at, steps); isNew {
			added = append(added, next)
		}
	}
	return added
}
