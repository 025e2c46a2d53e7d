package explore

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// Found is the answer of [Place.Find].
type Found struct {
	Place  *Place // nil if no state was found
	States int    // that were looked at
	Whole  bool   // all states that can be reached from the place were looked at
}

// Find looks for the nearest state that satisfies a predicate, this one included, by a
// breadth-first search from here that looks at a number of states at most. The run to what
// it finds goes on from this one, with the fewest steps there are.
func (p *Place) Find(ctx context.Context, statesMax int, holds func(trace.Value) bool) (Found, error) {
	r := newRoam(p, ctx)
	for i := 0; i < len(r.states); i++ {
		if err := ctx.Err(); err != nil {
			return Found{States: len(r.states)}, err
		}
		s := r.enter(i)
		if r.states[i].data != nil && holds(trace.ValueOf(s.State())) {
			return Found{Place: r.place(i), States: i + 1}, nil
		}
		if !r.expand(i, statesMax) {
			return r.rest(ctx, i+1, holds)
		}
	}
	return Found{States: len(r.states), Whole: true}, nil
}

// rest looks at the states that are known, and makes no more of them.
func (r *roam) rest(ctx context.Context, from int, holds func(trace.Value) bool) (Found, error) {
	for i := from; i < len(r.states); i++ {
		if err := ctx.Err(); err != nil {
			return Found{States: len(r.states)}, err
		}
		if s := r.enter(i); holds(trace.ValueOf(s.State())) {
			return Found{Place: r.place(i), States: i + 1}, nil
		}
	}
	return Found{States: len(r.states)}, nil
}

// roam is a breadth-first search from a place. It knows each state by its bytes.
type roam struct {
	from   *Place
	ctx    context.Context
	states []met
	number map[string]int
	at     *system.Stepper
}

// met is a state that was met first by a way from another one.
type met struct {
	data   []byte // nil before the first state
	parent int
	way    system.Way
	depth  int
}

func newRoam(p *Place, ctx context.Context) *roam {
	r := &roam{from: p, ctx: ctx, at: system.NewStepper(underWatch(ctx, p.system), p.system.Actions), number: map[string]int{}}
	r.at.CancelledBy(ctx)
	r.states = []met{{data: p.state, parent: -1}}
	if p.state != nil {
		r.number[string(p.state)] = 0
	}
	return r
}

// enter goes to a state.
func (r *roam) enter(i int) *system.Stepper {
	if r.states[i].data == nil {
		r.at.Begin()
	} else {
		r.at.Enter(r.states[i].data)
	}
	return r.at
}

// expand meets the successors of the state where the stepper stands. It reports false if
// there are more states than there may be.
func (r *roam) expand(i, statesMax int) (all bool) {
	all = true
	space := r.from.system.Codec.New()
	r.at.Successors(func(action int, answers []int, s system.State) bool {
		data := space.Append(nil, s)
		if _, known := r.number[string(data)]; known {
			return true
		}
		if len(r.states) >= statesMax {
			all = false
			return false
		}
		r.number[string(data)] = len(r.states)
		r.states = append(r.states, met{data, i, system.Way{Action: action, Answers: answers}, r.states[i].depth + 1})
		return true
	})
	return all
}

// place takes the steps to a state that was met.
func (r *roam) place(i int) *Place {
	var ways []system.Way
	for ; r.states[i].parent >= 0; i = r.states[i].parent {
		ways = append(ways, r.states[i].way)
	}
	p := r.from
	for _, w := range slices.Backward(ways) {
		p = p.move(p.scout(r.ctx), w, p.State()).place
	}
	return p
}

// RunOn goes on at random until a state satisfies a predicate, at least one step, at most
// a number of them, and as long as a step leads on. It returns where it came to, and
// whether that state satisfies the predicate. The same seed goes the same way.
func (p *Place) RunOn(ctx context.Context, seed uint64, stepsMax int, holds func(trace.Value) bool) (to *Place, met bool, err error) {
	random := rand.New(rand.NewPCG(seed, seed))
	for range stepsMax {
		s := p.scout(ctx)
		var ways []system.Way
		for i := range s.Actions() {
			ways = append(ways, surveyed(s, i, nil, nil)...)
		}
		if err := ctx.Err(); err != nil || len(ways) == 0 {
			return p, false, err
		}
		m := p.move(s, ways[random.IntN(len(ways))], p.State())
		if p = m.place; holds(m.Step.State) {
			return p, true, nil
		}
	}
	return p, false, nil
}

// Neighbourhood is the states near a place and the steps between them.
type Neighbourhood struct {
	Nodes []Neighbour
	Edges []NeighbourEdge
	Whole bool // nothing else can be reached
}

// Neighbour is a state near a place. The first one is that of the place itself.
type Neighbour struct {
	Place    *Place
	Changes  []trace.Change // from the state of the place
	Depth    int            // steps from the place
	Violates []string       // invariants that the state breaks
	Outside  bool           // outside the model's constraint
	End      bool           // no step leads on
}

// NeighbourEdge is the steps from one node to another, by their places in Nodes.
type NeighbourEdge struct {
	From, To int
	Labels   []string
}

// Around is the neighbourhood of a place that has a state: the nearest states, statesMax
// at most, and all steps between them.
func (p *Place) Around(ctx context.Context, statesMax int) (*Neighbourhood, error) {
	r, n := newRoam(p, ctx), &Neighbourhood{Whole: true, Edges: []NeighbourEdge{}}
	for i := 0; i < len(r.states); i++ {
		r.enter(i)
		n.Whole = r.expand(i, statesMax) && n.Whole
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	here := p.State()
	for i, s := range r.states {
		q := p
		if i > 0 {
			from := n.Nodes[s.parent].Place
			q = from.move(from.scout(ctx), s.way, from.State()).place
		}
		n.Nodes = append(n.Nodes, q.neighbour(ctx, here, s.depth))
		n.connect(r, i)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// neighbour judges a state near another one.
func (p *Place) neighbour(ctx context.Context, here trace.Value, depth int) Neighbour {
	s := p.scout(ctx)
	n := Neighbour{Place: p, Depth: depth, Outside: s.IsOutside(), Changes: trace.Changes(here, trace.ValueOf(s.State()))}
	for i := range p.system.Properties {
		q := &p.system.Properties[i]
		if shows, _ := s.Shows(i); shows && !q.IsReachable() && q.Step == nil {
			n.Violates = append(n.Violates, q.Name)
		}
	}
	return n
}

// connect adds the steps from a node to nodes that were met.
func (n *Neighbourhood) connect(r *roam, from int) {
	edges := map[int]int{}
	s := n.Nodes[from].Place.scout(r.ctx)
	space := r.from.system.Codec.New()
	type step struct {
		to  int
		way system.Way
	}
	var steps []step
	n.Nodes[from].End = true
	s.Successors(func(action int, answers []int, next system.State) bool {
		n.Nodes[from].End = false
		if to, known := r.number[string(space.Append(nil, next))]; known {
			steps = append(steps, step{to, system.Way{Action: action, Answers: answers}})
		}
		return true
	})
	for _, x := range steps {
		i, known := edges[x.to]
		if !known {
			i = len(n.Edges)
			edges[x.to] = i
			n.Edges = append(n.Edges, NeighbourEdge{From: from, To: x.to})
		}
		n.Edges[i].Labels = append(n.Edges[i].Labels, s.Step(x.way).Label())
	}
}
