package conform

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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
			w.Take(max(step.action, 0), step.answers)
		}
	}
	return &w.Run
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
// of it, and guards that refused no answer in any of its states.
func (s *search) exercise(r *Report) {
	r.NotTaken, r.NotRefused = []string{}, []string{}
	met := map[int]bool{}
	var guards model.Guards
	if r.Run != nil {
		for _, n := range r.Run.nodes {
			for _, step := range s.nodes[n].steps {
				met[step.action] = true
			}
			s.watch(n, &guards)
		}
	}
	for i, a := range s.binding.system.Actions {
		if !met[i] {
			r.NotTaken = append(r.NotTaken, a.Name)
		}
	}
	for name, refused := range guards.All() {
		if !refused {
			r.NotRefused = append(r.NotRefused, name)
		}
	}
}

// watchMax is how many combinations of answers are tried for one step of a run, to see which
// guards refuse.
const watchMax = 1000

// watch notes the guards of the last step to a node, with all answers, those too that the
// record does not give: where a guard refuses another answer, the log has put it to the test.
func (s *search) watch(n int32, guards *model.Guards) {
	parent, steps := s.nodes[n].parent, s.nodes[n].steps
	if parent < 0 || len(steps) != 1 {
		return
	}
	s.odometer.Watch(guards)
	defer s.odometer.Watch(nil)
	s.enter(s.nodes[parent].state)
	tried := 0
	s.tries(s.binding.system.Actions[steps[0].action].Do, nil, Fields{}, func(attempt) bool {
		tried++
		return tried < watchMax
	})
}

// count is a number with its noun, such as 1,000 states.
func count(n int, noun string) string {
	digits := fmt.Sprint(n)
	var words strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			words.WriteByte(',')
		}
		words.WriteRune(d)
	}
	if n == 1 {
		return words.String() + " " + noun
	}
	return words.String() + " " + noun + "s"
}
