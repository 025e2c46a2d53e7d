package system

import (
	"bytes"
	"fmt"
	"math"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/model"
)

// A search of orbits relies on the model treating interchangeable values alike: what an
// action makes of a renamed state is what it makes of the state, renamed, and a predicate
// says the same of both. That is checked on a sample of the states, most of them with one
// renaming each, because to check all of them costs more than the search.
const (
	// RenamedFirst is the number of states that are checked from the beginning; of all
	// others, one in RenamedEvery. A breach can be rare: one of a merge that prefers the
	// smaller node was seen in 0.3 % of the checks, and not at all in small spaces.
	RenamedFirst = 4096
	RenamedEvery = 64

	// RenamedWhole is how many states the first orbits may have together to be checked with
	// every renaming. So small spaces are checked wholly: a property may say something else
	// of a single state of an orbit, and one renaming of each state may miss that state.
	RenamedWhole = 512

	// ExchangedEvery is for groups of two values, which are checked wholly at first too. Of
	// the other states from the beginning, one in ExchangedEvery is checked. A search of
	// such orbits saves half of the work at most, and to check a state takes as long as to
	// expand it twice. And there is one renaming: a check of it misses nothing of a state,
	// where that of one of many renamings may.
	ExchangedEvery = 4
)

// Checks chooses the states that are checked, by their numbers, as [IsSample] does.
func (e *Equivariance) Checks(number uint64) bool {
	order := e.orbits.Order()
	if order == 2 && number >= RenamedWhole/order && number < RenamedFirst {
		return isChosen(number, 0, ExchangedEvery)
	}
	return isChosen(number, RenamedFirst, RenamedEvery)
}

// Equivariance checks that a system treats interchangeable values alike. It is for one
// goroutine.
type Equivariance struct {
	system     *System
	orbits     *orbit.Orbits
	reducer    *orbit.Reducer
	actions    []Action
	predicates []claim // of a state that is expanded
	claims     []claim // of a step, and of the state that it leads to
	cancelled  *atomic.Bool
	watch      *Watch
	calls      series
	ignores    bool // states have fields that are no part of them, where an action may leave anything
	shuffled   orbit.Permutation
	exchanges  []orbit.Permutation // of any two values
	neighbours []orbit.Permutation // of values next to each other, of which all renamings consist

	work                  State
	workSpace             Space
	given, renamed, after twin     // the state, what it is when renamed, and one that follows it
	alone                 bool     // the renamed state is the state
	own, others           outcomes // of one action
	bytes, moved          []byte   // a state, and what it is when renamed
	says                  []byte   // the answers about a step
	odometer              model.Odometer
	waysMax               int      // of an action: one that has more is not compared
	orbit                 []string // the states of an orbit, as far as they are known
	known                 map[string]bool
}

// twin is a state that is compared with another.
//
// Its space owns the memory behind it, so that an action cannot reach the state of another
// twin through a slice that both share.
type twin struct {
	state State
	space Space
}

func newTwin(c Codec) twin { return twin{state: c.Make(), space: c.New()} }

// load makes the twin the state with this encoding.
func (t *twin) load(encoded []byte) { Decode(t.space, t.state, encoded) }

// claim is a question about states or steps, with the words for it.
type claim struct {
	name    string
	part    string                         // the same, for the watch
	of      func(State) bool               // of a state
	step    func(before, after State) bool // or of a step
	outside bool                           // asked of a state only if it does not satisfy the constraint
	where   string                         // the state or step of which it says something else
}

// NewEquivariance returns a check of these actions and properties that ends early when
// cancelled is set.
func NewEquivariance(s *System, o *orbit.Orbits, actions []Action, properties []int, cancelled *atomic.Bool, w *Watch) *Equivariance {
	c := s.Codec
	e := &Equivariance{
		system: s, orbits: o, reducer: o.NewReducer(), actions: actions, cancelled: cancelled, watch: w, waysMax: waysMax, ignores: c.HasIgnored(),
		exchanges: o.Exchanges(), neighbours: o.Neighbours(),
		work: c.Make(), workSpace: c.New(), known: map[string]bool{},
		given: newTwin(c), renamed: newTwin(c), after: newTwin(c),
	}
	if s.Constraint != nil {
		e.addState("Constraint", s.Constraint)
		// The constraint comes first among the claims: those about states outside of it
		// need its answer.
		e.addClaim(claim{name: "Constraint", of: s.Constraint, where: "a state that follows this one"})
	}
	if s.Terminal != nil {
		e.addState("Terminal", s.Terminal)
	}
	for _, i := range properties {
		e.addProperty(&s.Properties[i])
	}
	e.own.answers, e.others.answers = len(e.claims), len(e.claims)
	return e
}

// addState adds a predicate of the states that are expanded.
func (e *Equivariance) addState(name string, of func(State) bool) {
	e.predicates = append(e.predicates, claim{name: name, part: name, of: of, where: "this state"})
}

// addClaim adds a question that is asked after a step.
func (e *Equivariance) addClaim(c claim) {
	c.part = c.name + ", on a step"
	e.claims = append(e.claims, c)
}

// addProperty adds all predicates of a property. States outside the constraint are judged
// and not expanded, so they are looked at as what a step leads to.
func (e *Equivariance) addProperty(p *Property) {
	name := "property " + p.Name
	if p.State != nil {
		e.addState(name, p.State)
		if e.system.Constraint != nil {
			e.addClaim(claim{name: name, of: p.State, outside: true, where: "a state outside the constraint that follows this one"})
		}
	}
	// Only the left side is added: the property as a whole is asked already, and the left
	// side decides how often the report says that it was put to the test.
	if p.Implication != nil {
		e.addState(name, p.Implication.When)
	}
	if p.Step != nil {
		e.addClaim(claim{name: name, step: p.Step, where: "a step from this state"})
	}
	if i := p.ImplicationStep; i != nil {
		e.addClaim(claim{name: name, step: i.When, where: "a step from this state"})
	}
	if p.Formula != nil {
		e.addFormula(name, p.Formula)
	}
}

// addFormula adds the predicates of a formula.
func (e *Equivariance) addFormula(name string, f *Formula) {
	if f.State != nil {
		e.addState(name, f.State)
	}
	for i := range f.Parts {
		e.addFormula(name, &f.Parts[i])
	}
}

// Check checks the state with this encoding and one renaming, which depends on the number
// alone; at the beginning all states of the orbit. It returns the breach, or nothing.
func (e *Equivariance) Check(number uint64, encoded []byte) (problem string) {
	if order := e.orbits.Order(); order > 2 && number < RenamedWhole/order {
		return e.checkOrbit(encoded)
	}
	e.shuffled = e.orbits.Shuffled(number, e.shuffled)
	// A renaming of all groups together finds a breach that shows only when two groups are
	// renamed at once.
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

// Prove checks every state of the orbit of the state with this encoding, and every
// renaming. It returns a breach, or nothing.
func (e *Equivariance) Prove(encoded []byte) (problem string) {
	e.waysMax = math.MaxInt
	return e.checkOrbit(encoded)
}

// checkOrbit checks every state of an orbit, and every renaming.
//
// All renamings consist of exchanges of neighbours, so these suffice, but only if they are
// checked on every state of the orbit: if the system treats each state s and its exchanged
// state gs alike, then it treats s, gs, hgs and so on alike. Exchanges of the one state that
// stands for the orbit would say nothing of the states behind those.
func (e *Equivariance) checkOrbit(encoded []byte) (problem string) {
	clear(e.known)
	e.orbit = append(e.orbit[:0], string(encoded))
	// The orbit is found while it is checked: by exchanges of neighbours alone, which reach
	// every state of it.
	e.known[e.orbit[0]] = true
	for at := 0; at < len(e.orbit) && !e.cancelled.Load(); at++ {
		for _, p := range e.neighbours {
			if problem := e.proveFrom([]byte(e.orbit[at]), p); problem != "" {
				return problem
			}
		}
	}
	return ""
}

// proveFrom checks one exchange of one state, once for the two states that it exchanges.
func (e *Equivariance) proveFrom(state []byte, p orbit.Permutation) (problem string) {
	to, err := e.reducer.Permute(e.bytes[:0], state, p)
	if err != nil {
		return err.Error()
	}
	e.bytes = to
	if !e.known[string(to)] {
		e.orbit = append(e.orbit, string(to))
		e.known[string(to)] = true
	}
	// The exchange is its own inverse, so the check from the other side would compare the
	// same two states.
	if bytes.Compare(to, state) < 0 {
		return ""
	}
	return e.CheckRenaming(state, p)
}

// CheckRenaming checks the state with this encoding and a renaming.
func (e *Equivariance) CheckRenaming(encoded []byte, p orbit.Permutation) (problem string) {
	e.given.load(encoded)
	var err error
	if e.bytes, err = e.reducer.Permute(e.bytes[:0], encoded, p); err != nil {
		return err.Error()
	}
	// Where the renaming changes nothing, there is one state to ask and to take steps from.
	e.alone = bytes.Equal(e.bytes, encoded)
	if !e.alone {
		e.renamed.load(e.bytes)
	}
	e.watch.beginSeries(&e.calls)
	defer e.watch.end()
	if problem := e.checkPredicates(p); problem != "" {
		return problem
	}
	for i := range e.actions {
		if problem := e.checkAction(&e.actions[i], p); problem != "" {
			return problem
		}
	}
	return ""
}

// checkPredicates compares what is said of the state and of the renamed one.
func (e *Equivariance) checkPredicates(p orbit.Permutation) (problem string) {
	if e.alone {
		return ""
	}
	for i := range e.predicates {
		if q := &e.predicates[i]; e.ask(q, &e.given, e.given.state) != e.ask(q, &e.renamed, e.renamed.state) {
			return e.breachOf(q, p)
		}
	}
	return ""
}

// breach words a breach.
func (e *Equivariance) breach(who string, p orbit.Permutation, what string) string {
	return fmt.Sprintf("%s is not symmetric in %s: %s %s; let it treat all values alike, without an order among them, or search without the symmetry",
		who, e.orbits.Moves(p), e.orbits.Describe(p), what)
}

func (e *Equivariance) breachOf(c *claim, p orbit.Permutation) string {
	return e.breach(c.name, p, "changes what it says of "+c.where)
}

// checkAction compares where an action leads from the state and from the renamed one, and
// what is said of these steps. If there are too many ways to run it, they are not compared:
// each side would have others.
func (e *Equivariance) checkAction(a *Action, p orbit.Permutation) (problem string) {
	e.own.clear()
	e.others.clear()
	complete, err := e.collect(a, &e.given, p)
	if err != nil {
		return err.Error()
	}
	if complete && !e.alone {
		complete, _ = e.collect(a, &e.renamed, nil)
	}
	if !complete || e.own.equal(&e.others) {
		return ""
	}
	if !e.own.equalStates(&e.others) {
		return e.breach("action "+a.Name, p, "makes it lead elsewhere from this state")
	}
	for i := range e.claims {
		if !e.own.equalAnswers(&e.others, i) {
			return e.breachOf(&e.claims[i], p)
		}
	}
	return "" // the steps differ only in what no property tells apart
}

// ask asks about a state, or about the step that leads to it. A panic is an answer like
// others: whether it is a finding is for the search to say.
func (e *Equivariance) ask(c *claim, from *twin, s State) (a answer) {
	defer func() {
		if recover() != nil {
			a = panics
		}
	}()
	e.calls.ask(&c.part, &from.state)
	yes := false
	if c.step != nil {
		yes = c.step(from.state, s)
	} else {
		yes = c.of(s)
	}
	if yes {
		return says1
	}
	return says0
}

// answer is what a predicate says, or that it panicked.
type answer uint8

const (
	says0 answer = iota
	says1
	panics
)

// collect runs an action on a state in every way, if there are not too many, and reports
// whether those were all. The outcomes are renamed, unless p is nil: those of the state are,
// and those of the renamed state are in the same names as they are.
func (e *Equivariance) collect(a *Action, from *twin, p orbit.Permutation) (complete bool, err error) {
	e.odometer.Reset()
	changed := true // the work copy may differ from the state
	for ways := 0; ways < e.waysMax && !e.cancelled.Load(); ways++ {
		if changed {
			e.workSpace.Copy(e.work, from.state)
		}
		e.calls.attempt(a, &e.odometer, &from.state)
		enabled, panicked := Attempt(a.Do, e.work, &e.odometer)
		// An action that returns false has left the copy as it was, but for fields that are
		// no part of the state. The search relies on that too; see [Contract].
		changed = enabled || panicked || e.odometer.Void() || e.ignores
		if panicked {
			e.own.panicked = e.own.panicked || from == &e.given
			e.others.panicked = e.others.panicked || from == &e.renamed || e.alone
		} else if enabled {
			if err := e.add(from, p); err != nil {
				return false, err
			}
		}
		if !e.odometer.Next() {
			return true, nil
		}
	}
	return false, nil
}

// add adds the state that an action has made of the work copy, and what is said of the step.
func (e *Equivariance) add(from *twin, p orbit.Permutation) (err error) {
	e.bytes = e.workSpace.Append(e.bytes[:0], e.work)
	e.askAll(from)
	if p == nil {
		e.others.add(e.says, e.bytes)
		return nil
	}
	// Where the state is the renamed state too, the step is one of both.
	if e.alone {
		e.others.add(e.says, e.bytes)
	}
	if e.moved, err = e.reducer.Permute(e.moved[:0], e.bytes, p); err != nil {
		return err
	}
	e.own.add(e.says, e.moved)
	return nil
}

// askAll asks all claims about the step to the work copy. Properties of steps see the work
// copy as the action has left it.
func (e *Equivariance) askAll(from *twin) {
	after := e.work
	if e.system.Constraint != nil && !e.system.Codec.Flat() {
		e.after.load(e.bytes)
		after = e.after.state
	}
	e.says = e.says[:0]
	inside := says1
	for i := range e.claims {
		c, says := &e.claims[i], says0
		switch {
		case c.step != nil:
			says = e.ask(c, from, e.work)
		case !c.outside:
			says = e.ask(c, from, after)
			inside = says
		case inside == says0:
			says = e.ask(c, from, after)
		}
		e.says = append(e.says, byte(says))
	}
}
