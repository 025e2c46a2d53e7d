package system

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/model"
)

// A search of orbits relies on the model treating interchangeable values alike: what an
// action makes of a renamed state is what it makes of the state, renamed, and a predicate
// says the same of both. That is checked on a sample of the states, with one renaming
// each, because to check all of them costs more than the search.
const (
	// RenamedFirst is the number of states that are checked from the beginning; of all
	// others, one in RenamedEvery. A breach can be rare: one of a merge that prefers the
	// smaller node was seen in 0.3 % of the checks, and not at all in small spaces.
	RenamedFirst = 4096
	RenamedEvery = 64
)

// IsRenamed chooses the states that are checked, by their numbers, as [IsSample] does.
func IsRenamed(number uint64) bool {
	const golden = 0x9E3779B97F4A7C15
	return number < RenamedFirst || number*golden < math.MaxUint64/RenamedEvery
}

// Equivariance checks that a system treats interchangeable values alike. It is for one
// goroutine.
type Equivariance struct {
	system     *System
	orbits     *orbit.Orbits
	reducer    *orbit.Reducer
	actions    []Action
	predicates []namedPredicate
	steps      []int // properties of steps
	cancelled  *atomic.Bool
	shuffled   orbit.Permutation
	exchanges  []orbit.Permutation

	work                State
	workSpace           Space
	given, renamed      twin // the state, and what it is when renamed
	after, renamedAfter twin
	own, others         outcomes // of one action
	outcome, bytes      []byte
	odometer            model.Odometer
}

// twin is a state with its encoding.
type twin struct {
	state   State
	space   Space
	encoded []byte
}

func newTwin(c Codec) twin { return twin{state: c.Make(), space: c.New()} }

// load makes the twin the state with this encoding.
func (t *twin) load(encoded []byte) {
	t.encoded = append(t.encoded[:0], encoded...)
	Decode(t.space, t.state, t.encoded)
}

// namedPredicate is a predicate of states, with the words for it.
type namedPredicate struct {
	name string
	of   func(State) bool
}

// NewEquivariance returns a check of these actions and properties that ends early when
// cancelled is set.
func NewEquivariance(s *System, o *orbit.Orbits, actions []Action, properties []int, cancelled *atomic.Bool) *Equivariance {
	c := s.Codec
	e := &Equivariance{
		system: s, orbits: o, reducer: o.NewReducer(), actions: actions, cancelled: cancelled, exchanges: o.Exchanges(),
		work: c.Make(), workSpace: c.New(),
		given: newTwin(c), renamed: newTwin(c), after: newTwin(c), renamedAfter: newTwin(c),
	}
	if s.Constraint != nil {
		e.predicates = append(e.predicates, namedPredicate{"Constraint", s.Constraint})
	}
	if s.Terminal != nil {
		e.predicates = append(e.predicates, namedPredicate{"Terminal", s.Terminal})
	}
	for _, i := range properties {
		p := &s.Properties[i]
		name := "property " + p.Name
		if p.State != nil {
			e.predicates = append(e.predicates, namedPredicate{name, p.State})
		}
		if p.Implication != nil {
			e.predicates = append(e.predicates, namedPredicate{name, p.Implication.When})
		}
		if p.Step != nil {
			e.steps = append(e.steps, i)
		}
		if p.Formula != nil {
			e.addFormula(name, p.Formula)
		}
	}
	return e
}

// addFormula adds the predicates of a formula.
func (e *Equivariance) addFormula(name string, f *Formula) {
	if f.State != nil {
		e.predicates = append(e.predicates, namedPredicate{name, f.State})
	}
	for i := range f.Parts {
		e.addFormula(name, &f.Parts[i])
	}
}

// Check checks the state with this encoding and one renaming, which depends on the number
// alone. It returns the breach, or nothing.
func (e *Equivariance) Check(number uint64, encoded []byte) (problem string) {
	e.shuffled = e.orbits.Shuffled(number, e.shuffled)
	problem = e.CheckRenaming(encoded, e.shuffled)
	if problem == "" {
		return ""
	}
	// A renaming of many values is hard to follow. One of two is looked for.
	for _, p := range e.exchanges {
		if simpler := e.CheckRenaming(encoded, p); simpler != "" {
			return simpler
		}
	}
	return problem
}

// CheckRenaming checks the state with this encoding and a renaming.
func (e *Equivariance) CheckRenaming(encoded []byte, p orbit.Permutation) (problem string) {
	e.given.load(encoded)
	var err error
	if e.bytes, err = e.reducer.Permute(e.bytes[:0], encoded, p); err != nil {
		return err.Error()
	}
	e.renamed.load(e.bytes)
	for _, q := range e.predicates {
		if ask(q.of, e.given.state) != ask(q.of, e.renamed.state) {
			return e.breach(q.name, p, "changes what it says of this state")
		}
	}
	for i := range e.actions {
		if problem := e.checkAction(&e.actions[i], p); problem != "" {
			return problem
		}
	}
	return ""
}

// breach words a breach.
func (e *Equivariance) breach(who string, p orbit.Permutation, what string) string {
	return fmt.Sprintf("%s is not symmetric in %s: %s %s; let it treat all values alike, without an order among them, or search without the symmetry",
		who, e.orbits.Moves(p), e.orbits.Describe(p), what)
}

// checkAction compares where an action leads from the state and from the renamed one. If
// there are too many ways to run it, they are not compared: each side would have others.
func (e *Equivariance) checkAction(a *Action, p orbit.Permutation) (problem string) {
	e.own.clear()
	e.others.clear()
	complete, problem := e.run(a, &e.given, p, &e.own)
	if problem != "" || !complete {
		return problem
	}
	if complete, _ = e.run(a, &e.renamed, nil, &e.others); complete && !e.own.equal(&e.others) {
		return e.breach("action "+a.Name, p, "makes it lead elsewhere from this state")
	}
	return ""
}

// run runs an action on a state in every way, up to waysMax, and collects where it leads. It
// reports whether those were all ways. With a renaming the outcomes are renamed, and what
// is said of each step is compared with what is said of the renamed step.
func (e *Equivariance) run(a *Action, from *twin, p orbit.Permutation, to *outcomes) (complete bool, problem string) {
	e.odometer.Reset()
	for ways := 0; ways < waysMax && !e.cancelled.Load(); ways++ {
		e.workSpace.Copy(e.work, from.state)
		switch enabled, panicked := Attempt(a.Do, e.work, &e.odometer); {
		case panicked:
			to.panicked = true
		case enabled:
			e.outcome = e.workSpace.Append(e.outcome[:0], e.work)
			if p == nil {
				to.add(e.outcome)
				break
			}
			var err error
			if e.bytes, err = e.reducer.Permute(e.bytes[:0], e.outcome, p); err != nil {
				return false, err.Error()
			}
			to.add(e.bytes)
			if problem := e.checkStep(e.outcome, e.bytes, p); problem != "" {
				return false, problem
			}
		}
		if !e.odometer.Next() {
			return true, ""
		}
	}
	return false, ""
}

// checkStep compares what is said of a step with what is said of the renamed step.
func (e *Equivariance) checkStep(after, renamed []byte, p orbit.Permutation) (problem string) {
	constraint := e.system.Constraint
	if len(e.steps) == 0 && constraint == nil {
		return ""
	}
	e.after.load(after)
	e.renamedAfter.load(renamed)
	if constraint != nil && ask(constraint, e.after.state) != ask(constraint, e.renamedAfter.state) {
		return e.breach("Constraint", p, "changes what it says of a state that follows this one")
	}
	for _, i := range e.steps {
		q := &e.system.Properties[i]
		if askStep(q.Step, e.given.state, e.after.state) != askStep(q.Step, e.renamed.state, e.renamedAfter.state) {
			return e.breach("property "+q.Name, p, "changes what it says of a step from this state")
		}
	}
	return ""
}

// answer is what a predicate says, or that it panicked.
type answer uint8

const (
	no answer = iota
	yes
	panics
)

// ask asks a predicate about a state. A panic is an answer like others: whether it is a
// finding is for the search to say.
func ask(of func(State) bool, s State) (a answer) {
	defer func() {
		if recover() != nil {
			a = panics
		}
	}()
	if of(s) {
		return yes
	}
	return no
}

// askStep is ask for a predicate of steps.
func askStep(of func(before, after State) bool, before, after State) (a answer) {
	defer func() {
		if recover() != nil {
			a = panics
		}
	}()
	if of(before, after) {
		return yes
	}
	return no
}

// outcomes is a set of encoded states, in which a panic can be too.
type outcomes struct {
	data     []byte
	spans    [][2]int
	panicked bool
}

func (o *outcomes) clear() { o.data, o.spans, o.panicked = o.data[:0], o.spans[:0], false }

func (o *outcomes) add(encoded []byte) {
	from := len(o.data)
	o.data = append(o.data, encoded...)
	o.spans = append(o.spans, [2]int{from, len(o.data)})
}

// sort puts the states in order, each once.
func (o *outcomes) sort() {
	slices.SortFunc(o.spans, func(a, b [2]int) int { return bytes.Compare(o.data[a[0]:a[1]], o.data[b[0]:b[1]]) })
	o.spans = slices.CompactFunc(o.spans, func(a, b [2]int) bool { return bytes.Equal(o.data[a[0]:a[1]], o.data[b[0]:b[1]]) })
}

func (o *outcomes) equal(p *outcomes) bool {
	if o.panicked != p.panicked {
		return false
	}
	o.sort()
	p.sort()
	return slices.EqualFunc(o.spans, p.spans, func(a, b [2]int) bool { return bytes.Equal(o.data[a[0]:a[1]], p.data[b[0]:b[1]]) })
}
