package search

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/system"
)

// A search of orbits finds a run of representatives: after each step the values are
// renamed, and the model cannot take such a step. A real run goes through the same orbits
// and renames nothing, so that node 1 is node 1 from the first state to the last.
//
// It begins in a real initial state. From each state it takes the first step that leads to
// the orbit of the next representative. There is one, because the model treats renamed
// states alike. No permutation is kept: where the model does not treat them alike, there
// may be no such step, and then no run is shown that the model does not have.

// lifter takes real runs along representatives.
type lifter struct {
	search  *Search
	reducer *orbit.Reducer
	space   system.Space
	encoded []byte
	walk    *system.Walk
	standIn *system.Stepper // in the representative
	probe   *system.Stepper
}

func (s *Search) newLifter() *lifter {
	m, actions := s.system(), s.plan.actions
	return &lifter{
		search: s, reducer: s.config.Orbits.NewReducer(), space: m.Codec.New(),
		walk: system.NewWalk(m, actions), standIn: system.NewStepper(m, actions), probe: system.NewStepper(m, actions),
	}
}

// realRun takes a real run along the representatives that the steps with these ordinals
// lead to.
func (s *Search) realRun(path []uint64, accept func(*system.Stepper) bool) (*system.Walk, error) {
	l := s.newLifter()
	for i, ordinal := range path {
		next, err := l.next(ordinal)
		if err != nil {
			return nil, err
		}
		var accepted func(*system.Stepper) bool
		if i == len(path)-1 {
			accepted = accept
		}
		if !l.follow(next, accepted) {
			return nil, l.stranded()
		}
		if !l.standIn.Enter(next) {
			return nil, Unrepeatable()
		}
	}
	return l.walk, nil
}

// next is the representative of a successor of the representative, by its ordinal.
func (l *lifter) next(ordinal uint64) ([]byte, error) {
	var next []byte
	i := uint64(0)
	err := Unrepeatable()
	l.standIn.Successors(func(_ int, _ []int, s system.State) bool {
		if i == ordinal {
			next, err = l.representative(s)
			next = bytes.Clone(next)
			return false
		}
		i++
		return true
	})
	return next, err
}

// representative is the encoding of the state that stands for a state's orbit.
func (l *lifter) representative(s system.State) ([]byte, error) {
	l.encoded = l.space.Append(l.encoded[:0], s)
	return l.reducer.Canonical(l.encoded)
}

// follow takes the first step of the real run that leads to the orbit of a representative,
// among those that are accepted.
func (l *lifter) follow(next []byte, accept func(*system.Stepper) bool) (ok bool) {
	l.walk.Successors(func(action int, answers []int, s system.State) bool {
		r, err := l.representative(s)
		if err != nil || !bytes.Equal(r, next) || accept != nil && !l.isAccepted(action, answers, accept) {
			return true
		}
		ok = l.walk.Take(action, answers)
		return false
	})
	return ok
}

// isAccepted takes a step of the real run elsewhere, and asks about it.
func (l *lifter) isAccepted(action int, answers []int, accept func(*system.Stepper) bool) bool {
	if !l.walk.Begun() {
		l.probe.Begin()
	} else if !l.probe.Enter(bytes.Clone(l.walk.Encoding())) {
		return false
	}
	return l.probe.Take(action, answers) && accept(l.probe)
}

// stranded is the error of a run that cannot be taken. What the model does not treat alike
// shows in the state where the run ends, mostly; the sample of the search may have missed it.
func (l *lifter) stranded() error {
	return &BreachError{Trace: &l.walk.Run, Problem: l.search.breachAt(l.walk, fmt.Sprintf(
		"a step that was found in a state with other names is not possible in this one: some action or property is not symmetric in %v; "+
			"search without the symmetry", l.search.config.Orbits))}
}

// showsAt is the question whether a property of this place shows what was found about it
// where a stepper stands. A finding of another kind than a property is about all states of
// an orbit, except for the panic of a property of steps.
func (s *Search) showsAt(kind int) func(*system.Stepper) bool {
	if kind < len(s.system().Properties) {
		return func(p *system.Stepper) bool {
			shows, _ := p.Shows(kind)
			return shows
		}
	}
	if kind != s.found.Other(Panic) {
		return nil
	}
	return func(p *system.Stepper) bool {
		for _, i := range s.config.Properties {
			if _, panicked := p.Shows(i); panicked != nil {
				return true
			}
		}
		_, panicked := p.Inside()
		return panicked != nil
	}
}

// Detail words a finding for the end of the run that leads to it. The words of the search
// name the values as they are in the representative.
func (s *Search) Detail(kind int, f Finding, w *system.Walk) string {
	if s.config.Orbits == nil {
		return f.Detail
	}
	switch kind {
	case s.found.Other(Panic):
		return s.panicAt(w, f.Detail)
	case s.found.Other(Breach):
		return s.breachAt(w, f.Detail)
	}
	return f.Detail
}

// panicAt words a panic for the end of a run: that of the code that panicked in the search,
// if it does there.
func (s *Search) panicAt(w *system.Walk, otherwise string) string {
	var all []*system.Panic
	note := func(_ bool, p *system.Panic) {
		if p != nil {
			all = append(all, p)
		}
	}
	for _, i := range s.config.Properties {
		note(w.Shows(i))
	}
	note(w.Inside())
	note(w.LeadsOn())
	note(w.IsTerminal())
	for _, p := range all {
		if strings.HasPrefix(otherwise, p.In+" panicked") {
			return p.String()
		}
	}
	if len(all) > 0 { // an action, whose arguments are others here
		return all[0].String()
	}
	return otherwise
}

// breachAt words a breach of symmetry for the end of a run, if there is one.
func (s *Search) breachAt(w *system.Walk, otherwise string) string {
	if !w.Begun() {
		return otherwise
	}
	e := system.NewEquivariance(s.system(), s.config.Orbits, s.plan.actions, s.config.Properties, &s.cancelled, s.system().Watch)
	encoded := bytes.Clone(w.Encoding())
	for _, p := range s.config.Orbits.Exchanges() {
		if problem := e.CheckRenaming(encoded, p); problem != "" {
			return problem
		}
	}
	tries := 0
	for p := range s.config.Orbits.All {
		if tries++; tries > renamingsMax {
			break
		}
		if problem := e.CheckRenaming(encoded, p); problem != "" {
			return problem
		}
	}
	return otherwise
}

// renamingsMax is how many renamings are tried to word a breach.
const renamingsMax = 720
