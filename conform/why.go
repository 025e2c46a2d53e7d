package conform

import (
	"cmp"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Cause is the kind of reason why a state does not lead on with a record.
type Cause string

const (
	// Differs: the step is possible, and what was observed after it differs.
	Differs Cause = "differs"

	// DiffersBefore: what was observed before the step differs.
	DiffersBefore Cause = "differs before"

	// NotEnabled: the action refused all answers that the record allows.
	NotEnabled Cause = "not enabled"

	// NoAnswer: no answer to a question of the action is the one that the record gives.
	NoAnswer Cause = "no answer"

	// Panicked: the model's code panicked.
	Panicked Cause = "panicked"
)

// Why says why a state does not lead on with a record, for the meaning of the record that
// comes nearest.
type Why struct {
	Record  Place  `json:"record,omitzero"` // left out of Or
	Cause   Cause  `json:"cause"`
	Action  string `json:"action,omitempty"`  // left out if the record is no step
	Step    string `json:"step,omitempty"`    // the nearest step, with its arguments
	Ordinal int    `json:"ordinal,omitempty"` // of the step, from zero on, for a record of several

	// Hidden are hidden steps that come before, if the record comes nearest so.
	Hidden []string `json:"hidden,omitempty"`

	// Choices is for how many combinations of answers the action refused, and Questions
	// what it asked; Guards are the guards that refused.
	Choices   int       `json:"choices,omitempty"`
	Questions []string  `json:"questions,omitempty"`
	Guards    []Refusal `json:"guards,omitempty"`

	// Question is the one to which there is no such answer, and Answers those there are.
	Question string   `json:"question,omitempty"`
	Answers  []string `json:"answers,omitempty"`
	More     int      `json:"more,omitempty"` // answers that are not listed

	Differences []Difference `json:"differences,omitempty"`
	Panic       string       `json:"panic,omitempty"`

	// Earlier is how many records earlier the record was possible, on the way to the
	// state; zero if it was not, up to a hundred records back.
	Earlier int `json:"earlier,omitempty"`

	// Or are the reasons for the other meanings that the record may have.
	Or []Why `json:"or,omitempty"`

	depth int // of the refusal: the answers that were given and the guards that held before it
}

// Refusal is a guard that refused, and for how many combinations of answers.
type Refusal struct {
	Guard   string `json:"guard"`
	Choices int    `json:"choices"`
}

// answersMax is how many answers of a question are listed.
const answersMax = 8

// rank orders causes by how near they come: a step that is taken and shows another value
// is nearer than one that is refused.
func (w *Why) rank() int {
	return 100*w.Ordinal - 10*slices.Index([]Cause{Differs, DiffersBefore, Panicked, NotEnabled, NoAnswer}, w.Cause)
}

// nearer compares two reasons; less than zero means that a comes nearer.
func nearer(a, b *Why) int {
	return cmp.Or(
		cmp.Compare(b.rank(), a.rank()), cmp.Compare(b.depth, a.depth), cmp.Compare(len(a.Differences), len(b.Differences)))
}

// why says why a state does not lead on with a record, for all meanings of the record, the
// nearest first.
func (p *prober) why(state string, r *record) Why {
	var all []Why
	for _, m := range r.meanings {
		all = append(all, p.whyNot(state, r, m))
	}
	slices.SortStableFunc(all, func(a, b Why) int { return nearer(&a, &b) })
	best := all[0]
	best.Record, best.Or = r.place(), all[1:]
	return best
}

// whyNot follows one meaning as far as it goes.
func (p *prober) whyNot(state string, r *record, m *meaning) Why {
	p.enter(state)
	if d := p.differences(m.before, p.parent, r); len(d) > 0 {
		w := Why{Cause: DiffersBefore, Differences: d}
		if len(m.steps) > 0 {
			w.Action = p.binding.system.Actions[m.steps[0].action].Name
		}
		return w
	}
	if len(m.steps) == 0 {
		return Why{Cause: Differs, Differences: p.differences(m.after, p.parent, r)}
	}
	at := []string{state}
	for i := range m.steps {
		t := tally{prober: p, record: r, step: &m.steps[i]}
		if i == len(m.steps)-1 {
			t.after = m.after
		}
		var next []string
		for _, from := range at {
			next = append(next, t.try(from)...)
		}
		if len(next) == 0 || i == len(m.steps)-1 {
			w := t.why()
			w.Ordinal = i
			return w
		}
		at = next
	}
	return Why{}
}

func (p *prober) differences(compare func(system.State, Fields) Mismatch, s system.State, r *record) Mismatch {
	if compare == nil {
		return nil
	}
	return p.compare(compare, s, r)
}

// tally counts how the attempts at one step of a record ended.
type tally struct {
	*prober
	record *record
	step   *step
	after  func(system.State, Fields) Mismatch

	refused   int
	questions []string
	guards    []Refusal
	depth     int
	others    []otherAnswers // by question
	void      []string       // questions without any answer
	panicked  *system.Panic
	nearest   Mismatch
	label     string // of the nearest
}

type otherAnswers struct {
	question string
	texts    []string
	more     int
}

// try makes the attempts from one state, and returns the states that they lead to.
func (t *tally) try(from string) (states []string) {
	t.enter(from)
	action := t.binding.system.Actions[t.step.action]
	watch := &model.Guards{}
	noted := action.Doing(func(s system.State, c *model.Choice) bool {
		*watch = model.Guards{} // a fresh note of the guards for each attempt
		return action.Do(s, c)
	})
	t.odometer.WatchAll(watch)
	defer t.odometer.WatchAll(nil)
	t.tries(&noted, t.step, t.record.Fields, func(a attempt) bool {
		if a.outcome == enabled {
			states = append(states, t.encode(a.state))
		}
		t.note(a, watch)
		return true
	})
	return states
}

func (t *tally) note(a attempt, watch *model.Guards) {
	answers := t.odometer.Arguments()
	switch a.outcome {
	case otherAnswer:
		t.noteOther(nameOf(answers, a.question), trace.ValueOf(answers[a.question].Value).String())
	case nothing:
		t.void = unlessThere(t.void, nameOf(answers, t.odometer.VoidAt()))
	case panicked:
		if t.panicked == nil {
			t.panicked = a.panicked
			t.panicked.In = t.labelOf(answers)
		}
	case refused:
		t.noteRefused(answers, watch)
	case enabled:
		d := t.differences(t.after, a.state, t.record)
		if len(d) > 0 && (t.nearest == nil || len(d) < len(t.nearest)) {
			t.nearest, t.label = d, t.labelOf(answers)
		}
	}
}

func (t *tally) noteRefused(answers []model.Argument, watch *model.Guards) {
	t.refused++
	for i := range answers {
		t.questions = unlessThere(t.questions, nameOf(answers, i))
	}
	if t.label == "" {
		t.label = t.labelOf(answers)
	}
	depth := len(answers)
	for name, refused := range watch.All() {
		if !refused {
			depth++
			continue
		}
		i := slices.IndexFunc(t.guards, func(r Refusal) bool { return r.Guard == name })
		if i < 0 {
			i, t.guards = len(t.guards), append(t.guards, Refusal{Guard: name})
		}
		t.guards[i].Choices++
	}
	t.depth = max(t.depth, depth)
}

func (t *tally) noteOther(question, text string) {
	i := slices.IndexFunc(t.others, func(o otherAnswers) bool { return o.question == question })
	if i < 0 {
		i, t.others = len(t.others), append(t.others, otherAnswers{question: question})
	}
	switch o := &t.others[i]; {
	case slices.Contains(o.texts, text):
	case len(o.texts) == answersMax:
		o.more++
	default:
		o.texts = append(o.texts, text)
	}
}

func (t *tally) labelOf(answers []model.Argument) string {
	name := t.binding.system.Actions[t.step.action].Name
	return trace.Step{Action: name, Arguments: trace.ArgumentsOf(answers)}.Label()
}

// why is the nearest reason. A question without the answer that the record gives matters
// only if no combination of answers got further.
func (t *tally) why() Why {
	w := Why{Action: t.binding.system.Actions[t.step.action].Name}
	switch {
	case len(t.nearest) > 0:
		w.Cause, w.Differences, w.Step = Differs, t.nearest, t.label
	case t.panicked != nil:
		w.Cause, w.Panic = Panicked, t.panicked.String()
	case t.refused > 0:
		w.Cause, w.Choices, w.Questions, w.Guards = NotEnabled, t.refused, t.questions, t.guards
		w.depth = t.depth
		if t.refused == 1 {
			w.Step = t.label
		}
	default:
		w.Cause = NoAnswer
		if n := len(t.others); n > 0 { // the last question that an attempt got to
			last := t.others[n-1]
			w.Question, w.Answers, w.More = last.question, last.texts, last.more
		} else if len(t.void) > 0 {
			w.Question = t.void[0]
		}
	}
	return w
}

func unlessThere(list []string, text string) []string {
	if slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
