package liveness

import (
	"errors"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/trace"
)

// Tuning says how the graph is made and searched. It changes how fast that is, and
// nothing else.
type Tuning struct {
	Automata bool // properties are checked by automata, whatever their form
	Apart    bool // the graph is made when the search has ended
	Pieces   bool // or else after every round, of however few states there are
}

// Checker decides the properties about whole runs of one search.
type Checker struct {
	search  *search.Search
	tuning  Tuning
	graph   *graph   // nil if none was begun
	builder *builder // nil unless it makes the graph as the search goes on
}

// New returns a checker of a search that is still to be run, whose steps it observes.
// Close must be called after it.
func New(s *search.Search, t Tuning) *Checker {
	c := &Checker{search: s, tuning: t}
	if !t.Apart {
		s.ObserveSteps(c, !slices.ContainsFunc(s.Actions(), isFairByArguments))
	}
	return c
}

// Close gives back the memory of the graph.
func (c *Checker) Close() { c.graph.free() }

// Answer is what became of a property about whole runs.
type Answer struct {
	Violated bool
	Vacuous  bool         // it asks for an answer to what never happens, or claims nothing
	Detail   string       // of a violation
	Trace    *trace.Trace // the counterexample, with a loop
}

// Answers are what became of all of them, by their places in the system. Those that
// are missing are unknown.
type Answers struct {
	Of        map[int]Answer
	Undecided string // why some are missing, if it is not because of an error
}

// found is the first problem that was met.
type found struct {
	err       error
	undecided string
}

// Decide decides the properties, once every state was found and nothing was wrong. The
// error is that of files, a [*search.BreachError] or a [*system.ModelError].
func (c *Checker) Decide(begun func()) (Answers, error) {
	s := c.search
	a := Answers{Of: map[int]Answer{}}
	if a.Undecided = c.cannotDecide(); a.Undecided != "" {
		return a, nil
	}
	if err := s.Refill(); err != nil {
		a.Undecided = s.ReasonCancelled()
		return a, err
	}
	if s.IsCancelled() {
		a.Undecided = s.ReasonCancelled()
		return a, nil
	}
	s.FreeSet()
	if c.graph == nil {
		c.graph = newGraph(s, c.tuning)
	}
	begun()
	g := c.graph
	if g.complete(c.builder) {
		_, bytes := g.Size()
		s.NoteBytes(s.LogBytes() + s.StatesHeld() + g.numbers().Bytes() + bytes)
		for _, q := range g.questions {
			g.answer(q, &a)
		}
	}
	if g.found.undecided != "" {
		a.Undecided = g.found.undecided
	} else if s.IsCancelled() {
		a.Undecided = s.ReasonCancelled()
	}
	return a, g.found.err
}

// answer answers one question. The first claim with a counterexample decides it.
func (g *graph) answer(q question, a *Answers) {
	p := &g.search.System().Properties[q.property]
	var r Answer
	empty := 0
	for i := range q.claims {
		c := &q.claims[i]
		if g.search.IsCancelled() {
			return
		}
		lasso, err := c.find()
		if err == nil && lasso != nil {
			r, err = g.counterexample(q.property, c, lasso)
		}
		if errors.Is(err, digraph.ErrTooLarge) {
			g.found.undecided = fmt.Sprintf("the graph of all steps that %s is about does not fit in the run's %d MiB of memory",
				p.Name, g.search.Memory()>>20)
			return
		}
		if err != nil {
			g.found.err = err
			return
		}
		if r.Violated {
			break
		}
		if c.vacuous() {
			empty++
		}
	}
	r.Vacuous = empty == len(q.claims) && !r.Violated
	a.Of[q.property] = r
}

// cannotDecide says why the graph cannot be made: its edges may be in a file, but not
// what is known of each state.
func (c *Checker) cannotDecide() string {
	s := c.search
	needs := s.StatesHeld() + countingBytes(s)
	if needs <= s.Limit() || s.Tiny() {
		return ""
	}
	return fmt.Sprintf("properties about whole runs need %d MiB to keep all states apart; the memory for the run is %d MiB",
		needs>>20, s.Memory()>>20)
}

// countingBytes is the memory of the graph for all states, without its edges: a number
// that is found by the state, the one before it on a stem, and some sets.
func countingBytes(s *search.Search) uint64 { return s.Counts().Distinct * (11 + 4 + 2) }
