package explore

import (
	"context"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// View is what [Place.Look] sees.
type View struct {
	Moves []Move
	More  int // moves beyond MovesMax, which are counted and not listed

	Actions    []ActionTried
	Properties []Truth

	Outside  bool         // the state is outside the model's constraint
	Bound    bool         // no step leads on because it is: see [Checker.Beyond]
	Deadlock bool         // no step leads on, and the model does not say that it may be so
	Waits    []model.Wait // who cannot go on here, if the model says it
	Panic    string       // the first panic of the model's own code, other than in its picture

	// Picture is what Model.Picture draws, and PictureFailed how it panicked.
	Picture       string
	PictureFailed string
}

// MovesMax is the largest number of moves that a view lists.
const MovesMax = 1000

// ActionTried says how an action was tried at a place. An action that is not enabled in any
// way has Enabled 0, and the rest says why.
type ActionTried struct {
	Name  string
	Fault string

	Tried   int // combinations of answers
	Enabled int // of them

	// Guards are the guards ([model.Choice.Guard]) that refused, and how many attempts.
	// Nothing are choices from nothing, by their names. Unnamed attempts were refused
	// by the action without a guard, and Panics ended in a panic, the first with the
	// text Panic.
	Guards, Nothing []Refusal
	Unnamed, Panics int
	Panic           string
}

// Refusal is a reason for which attempts to take a step failed, and how many.
type Refusal struct {
	Name  string
	Count int
}

// Truth is what a property says of one place.
type Truth struct {
	Name   string
	Kind   model.Kind
	Value  TruthValue
	Detail string // why it is false, in the property's own words, or what the panic said

	// Parts are the predicates of a property about whole runs, and whether each is true
	// in this state.
	Parts []PartTruth
}

// TruthValue is whether a property is true at a place.
type TruthValue string

// The truth of a property at a place. Of a property about whole runs nothing is known
// until a run has a loop: see [Place.Lasso].
const (
	True       TruthValue = "true"
	Vacuous    TruthValue = "vacuous" // an implication whose left side is false
	False      TruthValue = "false"   // violated by the state or by the step to it
	IsReached  TruthValue = "reached"
	NotReached TruthValue = "not reached"
	OfRuns     TruthValue = "of runs"
	Panicked   TruthValue = "panicked"
)

// PartTruth is whether a predicate is true in a state.
type PartTruth struct {
	Label string // which of several claims, such as node=1; may be empty
	Role  string // what the predicate is in the claim
	True  bool
}

// Look says everything there is to say of a place: the steps that lead on with what each
// would break, why the other actions do not, the truth of each property, and a picture.
func (p *Place) Look(ctx context.Context) (*View, error) {
	v := &View{Moves: []Move{}, Actions: []ActionTried{}, Properties: []Truth{}}
	v.tryAll(p, p.scout(ctx))
	if p.from != nil {
		v.judge(p, p.behind(ctx))
	}
	return v, ctx.Err()
}

// behind is a scout that has just come to the place. The whole run is taken again only if
// a property explains whole runs: all others see the last step.
func (p *Place) behind(ctx context.Context) *system.Scout {
	s := p.from.scout(ctx)
	if slices.ContainsFunc(p.system.Properties, func(q system.Property) bool { return q.ExplainRun != nil }) {
		s.Retake(p.Ways())
	} else {
		s.Go(p.way)
	}
	return s
}

// tryAll tries all actions, and judges where they lead.
func (v *View) tryAll(p *Place, s *system.Scout) {
	v.Outside, v.Bound = s.IsOutside(), s.IsBound()
	before := p.State()
	for i := range s.Actions() {
		a := s.Actions()[i]
		var t system.Tries
		for _, w := range surveyed(s, i, &t, nil) {
			if len(v.Moves) == MovesMax {
				v.More++
				continue
			}
			m := p.move(s, w, before)
			m.judge(s)
			v.Moves = append(v.Moves, m)
		}
		tried := ActionTried{Name: a.Name, Fault: a.Fault, Tried: t.Tried, Enabled: t.Enabled, Unnamed: t.Unnamed, Panics: t.Panics}
		tried.Guards, tried.Nothing = refusals(t.Guards), refusals(t.Nothing)
		if t.Panicked != nil {
			tried.Panic = t.Panicked.String()
			v.note(t.Panicked)
		}
		v.Actions = append(v.Actions, tried)
	}
}

func refusals(list []system.Refusal) []Refusal {
	out := make([]Refusal, 0, len(list))
	for _, r := range list {
		out = append(out, Refusal(r))
	}
	return out
}

// judge asks the properties of states and steps about the move that the scout has taken.
func (m *Move) judge(s *system.Scout) {
	for i := range s.System.Properties {
		q := &s.System.Properties[i]
		switch shows, _ := s.Shows(i); {
		case shows && q.IsReachable():
			m.Reaches = append(m.Reaches, q.Name)
		case shows:
			m.Violates = append(m.Violates, q.Name)
		}
	}
}

// judge asks everything about the place to which the scout has come.
func (v *View) judge(p *Place, s *system.Scout) {
	for i := range s.System.Properties {
		v.Properties = append(v.Properties, v.truth(s, i))
	}
	terminal, panicked := s.IsTerminal()
	v.note(panicked)
	v.Deadlock = len(v.Moves) == 0 && !v.Bound && !terminal && !s.System.AllowDeadlock && v.Panic == ""
	if s.System.Waits != nil {
		v.Waits, _ = asked(func() []model.Wait { return s.System.Waits(s.State()) })
	}
	if s.System.Picture != nil {
		picture, failed := asked(func() string { return s.System.Picture(s.State()) })
		v.Picture = picture
		if failed != nil {
			failed.In = "Picture"
			v.PictureFailed = failed.String()
		}
	}
}

// asked runs a part of the model's code that changes no verdict.
func asked[T any](code func() T) (got T, panicked *system.Panic) {
	defer func() {
		if value := recover(); value != nil {
			panicked = system.Recovered("", value)
		}
	}()
	return code(), nil
}

func (v *View) note(panicked *system.Panic) {
	if panicked != nil && v.Panic == "" {
		v.Panic = panicked.String()
	}
}

// truth asks one property about the place where the scout stands.
func (v *View) truth(s *system.Scout, property int) Truth {
	q := &s.System.Properties[property]
	t := Truth{Name: q.Name, Kind: q.Kind, Value: True}
	if q.IsTemporal() {
		t.Value = OfRuns
		t.Parts = partsOf(q.Formula, q.Kind, "", s.State())
		return t
	}
	shows, panicked := s.Shows(property)
	v.note(panicked)
	switch {
	case panicked != nil:
		t.Value, t.Detail = Panicked, panicked.String()
	case q.IsReachable() && shows:
		t.Value = IsReached
	case q.IsReachable():
		t.Value = NotReached
	case shows:
		t.Value, t.Detail = False, s.Explain(property)
	case !applies(s, q):
		t.Value = Vacuous
	}
	return t
}

// applies reports whether the left side of an implication is true; of other properties it
// is true.
func applies(s *system.Scout, q *system.Property) bool {
	applies, panicked := asked(func() bool {
		switch {
		case q.Implication != nil:
			return q.Implication.When(s.State())
		case q.ImplicationStep != nil:
			return s.StepIs(q.ImplicationStep.When)
		}
		return true
	})
	return applies || panicked != nil
}

// partsOf are the predicates of a formula, in order. In a claim that one thing leads to
// another, they are the cause and the effect.
func partsOf(f *system.Formula, kind model.Kind, label string, s system.State) []PartTruth {
	if f.Label != "" {
		label = f.Label
	}
	if f.Op == model.OpHolds {
		is, panicked := asked(func() bool { return f.State(s) })
		return []PartTruth{{Label: label, Role: roles[kind], True: is && panicked == nil}}
	}
	var list []PartTruth
	for i := range f.Parts {
		list = append(list, partsOf(&f.Parts[i], kind, label, s)...)
	}
	if kind == model.KindLeadsTo {
		for i := range list {
			list[i].Role = [...]string{"cause", "effect"}[i%2]
		}
	}
	return list
}

// roles say what a predicate is in claims of these kinds.
var roles = map[model.Kind]string{
	model.KindEventually: "to come", model.KindRecurs: "to recur", model.KindSettles: "to settle", model.KindTemporal: "predicate",
}
