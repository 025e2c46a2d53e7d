package conform

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// prober takes steps from encoded states. It is for one goroutine.
type prober struct {
	binding *binding
	stop    func() bool // looked at now and then among the attempts
	looks   uint
	problem string // of the log's binding, which ends the search

	took  map[*step]bool     // steps that were possible
	asked map[*argument]bool // arguments that an action asked for

	parent, work           system.State
	parentSpace, workSpace system.Space
	isClean                bool // work is a copy of parent
	cleaner                system.Cleaner
	odometer               model.Odometer
	encoded                []byte
}

func newProber(b *binding) *prober {
	c := b.system.Codec
	p := &prober{
		binding: b, parent: c.Make(), work: c.Make(), parentSpace: c.New(), workSpace: c.New(),
		cleaner: system.NewCleaner(c), stop: func() bool { return false },
		took: map[*step]bool{}, asked: map[*argument]bool{},
	}
	return p
}

// enter goes to an encoded state.
func (p *prober) enter(state string) {
	system.Decode(p.parentSpace, p.parent, []byte(state))
	p.isClean = false
}

// attempt is one try of an action, with one combination of answers.
type attempt struct {
	outcome  outcome
	question int          // whose answer is another one than the record gives, for otherAnswer
	state    system.State // where the step leads, for enabled; valid until the next attempt
	panicked *system.Panic
}

type outcome uint8

const (
	enabled     outcome = iota
	refused             // the action returned false
	nothing             // a question had no answer
	otherAnswer         // the record gives another answer
	panicked            // the model's code panicked
)

// tries calls yield for the attempts at an action, until yield returns false. Of answers
// that a record does not give, the first combination stands for all that begin so.
// Arguments of the attempt are those of the odometer.
func (p *prober) tries(do func(system.State, *model.Choice) bool, s *step, r Fields, yield func(attempt) bool) {
	o := &p.odometer
	o.Reset()
	o.Remember()
	for more := true; more; more = o.Next() {
		if p.looks++; p.looks%64 == 0 && p.stop() {
			return
		}
		if !p.isClean {
			p.workSpace.Copy(p.work, p.parent)
		}
		a := p.try(do, s, r)
		if !yield(a) || p.problem != "" {
			return
		}
		if a.outcome == otherAnswer {
			o.Skip(a.question)
		}
	}
}

// try makes one attempt. The answers are looked at after the call, because only then it is
// known what was asked; an attempt with other answers is none.
func (p *prober) try(do func(system.State, *model.Choice) bool, s *step, r Fields) (a attempt) {
	o := &p.odometer
	yes, now := p.call(do)
	p.isClean = !yes && !o.Void() && now == nil // an action that refuses has changed nothing
	if s != nil && len(s.args) > 0 && !p.accepts(s, r, &a.question) {
		a.outcome = otherAnswer
		return a
	}
	switch {
	case o.Void():
		a.outcome = nothing
	case now != nil:
		a.outcome, a.panicked = panicked, now
	case !yes:
		a.outcome = refused
	default:
		if a.state = p.cleaner.Clean(p.work); s != nil && !p.took[s] {
			p.took[s] = true
		}
	}
	return a
}

// accepts reports whether a record gives the answers of the last call, or else which
// question the record answers otherwise.
func (p *prober) accepts(s *step, r Fields, question *int) (ok bool) {
	defer func() {
		if v := recover(); v != nil {
			p.problem, ok = r.Place()+": "+problemOf("an argument", v), false
		}
	}()
	answers := p.odometer.Arguments()
	for i := range answers {
		for j := range s.args {
			arg := &s.args[j]
			if !isNamed(answers, i, arg.name) {
				continue
			}
			if !p.asked[arg] {
				p.asked[arg] = true
			}
			if !arg.given(r, answers[i].Value) {
				*question = i
				return false
			}
		}
	}
	return true
}

// call runs the action. A panic after a choice from nothing counts as disabled.
func (p *prober) call(do func(system.State, *model.Choice) bool) (yes bool, now *system.Panic) {
	defer func() {
		if v := recover(); v != nil {
			yes, now = false, system.Recovered("the action", v)
		}
	}()
	return do(p.work, p.odometer.Choice()), nil
}

// encode is the encoding of the state of an attempt.
func (p *prober) encode(s system.State) string {
	p.encoded = p.workSpace.Append(p.encoded[:0], s)
	return string(p.encoded)
}

// taken is a step: an action, or initially for Init, and its answers.
type taken struct {
	action  int
	answers []int
}

const initially = -1

// initial are the initial states, each once, in the order in which Init makes them.
func (p *prober) initial() (states []string, steps []taken) {
	p.parentSpace.Copy(p.parent, p.binding.system.Codec.Make())
	p.isClean = false
	met := map[string]bool{}
	p.tries(p.binding.system.Init.Do, nil, Fields{}, func(a attempt) bool {
		if a.outcome != enabled {
			return true
		}
		if e := p.encode(a.state); !met[e] {
			met[e] = true
			states = append(states, e)
			steps = append(steps, taken{initially, p.odometer.Answers(nil)})
		}
		return true
	})
	return states, steps
}

// successor is a state that steps lead to.
type successor struct {
	state string
	steps []taken
}

// matches are the states to which a record leads from a state: one for each way to take
// the steps that it may stand for, but each state once.
func (p *prober) matches(state string, r *record) []successor {
	var found []successor
	for i := range r.kind.meanings {
		found = p.follow(state, r, &r.kind.meanings[i], found)
	}
	return found
}

// follow adds the states to which one meaning of a record leads.
func (p *prober) follow(state string, r *record, m *meaning, found []successor) []successor {
	p.enter(state)
	if !p.agrees(m.before, p.parent, r) {
		return found
	}
	if len(m.steps) == 0 {
		if p.agrees(m.after, p.parent, r) {
			found = join(found, successor{state, nil})
		}
		return found
	}
	at := []successor{{state, nil}}
	for i := range m.steps {
		last := i == len(m.steps)-1
		var next []successor
		for _, from := range at {
			p.enter(from.state)
			s := &m.steps[i]
			p.tries(p.binding.system.Actions[s.action].Do, s, r.Fields, func(a attempt) bool {
				if a.outcome == enabled && (!last || p.agrees(m.after, a.state, r)) {
					next = join(next, p.successor(from, s.action, a))
				}
				return true
			})
		}
		at = next
	}
	for _, s := range at {
		found = join(found, s)
	}
	return found
}

func (p *prober) successor(from successor, action int, a attempt) successor {
	steps := append(from.steps[:len(from.steps):len(from.steps)], taken{action, p.odometer.Answers(nil)})
	return successor{p.encode(a.state), steps}
}

// agrees compares a state with a record.
func (p *prober) agrees(compare func(system.State, Fields) Mismatch, s system.State, r *record) bool {
	return compare == nil || len(p.compare(compare, s, r)) == 0
}

func (p *prober) compare(compare func(system.State, Fields) Mismatch, s system.State, r *record) (m Mismatch) {
	defer func() {
		if v := recover(); v != nil {
			p.problem = r.Place() + ": " + problemOf("Before or After", v)
		}
	}()
	return compare(s, r.Fields)
}

// join adds a successor unless its state is there already. There are few.
func join(list []successor, s successor) []successor {
	for i := range list {
		if list[i].state == s.state {
			return list
		}
	}
	return append(list, s)
}
