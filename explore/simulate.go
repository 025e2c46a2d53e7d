package explore

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/simulate"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// SimulateOptions says how a model is walked at random. The zero value takes
// 1,000 walks of up to 100 states with the seed 0.
type SimulateOptions struct {
	// Seed chooses the walks. The same seed takes the same walks.
	Seed uint64

	// Walks is how many walks are taken; zero means 1,000. Depth is how many
	// states a walk has at most, the initial one included; zero means 100.
	Walks int
	Depth int

	// Timeout ends the walks after so long. Zero means no limit.
	Timeout time.Duration

	// Properties and WithoutFaults are those of [Options].
	Properties    []string
	WithoutFaults []string

	// Reach is up to how many distinct states the model is explored beside the
	// walks, to know of how many they saw some. Zero means that it is not.
	Reach uint64

	// Parameters go into the report as they are.
	Parameters map[string]any

	_ struct{}
}

// The usual size of a simulation.
const (
	usualWalks = 1000
	usualDepth = 100
)

// Simulation is what random walks found out. But for Seconds it is the same
// whenever the seed and the other options are, unless Timeout or the context
// ended it.
type Simulation struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"`

	// Verdict is Violated or Incomplete, never Holds: walks may miss any state.
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"` // why the walks ended early, if they did

	Seed    uint64 `json:"seed"`
	Walks   uint64 `json:"walks"`   // begun
	Taken   uint64 `json:"taken"`   // steps taken, to initial states too
	Longest int    `json:"longest"` // states of the longest walk
	Found   int    `json:"found"`   // states of the walk that found the violation, before it was shortened; 0: none did

	// Seen is how many distinct states and steps the walks saw. Of states outside
	// the constraint only the step there is counted. Reachable is how many there
	// are, if that is known.
	Seen      Extent  `json:"seen"`
	Reachable *Extent `json:"reachable,omitempty"`

	// Properties are as in a [Report]. Their traces are shortened, which does not
	// make them the shortest there are.
	Properties []PropertyReport `json:"properties"`
	Actions    []ActionTaken    `json:"actions"`
	Bounds     []string         `json:"bounds"`

	Seconds float64 `json:"seconds"`
}

// Extent is a part of a state graph. A step is a state, an action and its
// arguments, or Init and its arguments.
type Extent struct {
	States uint64 `json:"states"`
	Steps  uint64 `json:"steps"`
}

// ActionTaken is how often the walks took an action.
type ActionTaken struct {
	Name  string `json:"name"`
	Fault string `json:"fault,omitempty"`
	Taken uint64 `json:"taken"`
}

// Simulate walks through a model at random, for what is too large to be explored,
// and checks the same properties as [Check] on the way. A walk begins in an
// initial state, and takes in each state one of the actions that are enabled, each
// as likely as the other, in one of its ways. It ends after Depth states, where
// nothing leads on, and outside of the constraint. The first violation ends the
// simulation.
//
// The walk to a violation is shortened: parts of it are replaced by shorter ways
// between its states, which a breadth-first search looks for, and steps are left
// out that it does not need. What is left is run again, like every trace.
//
// An error is as for Check. But Simulate does not look for breaches of the rules
// of package model, unless Reach makes it explore the model.
func Simulate[S any](ctx context.Context, m *model.Model[S], o SimulateOptions) (*Simulation, error) {
	return Of(m).Simulate(ctx, o)
}

// The options are put into those of a search, so that both refuse the same mistakes by
// the same words.
func simulateSystem(ctx context.Context, m *system.System, o SimulateOptions) (*Simulation, error) {
	started := time.Now()
	engine := Options{Properties: o.Properties, WithoutFaults: o.WithoutFaults, Timeout: o.Timeout}
	if err := prepare(m, engine); err != nil {
		return nil, err
	}
	if o.Walks < 0 || o.Depth < 0 {
		return nil, &ModelError{m.Name, "Walks and Depth must not be negative"}
	}
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeoutCause(ctx, o.Timeout, errTimeout)
		defer cancel()
	}
	o = o.filled()
	m = m.Watched()
	c := simulate.Config{
		System: m, Actions: search.Actions(m, o.WithoutFaults), Properties: engine.checked(m),
		Deadlock: !m.AllowDeadlock && engine.wants(Deadlock),
		Seed:     o.Seed, Walks: o.Walks, Depth: o.Depth,
	}
	walks := simulate.New(ctx, c)
	var result simulate.Result
	var err error
	hung := ""
	switch ending, site := system.Attend(ctx, patience, func() { result, err = walks.Run() }, m.Watch.InOneCall()); ending {
	case system.Stuck:
		result, hung = walks.SoFar(), m.Watch.Hung()
	case system.Left:
		return nil, leftError(m, site)
	}
	if errors.Is(err, simulate.ErrNoStates) {
		return nil, &ModelError{m.Name, emptyInit(m)}
	}
	if err != nil {
		return nil, &ModelError{m.Name, err.Error()}
	}
	s := &simulation{hung: hung, config: c, options: o, bounds: (&run{system: m, options: engine}).bounds(), Result: result}
	r, err := s.reportInTime(ctx, engine)
	if err != nil {
		return nil, err
	}
	if r.Reachable, err = reachable(ctx, m, o); err != nil {
		return nil, err
	}
	r.Seconds = time.Since(started).Seconds()
	return r, nil
}

// simulation is the result of random walks, to be worded.
type simulation struct {
	simulate.Result
	config  simulate.Config
	options SimulateOptions
	hung    string // the part of the model's code that does not return
	bounds  []string

	// How much is done for the traces. Each of the two runs the model's code.
	unshortened, withoutRuns bool
}

func (o SimulateOptions) filled() SimulateOptions {
	if o.Walks == 0 {
		o.Walks = usualWalks
	}
	if o.Depth == 0 {
		o.Depth = usualDepth
	}
	return o
}

// reachable is how large the model's state graph is, if so much of it can be explored. It
// keeps going after violations, for they would end the count. A space that is larger than
// Reach leaves the extent unknown: a part of it is no measure of what the walks saw.
func reachable(ctx context.Context, m *system.System, o SimulateOptions) (*Extent, error) {
	if o.Reach == 0 || ctx.Err() != nil {
		return nil, nil
	}
	r, err := explore(ctx, m, Options{
		Properties: momentary(m, o.Properties), WithoutFaults: o.WithoutFaults, KeepGoing: true, MaxStates: o.Reach,
		Symmetry: SymmetryOff, // walks meet states, and not orbits
	}, (*run).begin)
	if err != nil {
		return nil, err
	}
	if r.Reason != "" || r.panicked() {
		return nil, nil
	}
	return &Extent{States: r.Counts.Distinct, Steps: r.Counts.Generated}, nil
}

// momentary are those of the properties that speak of single states and steps, as
// far as there are any: the others cost more than it takes to count states.
func momentary(m *system.System, wanted []string) []string {
	var names []string
	for _, p := range m.Properties {
		isWanted := wanted == nil || slices.Contains(wanted, p.Name)
		if isWanted && slices.Contains([]model.Kind{model.KindAlways, model.KindAlwaysStep, model.KindReachable}, p.Kind) {
			names = append(names, p.Name)
		}
	}
	// Without any of them, the others are checked: an empty list would be refused.
	if names == nil {
		return wanted
	}
	return names
}

// panicked: a panic in the model's code ended the run.
func (r *Report) panicked() bool {
	for _, p := range r.Properties {
		if p.Name == Panic {
			return true
		}
	}
	return false
}

// constrained says how many walks the constraint has ended.
func (s *simulation) constrained() []string {
	if s.Outside == 0 {
		return []string{}
	}
	return []string{fmt.Sprintf("the model's constraint, which ended %s of the %s walks", number.Commas(s.Outside), number.Commas(s.Begun))}
}

// unjudged says which properties stay unknown, whatever the walks meet.
func (s *simulation) unjudged() []string {
	var names []string
	o := Options{Properties: s.options.Properties}
	for _, p := range s.config.System.Properties {
		if p.Kind.IsTemporal() && o.wants(p.Name) {
			names = append(names, p.Name)
		}
	}
	if names == nil {
		return nil
	}
	return []string{"without properties about whole runs, of which a walk that ends says nothing: " + strings.Join(names, ", ")}
}

// reportInTime is the report. If the model's code hangs while the traces are shortened,
// they are shown as they were found; if it hangs there too, they are left out.
func (s *simulation) reportInTime(ctx context.Context, o Options) (*Simulation, error) {
	var r *Simulation
	var err error
	switch ending, site := system.Attend(ctx, patience, func() { r, err = s.report(ctx, o) }, s.config.System.Watch.InOneCall()); ending {
	case system.Ended:
		return r, err
	case system.Left:
		return nil, leftError(s.config.System, site)
	}
	again := *s // the first report goes on if its code returns after all
	again.hung = s.config.System.Watch.Hung()
	again.unshortened, again.withoutRuns = true, s.unshortened
	again.config.System = s.config.System.Watched()
	return again.reportInTime(ctx, o)
}

// report says what the walks found, with their traces shortened.
func (s *simulation) report(ctx context.Context, o Options) (*Simulation, error) {
	r := &Simulation{
		Model: s.config.System.Name, Parameters: map[string]any{}, Verdict: Incomplete,
		Seed: s.options.Seed, Walks: s.Begun, Taken: s.Taken, Longest: s.Longest,
		Seen: Extent{s.States, s.Steps}, Actions: s.actionsTaken(), Bounds: slices.Concat(s.constrained(), s.bounds, s.unjudged()),
	}
	maps.Copy(r.Parameters, s.options.Parameters)
	if s.Interrupted || s.hung != "" {
		r.Reason = reasonContext(ctx, o)
		if s.hung != "" {
			r.Reason += "; " + reasonHung(s.hung)
		}
	}
	for _, kind := range s.kinds() {
		p, err := s.reportOn(ctx, kind)
		if err != nil {
			return nil, err
		}
		if p.Verdict == Violated {
			r.Verdict, r.Found = Violated, len(s.Found[kind])
		}
		r.Properties = append(r.Properties, p)
	}
	return r, nil
}

// reportOn is what became of a property. The shortened walk is run once more, and judged
// anew where it ends, so a trace that is shown does show the finding.
func (s *simulation) reportOn(ctx context.Context, kind simulate.Kind) (PropertyReport, error) {
	p := PropertyReport{Verdict: Unknown}
	p.Name, p.Kind = s.nameOf(kind)
	way, found := s.Found[kind]
	if !found {
		return p, nil
	}
	if s.withoutRuns {
		p.Detail = "a walk has found it, but its trace could not be made"
		return p, nil
	}
	if !s.unshortened {
		way = way.Shorten(ctx, s.config, kind)
	}
	if walk, ok := way.Walk(s.config); ok {
		path := &Path{walk, s.config.Actions}
		for _, f := range path.Findings() {
			if f.Name == p.Name {
				f.Trace = path.Trace()
				return f, nil
			}
		}
	}
	return p, &ContractError{Model: s.config.System.Name, Problem: fmt.Sprintf(
		"a walk on which %s was found could not be repeated: some action does not do the same every time", p.Name)}
}

func (s *simulation) actionsTaken() []ActionTaken {
	list := make([]ActionTaken, len(s.config.Actions))
	for i, a := range s.config.Actions {
		list[i] = ActionTaken{a.Name, a.Fault, s.Coverage[i]}
	}
	return list
}

// kinds are all that can be found, in the order of a report: properties, and then
// deadlocks. A panic is listed if there was one.
func (s *simulation) kinds() []simulate.Kind {
	var list []simulate.Kind
	for _, i := range s.config.Properties {
		list = append(list, simulate.Kind(i))
	}
	if s.config.Deadlock {
		list = append(list, simulate.Deadlock)
	}
	if _, panicked := s.Found[simulate.Panic]; panicked {
		list = append(list, simulate.Panic)
	}
	return list
}

// nameOf is the name of the property of a kind of finding, and its kind.
func (s *simulation) nameOf(kind simulate.Kind) (name, of string) {
	switch kind {
	case simulate.Deadlock:
		return Deadlock, "deadlock"
	case simulate.Panic:
		return Panic, "panic"
	}
	p := &s.config.System.Properties[kind]
	return p.Name, string(p.Kind)
}
