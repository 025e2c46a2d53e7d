package drive

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/drive/suite"
	"github.com/muster-mc/muster/internal/gotest"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/tour"
	"github.com/muster-mc/muster/model"
)

// Cover says what tests are to cover. Values can be added: Arguments | Pairs.
type Cover = suite.Cover

// What tests can cover. With Options.View, states that agree on its fields are one, and
// an edge is an action between two such.
const (
	Actions   = suite.Actions   // every action
	Arguments = suite.Arguments // every action with its arguments
	Pairs     = suite.Pairs     // every action after every other, as far as the model permits
	States    = suite.States    // every state
	Edges     = suite.Edges     // every step from every state
)

// Options says what a run covers, and how. The zero value is useful.
type Options struct {
	// Cover is what is to be covered. Zero means Arguments and Pairs, or with a View
	// Edges.
	Cover Cover

	// View names the fields by which states are told apart, as trace.Leaf.In understands
	// them. Nil means all fields.
	View []string

	// Seed chooses among tests that are as good. Zero is the model's own order.
	Seed uint64

	// MaxSteps is the most steps of a test, after Init. Zero means 40.
	MaxSteps int

	// MaxStates is the most states of the model's graph. Zero means a million.
	MaxStates int

	// WithoutFaults names kinds of fault that the real system cannot be made to have.
	WithoutFaults []string

	// Hidden names actions that the system may take by itself at any time, unseen. After
	// each step the model may have taken any number of them.
	Hidden []string

	// Refusals asks the system in each state that a test comes to, once, for every step
	// that the model does not permit there. It must answer Skip or Refused, and show the
	// same state as before.
	Refusals bool

	// Within runs each test of the real system within something. It is synctest.Test for
	// a bubble with its own time; see the package comment. Nil runs it as it is.
	Within func(t *testing.T, test func(t *testing.T))

	// Trials is the most runs of the real system to shorten a failure. Zero means 1000.
	Trials int

	_ struct{}
}

const defaultTrials = 1000

// Run tests a real system by its model. For each test it calls start for a new system;
// the tests are chosen while they run, by what the system has decided in them. It fails
// the test with the first difference between the system and the model, shortened, and
// otherwise returns what was covered, which it also logs. A start that skips its test, because
// the system is not there, skips the whole.
func Run[S any](t *testing.T, m *model.Model[S], start func(t *testing.T) System[S], o Options) *Report {
	t.Helper()
	site := gotest.Caller()
	d := open(t, m, start, o)
	f := d.cover(t)
	if f != nil {
		t.Fatal(d.explain(t, f, site))
	}
	if d.report.Steps == 0 {
		t.Fatal(d.report.String() + "\nno step could be forced: nothing was tested")
	}
	t.Log(d.report.String())
	return d.report
}

// Repeat runs a real system once, by steps as a failure of [Run] shows them. It fails the
// test if the system differs from the model again. Where a step is not possible any more,
// because the model or the system has changed, the test ends, passes, and says so in its
// log. With MUSTER_KEEP=1 in the environment Run writes such tests.
func Repeat[S any](t *testing.T, m *model.Model[S], start func(t *testing.T) System[S], o Options, steps ...string) {
	t.Helper()
	site := gotest.Caller()
	d := open(t, m, start, o)
	var orders []order
	for i, text := range steps {
		o, known := d.orderOf(text)
		if !known {
			t.Logf("the run is not possible: the model never takes step %d, %s", i+1, text)
			break
		}
		orders = append(orders, o)
	}
	at, f := d.follow(t, "repeat", orders)
	if f != nil {
		t.Fatal(d.show(f) + gotest.Again(t.Name()) + gotest.Annotation(t.Name(), site, f.problem))
	}
	if at < len(orders) {
		t.Logf("the run is not possible: step %d, %s", at+1, steps[at])
	}
}

// driver runs a real system beside its model.
type driver[S any] struct {
	start    func(t *testing.T) System[S]
	options  Options
	graph    *tour.Graph
	goals    *tour.Goals
	isHidden func(label int32) bool
	asked    map[int32]bool // nodes: see Options.Refusals
	end      time.Time      // of the time for the test, or zero
	doing    atomic.Pointer[doing]
	report   *Report

	// apart runs a part of a test as a test of its own; it is (*testing.T).Run.
	apart func(t *testing.T, name string, part func(t *testing.T)) (passed bool)
}

func open[S any](t *testing.T, m *model.Model[S], start func(t *testing.T) System[S], o Options) *driver[S] {
	t.Helper()
	if start == nil {
		t.Fatal("drive: start is nil: want a function that makes a system")
	}
	g, goals, config, err := tour.Open(t.Context(), system.Of(m), tour.Config{
		Cover: tour.Cover(o.Cover), View: o.View, Seed: o.Seed, MaxSteps: o.MaxSteps, MaxStates: o.MaxStates, WithoutFaults: o.WithoutFaults,
	})
	if err != nil {
		t.Fatalf("drive: %v", err)
	}
	if o.Trials < 0 {
		t.Fatal("drive: Trials must not be negative")
	}
	if o.Trials == 0 {
		o.Trials = defaultTrials
	}
	o.MaxSteps = config.MaxSteps
	for _, name := range o.Hidden {
		if !slices.Contains(actionsOf(g), name) {
			t.Fatalf("drive: %s never takes the hidden action %s; it takes %v", m.Name, name, actionsOf(g))
		}
	}
	d := &driver[S]{start: start, options: o, graph: g, goals: goals, asked: map[int32]bool{}, report: &Report{Model: m.Name}, apart: (*testing.T).Run}
	d.isHidden = func(label int32) bool { return slices.Contains(o.Hidden, g.Labels[label].Step.Action) }
	if end, ok := t.Deadline(); ok {
		d.end = end.Add(-time.Until(end) / 10) // a tenth of the time is left for the rest
		hung := time.AfterFunc(time.Until(d.end), d.complain)
		t.Cleanup(func() { hung.Stop() })
	}
	return d
}

// complain says which step does not return, before go test kills the process and shows
// the stacks of all goroutines. It runs in a goroutine of its own, and cannot end the step.
func (d *driver[S]) complain() {
	if text := d.whatIsDone(); text != "" {
		fmt.Fprintf(os.Stderr, "drive: the time of go test is nearly used up, and this has not returned: %s\n", text)
	}
}

// whatIsDone is the step that the system is taking, and those before; nothing, if it is
// taking none.
func (d *driver[S]) whatIsDone() string {
	now := d.doing.Load()
	if now == nil {
		return ""
	}
	text := "Do(" + d.graph.Labels[now.label].Text + ")"
	for i, o := range now.before {
		if i == 0 {
			text += ", after"
		}
		text += " " + d.text(o)
	}
	return text
}

// cover runs tests until no goal is left that can be reached, or one fails.
func (d *driver[S]) cover(t *testing.T) *failure {
	live := tour.NewLive(d.graph, d.goals, d.isHidden)
	defer func() { d.report.Coverage = suite.CoverageOf(d.goals.Coverage()) }()
	for n := 1; live.Begin(d.options.MaxSteps); n++ {
		if d.isLate() {
			t.Fatalf("drive: %s\nthe time of go test is nearly used up, with %d goals left: -timeout gives more", d.report, d.goals.Left())
		}
		var r *trial[S]
		if !d.within(t, strconv.Itoa(n), func(t *testing.T) {
			r = d.newTrial(t)
			d.test(r, live)
		}) {
			live.Tour(d.options.MaxSteps) // -run has left it out: as if it had covered what was planned
			continue
		}
		if r == nil {
			t.Skip("drive: start has skipped a test, so there is no system to test")
		}
		live.End()
		d.report.Tests++
		d.report.Steps += r.steps
		d.report.Refused += len(r.orders) - r.steps - 1
		if r.failed != nil {
			return r.failed
		}
	}
	return nil
}

func (d *driver[S]) isLate() bool { return !d.end.IsZero() && time.Now().After(d.end) }

// test runs one test, whose steps are chosen as it goes on.
func (d *driver[S]) test(r *trial[S], live *tour.Live) {
	for {
		if d.options.Refusals && !d.refuse(r, live) {
			return
		}
		label, ok := live.Next(d.options.MaxSteps - r.steps)
		if !ok {
			return
		}
		begins := !r.isBegun()
		switch r.step(label) {
		case failed:
			return
		case skipped:
			live.Skipped(label)
		case took:
			if begins && r.asIs {
				live.Began(r.belief)
			} else {
				live.Took(label, r.belief)
			}
		}
	}
}

// refuse asks for everything that the model does not permit in the state where the system
// is, if that was not done before. It reports false if that failed. What the system does
// in the place of a step may be right, and lead to another state.
func (d *driver[S]) refuse(r *trial[S], live *tour.Live) bool {
	for len(r.belief) == 1 && r.isBegun() && !d.asked[r.belief[0].Node] {
		at := r.belief[0]
		d.asked[at.Node] = true
		for label := range d.graph.Labels {
			l := int32(label)
			if d.graph.IsInit(l) || d.isHidden(l) || d.graph.Permits(r.belief, l) {
				continue
			}
			if r.ask(l) == failed {
				return false
			}
			if len(r.belief) != 1 || r.belief[0] != at {
				live.Moved(r.belief)
				break
			}
		}
	}
	return true
}

func (d *driver[S]) newTrial(t *testing.T) *trial[S] {
	t.Helper()
	made := d.start(t)
	if made == nil {
		t.Fatal("drive: start has returned nil, which is no system")
	}
	return &trial[S]{
		graph: d.graph, isHidden: d.isHidden, system: made, doing: &d.doing,
		belief: tour.Start(), notes: map[*tour.Place]*note{},
	}
}

// within runs a part of a test as a test of its own, so that what its system leaves
// behind is cleaned up. It reports false if the -run of go test has left it out. A part
// that fails by itself, by t.Error in the code of the system, ends the whole test.
func (d *driver[S]) within(t *testing.T, name string, part func(t *testing.T)) (ran bool) {
	t.Helper()
	failing := ""
	passed := d.apart(t, name, func(t *testing.T) {
		ran = true
		defer func() { failing = d.whatIsDone() }()
		if d.options.Within != nil {
			d.options.Within(t, part)
		} else {
			part(t)
		}
	})
	if !passed && failing == "" {
		t.Fatalf("drive: the code of the system has failed test %s by itself, outside of Do: look at start, at Observe and at what they clean up", name)
	}
	if !passed {
		t.Fatalf("drive: the code of the system has failed test %s by itself %s: return an error from Do instead, so that the run is shown and shortened", name, failing)
	}
	return ran
}

// follow runs the real system by steps. It returns how many of them were possible, or
// what failed. Steps that the system cannot be made to take are left out.
func (d *driver[S]) follow(t *testing.T, name string, orders []order) (at int, f *failure) {
	t.Helper()
	d.within(t, name, func(t *testing.T) {
		r := d.newTrial(t)
		for at = 0; at < len(orders); at++ {
			switch r.obey(orders[at]) {
			case failed:
				f = r.failed
				return
			case notPermitted:
				return
			}
		}
	})
	return at, f
}

// explain shortens a failure and shows it.
func (d *driver[S]) explain(t *testing.T, f *failure, site gotest.Site) string {
	t.Helper()
	if f.isError {
		return "drive: " + f.problem + "\n" + d.table(f)
	}
	s := &shortener[S]{driver: d, t: t, left: d.options.Trials, known: map[string]*failure{}}
	short := s.shorten(f)
	text := d.show(short) + "\n" + s.said(f, short) + gotest.Again(t.Name())
	return text + d.keep(t, short, site) + gotest.Annotation(t.Name(), site, fmt.Sprintf("%s: %s", d.report.Model, short.problem))
}
