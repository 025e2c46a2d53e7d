package explore

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

func TestWholeRunsThatCannotBeChecked(t *testing.T) {
	always := model.Holds(is(0))
	for _, c := range []struct {
		name   string
		change func(*model.Model[place], *Options)
		want   string
	}{
		{"an unknown fairness", func(m *model.Model[place], _ *Options) { m.Actions[0].Fair = "just" },
			`action A has the unknown fairness "just"; there are weak, strong, weak each and strong each`},
		{"FairBy without each", func(m *model.Model[place], _ *Options) { m.Actions[0].FairBy = []string{"way"} },
			"action A has FairBy, which only goes with WeakEach and StrongEach"},
		{"FairBy what is not asked", func(m *model.Model[place], _ *Options) {
			m.Actions[0].Fair, m.Actions[0].FairBy = model.WeakEach, []string{"node"}
		}, `action A is to be fair by "node", but A(way=0) has no such argument`},
		{"no formula", func(m *model.Model[place], _ *Options) { m.Properties[0].Formula = nil }, "property P has no Formula"},
		{"an unknown action", func(m *model.Model[place], _ *Options) {
			m.Properties[0] = model.Temporal("P", model.Finally(model.Happens[place]("Z")))
		}, `property P speaks of the action "Z"; there are A, B`},
		{"an unknown formula", func(m *model.Model[place], _ *Options) {
			m.Properties[0] = model.Temporal("P", model.Formula[place]{Op: "since"})
		}, `a formula of the unknown kind "since"`},
		{"a formula that lacks a part", func(m *model.Model[place], _ *Options) {
			m.Properties[0] = model.Temporal("P", model.Formula[place]{Op: model.OpUntil, Parts: []model.Formula[place]{always}})
		}, `a formula "until" of 1 parts; it must have 2`},
		{"a predicate that is nil", func(m *model.Model[place], _ *Options) { m.Properties[0] = model.Recurs[place]("P", nil) },
			"a formula without a predicate"},
		{"nothing but what is left out", func(_ *model.Model[place], o *Options) { o.SafetyOnly = true },
			"all its properties are about whole runs: nothing is left to check without them"},
		{"left out by name", func(_ *model.Model[place], o *Options) { o.SafetyOnly, o.Properties = true, []string{"P"} },
			"property P is about whole runs: it cannot be asked for and left out"},
		{"too many predicates", func(m *model.Model[place], _ *Options) {
			f := model.Or[place]()
			for range 70 {
				f.Parts = append(f.Parts, model.Globally(model.Holds(is(0))))
			}
			m.Properties[0] = model.Temporal("P", f)
		}, "property P: its formula is too large: it has 70 predicates and actions; at most 64 are supported"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := walker(nil, map[string]edges{"A": {0: {1}}, "B": {1: {2}}}, model.Recurs("P", is(0)))
			o := Options{}
			c.change(m, &o)
			_, err := Check(context.Background(), m, o)
			if misuse := new(ModelError); !errors.As(err, &misuse) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v; want %q", err, c.want)
			}
		})
	}
}

// TestPredicateOfRunsMisbehaves: a panic is a finding, a change of the state a
// breach, and each comes with the way there.
func TestPredicateOfRunsMisbehaves(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}, 1: {2}}}
	m := walker(nil, ways, model.Recurs("P", func(s *place) bool {
		if s.N == 1 {
			panic("no")
		}
		return true
	}))
	r := checkAll(t, m, Options{})
	p := propertyOf(t, r, Panic)
	if r.Verdict != Violated || p.Trace.Length != 2 || !strings.HasPrefix(p.Detail, "property P panicked: no, at runs_misuse_test.go:") {
		t.Errorf("got %s, %q, %v", r.Verdict, p.Detail, p.Trace)
	}
	if got := propertyOf(t, r, "P").Verdict; got != Unknown {
		t.Errorf("P is %s", got)
	}
	m = walker(nil, ways, model.Recurs("P", func(s *place) bool { s.N = 2; return true }))
	if err := checkError[*ContractError](t, m, Options{}); !strings.Contains(err.Error(), "changed the state") || err.Trace.Length != 1 {
		t.Errorf("got %v, %v", err, err.Trace)
	}
}

// TestUndecided: what was not wholly explored, or cannot be told apart, is never
// said to hold.
func TestUndecided(t *testing.T) {
	m := walker(fairnesses{"A": model.Weak}, map[string]edges{"A": {0: {1}, 1: {2}}}, model.Eventually("P", is(2)), never(9))
	for name, o := range map[string]Options{
		"depth": {MaxDepth: 2}, "states": {MaxStates: 2}, "collisions": {tuning: tuning{Tuning: search.Tuning{HashBits: 1}, liveness: liveness.Tuning{Apart: true}}},
	} {
		r := check(t, m, o)
		if p := propertyOf(t, r, "P"); r.Verdict != Incomplete || r.Reason == "" || p.Verdict != Unknown {
			t.Errorf("%s: %s (%s), P %s", name, r.Verdict, r.Reason, p.Verdict)
		}
	}
	if r := check(t, m, Options{tuning: tuning{Tuning: search.Tuning{HashBits: 1}}}); r.Verdict != Holds {
		t.Errorf("where all states are compared, collisions leave it %s (%s)", r.Verdict, r.Reason)
	}
	m.Properties = append(m.Properties, never(1))
	if r := check(t, m, Options{}); r.Verdict != Violated || propertyOf(t, r, "P").Verdict != Unknown {
		t.Error("after a violation it is decided")
	}
	if r := check(t, m, Options{KeepGoing: true}); propertyOf(t, r, "P").Verdict != Holds {
		t.Error("to keep going does not decide it")
	}
}

// TestReplayOfLoops: a loop that does not close, changes nothing or is not fair
// is not gone along with.
func TestReplayOfLoops(t *testing.T) {
	ways := map[string]edges{"A": {0: {1}, 1: {0}}, "B": {1: {2}}}
	claim := model.Eventually("P", is(2))
	found := propertyOf(t, check(t, walker(fairnesses{"A": model.Weak}, ways, claim), Options{}), "P").Trace
	w, err := Replay(context.Background(), walker(fairnesses{"A": model.Weak}, ways, claim), found)
	if err != nil || w.Trace().Loop != found.Loop || len(w.Findings()) != 1 || w.Findings()[0].Name != "P" {
		t.Fatalf("got %v, %+v", err, w.Findings())
	}
	if w.Take(0); w.Trace().Loop != 0 || len(w.Findings()) != 0 {
		t.Error("a run that goes on still goes round")
	}
	for want, change := range map[string]func(*trace.Trace, *model.Model[place]){
		"its loop begins at 9, and it has 3 states":            func(c *trace.Trace, _ *model.Model[place]) { c.Loop = 9 },
		"its last state is not state 2, where its loop begins": func(c *trace.Trace, _ *model.Model[place]) { c.Loop = 2 },
		"its loop is not fair to B":                            func(_ *trace.Trace, m *model.Model[place]) { m.Actions[1].Fair = model.Strong },
		"its loop is not fair to A":                            func(c *trace.Trace, _ *model.Model[place]) { c.Loop = 3 },
	} {
		c, m := *found, walker(fairnesses{"A": model.Weak}, ways, claim)
		change(&c, m)
		_, err := Replay(context.Background(), m, &c)
		if departed := new(ReplayError); !errors.As(err, &departed) || departed.Problem != want {
			t.Errorf("got %v; want %s", err, want)
		}
	}
}
