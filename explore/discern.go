package explore

import (
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// kinds are all that can be found, in the order of a report: properties, and then
// deadlocks. A panic is listed if there was one.
func (s *simulation) kinds() []int {
	list := append([]int(nil), s.properties...)
	if s.deadlock {
		list = append(list, s.engine.found.other(aDeadlock))
	}
	kind := s.engine.found.other(aPanic)
	if _, panicked := s.found[kind]; panicked {
		list = append(list, kind)
	}
	return list
}

func (w *wanderer) nameOf(kind int) string {
	switch kind {
	case w.found.other(aDeadlock):
		return Deadlock
	case w.found.other(aPanic):
		return Panic
	}
	return w.model.Properties[kind].Name
}

func (w *wanderer) kindOf(kind int) string {
	switch kind {
	case w.found.other(aDeadlock):
		return "deadlock"
	case w.found.other(aPanic):
		return "panic"
	}
	return string(w.model.Properties[kind].Kind)
}

// shows reports whether a property has something to show where the wanderer
// stands: a violation, or what it claims to be reachable.
func (w *wanderer) shows(property int) (found, panicked bool) {
	defer func() { panicked = recover() != nil }()
	switch p := &w.model.Properties[property]; p.Kind {
	case model.KindAlways:
		return !p.State(w.state), false
	case model.KindReachable:
		return p.State(w.state), false
	case model.KindAlwaysStep:
		return !w.initial && !p.Step(w.before, w.state), false
	}
	return false, false // it speaks of whole runs
}

// inside: the state satisfies the constraint.
func (w *wanderer) inside() (inside, panicked bool) {
	if w.model.Constraint == nil {
		return true, false
	}
	defer func() { panicked = recover() != nil }()
	return w.model.Constraint(w.state), false
}

// terminal: the state may be without successors. It is asked where deadlocks are
// looked for.
func (w *wanderer) terminal() (terminal, panicked bool) {
	if w.model.Terminal == nil {
		return false, false
	}
	defer func() { panicked = recover() != nil }()
	return w.model.Terminal(w.state), false
}

// has reports whether what a kind of finding is about is to be found here.
func (w *wanderer) has(kind int) bool {
	if kind < len(w.model.Properties) {
		found, _ := w.shows(kind)
		return found
	}
	stuck, panicked := w.end()
	if kind == w.found.other(aPanic) {
		return panicked
	}
	return stuck && !panicked
}

// end looks at all that there is: whether this is a deadlock, and whether
// anything panics.
func (w *wanderer) end() (deadlock, panicked bool) {
	for _, i := range w.properties {
		if _, p := w.shows(i); p {
			return false, true
		}
	}
	inside, panicked := w.inside()
	if panicked || !inside {
		return false, panicked
	}
	somewhere := false
	for _, a := range w.here() {
		if w.ways(a, func(*model.Odometer, system.State) bool { somewhere = true; return true }) {
			return false, true
		}
	}
	if somewhere || !w.deadlock {
		return false, false
	}
	terminal, panicked := w.terminal()
	return !terminal && !panicked, panicked
}
