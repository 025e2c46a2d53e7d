package liveness

import (
	"errors"
	"fmt"
	"time"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/trace"
)

// Tuning says how the graph is made and searched. It changes the speed, and no answer:
// tests compare the answers under different tunings.
type Tuning struct {
	Automata bool // properties are checked by automata, whatever their form
	Apart    bool // the graph is made after the search has ended, by taking all steps again
	Pieces   bool // edges are made after every round, even for a part of a chunk
}

// Checker decides the temporal properties of one search. It observes the search's
// steps as a [search.StepObserver].
type Checker struct {
	search  *search.Search
	tuning  Tuning
	labels  *labelling
	graph   *graph   // nil if none was begun
	builder *builder // nil unless it makes the graph as the search goes on
}

// New returns a checker of a search that is still to be run. The caller must call
// Close.
func New(s *search.Search, t Tuning) *Checker {
	c := &Checker{search: s, tuning: t, labels: newLabels(len(s.Actions()))}
	if !t.Apart {
		s.ObserveSteps(c)
	}
	return c
}

// Close releases the memory of the graph that Go does not manage.
func (c *Checker) Close() { c.graph.free() }

// Answer is the verdict on a temporal property.
type Answer struct {
	Violated bool
	Vacuous  bool         // it holds, and each claim has a premise that is never true, or there is no claim
	NoRun    bool         // it holds because no fair run stays inside the model's constraint
	Detail   string       // of a violation
	Trace    *trace.Trace // the counterexample, with a loop

	StemExact bool // no counterexample has a shorter stem
	LoopExact bool // and of those with a stem as short, none has a shorter loop
}

// Answers are the verdicts on all temporal properties, by their places in the system.
// A property that is missing is undecided.
type Answers struct {
	Of        map[int]Answer
	Undecided string // why some are missing, if it is not because of an error

	// Merged has, for each action with such combinations, the first text that
	// different combinations of its arguments share. Fairness takes those for one, and
	// the report warns. Actions are identified by their places among those that are
	// tried.
	Merged map[int]string
}

// found is the first problem that was met.
type found struct {
	err       error  // of files, or of the model
	undecided string // why the properties cannot be decided, without an error
}

// Decide decides the properties. It is called when every state is known and nothing is
// wrong; otherwise "holds" would be unfounded. It calls begun before the long part.
// The error is that of files, a [*search.BreachError] or a [*system.ModelError].
func (c *Checker) Decide(begun func()) (Answers, error) {
	s := c.search
	a := Answers{Of: map[int]Answer{}}
	if a.Undecided = c.cannotDecide(); a.Undecided != "" {
		return a, nil
	}
	// A resumed run has only the states that were found since; the others are made
	// again.
	if err := s.Refill(); err != nil {
		a.Undecided = s.ReasonCancelled()
		return a, err
	}
	if s.IsCancelled() {
		a.Undecided = s.ReasonCancelled()
		return a, nil
	}
	// All states are known, so the visited set is no longer needed, and the graph
	// needs the memory.
	s.FreeSet()
	if c.graph == nil {
		c.graph = newGraph(s, c.tuning, c.labels)
	}
	begun()
	g := c.graph
	if g.complete(c.builder) {
		_, bytes := g.Size()
		// The graph is largest now: all edges are made.
		s.NoteBytes(s.LogBytes() + s.StatesHeld() + g.numbers().Bytes() + bytes)
		for _, q := range g.questions {
			g.answer(q, &a)
		}
		// After the answers, for a violation is a fair run and spares the search for one.
		g.noteNoRun(&a)
		a.Merged = g.labels.merged
	}
	if g.found.undecided != "" {
		a.Undecided = g.found.undecided
	} else if s.IsCancelled() {
		a.Undecided = s.ReasonCancelled()
	}
	return a, g.found.err
}

// answer answers one question, or records why it cannot be answered.
func (g *graph) answer(q question, a *Answers) {
	var broken *query
	var r *run
	var err error
	if !g.attend(func() { broken, r, err = g.ask(q) }) {
		return
	}
	var answer Answer
	if err == nil && r != nil {
		answer, err = g.counterexample(q.property, broken, r)
	}
	switch {
	// The answer may rest on a search that was cut short.
	case g.search.IsCancelled():
	case errors.Is(err, digraph.ErrTooLarge):
		g.found.undecided = fmt.Sprintf("the graph of all steps that %s is about does not fit in the run's %d MiB of memory",
			g.search.System().Properties[q.property].Name, g.search.Memory()>>20)
	case err != nil:
		g.found.err = err
	default:
		// A violated property was put to the test, whatever its premises say.
		answer.Vacuous = r == nil && q.isVacuous()
		a.Of[q.property] = answer
	}
}

// attend runs work that only reads the graph, and reports whether it has ended. When the
// run is cancelled, the work is left to itself: a search in a large graph takes seconds,
// and no part of it is of use.
func (g *graph) attend(work func()) (ended bool) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work()
	}()
	// The search in the graph has loops in a dozen places. To look at the cancellation in
	// each of them would be slower, and easy to forget in the next one.
	looks := time.NewTicker(time.Second / 20)
	defer looks.Stop()
	for {
		select {
		case <-done:
			return true
		case <-looks.C:
			if g.search.IsCancelled() {
				return false
			}
		}
	}
}

// ask looks for runs that break the claims of a question. It returns the claim with
// the run of the shortest stem, and of those the one with the shortest loop. If a
// claim cannot be decided, a violation of an earlier claim is still a violation, but
// its stem may not be the shortest. Without such a violation the question is
// undecided.
func (g *graph) ask(q question) (broken *query, best *run, err error) {
	for i := range q.claims {
		if g.search.IsCancelled() {
			break
		}
		r, err := q.claims[i].find()
		switch {
		case err != nil && best == nil:
			return nil, nil, err
		case err != nil: // it may have a shorter run
			// The claim that could not be decided may be broken by a run with a shorter
			// stem.
			best.stemExact = false
			return broken, best, nil
		case r == nil:
		case best == nil:
			broken, best = &q.claims[i], r
		default:
			if r.isBetter(best, g) {
				broken, best, r = &q.claims[i], r, best
			}
			// A run of the other claim with a still shorter stem may not have been
			// found.
			best.stemExact = best.stemExact && r.stemExact
			best.loopExact = best.loopExact && (r.loopExact || r.depth(g) > best.depth(g))
		}
	}
	return broken, best, nil
}

// isVacuous reports whether all claims are vacuous, or there are none.
func (q question) isVacuous() bool {
	for i := range q.claims {
		if !q.claims[i].vacuous() {
			return false
		}
	}
	return true
}

// cannotDecide returns the reason for which the graph cannot be made, or "". Edges may
// go to a file, but the record of each state must fit in memory.
func (c *Checker) cannotDecide() string {
	s := c.search
	needs := s.StatesHeld() + countingBytes(s)
	if needs <= s.Limit() || s.Tiny() {
		return ""
	}
	return fmt.Sprintf("properties about whole runs need %d MiB to keep all states apart; the memory for the run is %d MiB",
		needs>>20, s.Memory()>>20)
}

// countingBytes returns the memory of the graph for all states, without edges. For
// each state: 11 bytes in the table of numbers (8, at a load of three quarters), 4 for
// its predecessor in the search for a stem, and 2 for some sixteen sets.
func countingBytes(s *search.Search) uint64 { return s.Counts().Distinct * (11 + 4 + 2) }
