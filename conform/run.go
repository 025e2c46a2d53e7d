package conform

import (
	"encoding/json"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Run is a run of the model that matches records. Its states are made when they are asked
// for, because the trace of a long run takes far more memory than the run.
type Run struct {
	search *search
	nodes  []int32 // from the initial state on
}

// run is the way to a node.
func (s *search) run(n int32) *Run {
	r := &Run{search: s}
	for ; n >= 0; n = s.nodes[n].parent {
		r.nodes = append(r.nodes, n)
	}
	slices.Reverse(r.nodes)
	return r
}

// Length is the number of states: the initial one, and one for each step.
func (r *Run) Length() int {
	n := 0
	for _, node := range r.nodes {
		n += len(r.search.nodes[node].steps)
	}
	return n
}

// Trace is the run as a trace, which replay and the explorer read.
func (r *Run) Trace() *trace.Trace {
	w := r.walk()
	for _, n := range r.nodes {
		for _, step := range r.search.nodes[n].steps {
			w.Run.Beyond = w.Run.Beyond || w.IsOutside()
			w.Take(max(step.action, 0), step.answers)
		}
	}
	return &w.Run
}

// Ways are the steps of the run as the engine has them, for the explorer. Their type is
// internal.
func (r *Run) Ways() (ways []system.Way) {
	for _, n := range r.nodes {
		for _, step := range r.search.nodes[n].steps {
			ways = append(ways, system.Way{Action: max(step.action, 0), Answers: step.answers})
		}
	}
	return ways
}

// Arrival is a record of a run, and the number of the state after its steps, counting from
// 1. A record without a step leaves the run where it is.
type Arrival struct {
	Place
	State int `json:"state"`
}

// Records are the records that the run matches, in its order. The text of a long one is cut.
func (r *Run) Records() (list []Arrival) {
	state := 0
	for i, n := range r.nodes {
		if state += len(r.search.nodes[n].steps); i > 0 {
			list = append(list, Arrival{r.search.recordOf(n), state})
			last := &list[len(list)-1]
			last.Text = shortenedTo(last.Text, textMax)
		}
	}
	return list
}

func (r *Run) walk() *system.Walk {
	b := r.search.binding.system
	w := system.NewWalk(b, b.Actions)
	w.Begin()
	return w
}

// Matched is a record with the steps that match it: first hidden ones, and then its own.
type Matched struct {
	Record Place        `json:"record"`
	Steps  []trace.Step `json:"steps"`
}

// Last are the last records of the run and the steps that match them, at most so many.
func (r *Run) Last(records int) (list []Matched) {
	from := max(len(r.nodes)-records, 1)
	if from >= len(r.nodes) {
		return nil
	}
	s := r.search
	w := r.walk()
	w.Enter([]byte(s.nodes[r.nodes[from-1]].state))
	w.Run.Append("", nil, trace.ValueOf(w.State())) // for the changes of the first step
	for i := from; i < len(r.nodes); i++ {
		m := Matched{Record: s.recordOf(r.nodes[i])}
		for _, step := range s.nodes[r.nodes[i]].steps {
			w.Take(step.action, step.answers)
			m.Steps = append(m.Steps, w.Run.Steps[len(w.Run.Steps)-1])
		}
		list = append(list, m)
	}
	return list
}

// MarshalJSON gives the last twenty records; the trace of all is a file of its own.
func (r *Run) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Length int       `json:"length"`
		Last   []Matched `json:"last"`
	}{r.Length(), r.Last(20)})
}

// recordOf is the record that led to a node.
func (s *search) recordOf(n int32) Place {
	before := s.nodes[s.nodes[n].parent].at
	for i, at := range s.nodes[n].at {
		if at > before[i] {
			p := s.sources[i].records[at-1].place()
			p.Ordinal = int(at)
			return p
		}
	}
	return Place{}
}

// labels are the names of steps from a state.
func (s *search) labels(state string, steps []taken) (labels []string) {
	w := system.NewStepper(s.binding.system, s.binding.system.Actions)
	w.Enter([]byte(state))
	for _, step := range steps {
		labels = append(labels, w.Label(step.action, step.answers))
		w.Take(step.action, step.answers)
	}
	return labels
}

// violations are the properties of states and steps that a run violates, each where it
// does so first.
func (s *search) violations(r *Run) (list []Violation) {
	b := s.binding.system
	w := system.NewStepper(b, b.Actions)
	w.Begin()
	found := make([]bool, len(b.Properties))
	number := 0
	for _, n := range r.nodes {
		for _, step := range s.nodes[n].steps {
			w.Take(max(step.action, 0), step.answers)
			number++
			for i := range b.Properties {
				p := &b.Properties[i]
				if found[i] || p.IsReachable() || p.IsTemporal() {
					continue
				}
				shows, panicked := w.Shows(i)
				if found[i] = shows || panicked != nil; !found[i] {
					continue
				}
				v := Violation{Property: p.Name, Step: number}
				if panicked != nil {
					v.Detail = panicked.String()
				} else {
					v.Detail = w.Explain(i)
				}
				if s.nodes[n].parent >= 0 {
					place := s.recordOf(n)
					v.After = &place
				}
				list = append(list, v)
			}
		}
	}
	return list
}

// exercise notes the actions and guards of which a run says nothing: actions that are no step
// of it, and guards that refused no answer in the states before its steps.
func (s *search) exercise(r *Report) {
	r.NotTaken, r.NotRefused = []string{}, []string{}
	steps := map[int][]int32{} // the nodes to which one step of an action led
	met := map[int]bool{}
	if r.Run != nil {
		for _, n := range r.Run.nodes {
			for _, step := range s.nodes[n].steps {
				met[step.action] = true
			}
			if list := s.nodes[n].steps; len(list) == 1 && s.nodes[n].parent >= 0 {
				steps[list[0].action] = append(steps[list[0].action], n)
			}
		}
	}
	var guards model.Guards
	for i, a := range s.binding.system.Actions {
		if !met[i] {
			r.NotTaken = append(r.NotTaken, a.Name)
		}
		s.watch(i, steps[i], &guards)
	}
	for name, refused := range guards.All() {
		if !refused {
			r.NotRefused = append(r.NotRefused, name)
		}
	}
}

// A run is as long as its log, so that guards are asked in some of its states only.
const (
	watchedSteps    = 200 // of each action, evenly spread
	watchedAttempts = 200 // combinations of answers for each step
)

// watch notes the guards of an action before steps of a run, with all answers, those too that
// the record does not give: where a guard refuses another answer, the log has put it to the
// test.
func (s *search) watch(action int, nodes []int32, guards *model.Guards) {
	s.odometer.WatchAll(guards)
	defer s.odometer.WatchAll(nil)
	for i := 0; i < len(nodes); i += 1 + len(nodes)/watchedSteps {
		s.enter(s.nodes[s.nodes[nodes[i]].parent].state)
		tried := 0
		s.tries(&s.binding.system.Actions[action], nil, Fields{}, func(attempt) bool {
			tried++
			return tried < watchedAttempts
		})
	}
}
