package explore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// check explores a model that must be fit for it.
func check[S any](t testing.TB, m *model.Model[S], o Options) *Report {
	t.Helper()
	r, err := Check(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// shared has every worker take part, however little there is to do.
var shared = tuning{Tuning: search.Tuning{SmallRound: -1}}

// ways are numbers of workers, and pieces to cut work into.
var ways = []struct {
	workers int
	cut     tuning
}{
	{1, tuning{}},
	{1, tuning{Tuning: search.Tuning{FragmentStates: 1, BlockStates: 1, RoundBlocks: 1, SmallRound: -1}}},
	{2, shared},
	{2, tuning{Tuning: search.Tuning{FragmentStates: 1, BlockStates: 2, RoundBlocks: 2, SmallRound: -1}}},
	{3, tuning{Tuning: search.Tuning{FragmentStates: 2, BlockStates: 3, RoundBlocks: 50, WideCandidates: 2, SmallRound: -1}}},
	{5, tuning{Tuning: search.Tuning{FragmentStates: 1, BlockStates: 1, RoundBlocks: 4, SmallRound: -1}}},
	{8, shared},
}

// checkAll explores a model in many ways. All of them must report the same.
func checkAll[S any](t testing.TB, m *model.Model[S], o Options) *Report {
	t.Helper()
	var first *Report
	for _, way := range ways {
		o.Workers, o.tuning = way.workers, way.cut
		o.tuning.Tiny = true
		var tells told
		o.Found = tells.add
		r := check(t, m, o)
		tells.agree(t, r)
		if first == nil {
			first = r
		}
		if got, want := textOf(r), textOf(first); got != want {
			t.Fatalf("%d workers, %+v: the report differs from one worker's: %s", way.workers, way.cut, firstDifference(got, want))
		}
	}
	return first
}

// checkError explores a model in many ways. All of them must fail, with the same
// error.
func checkError[E error, S any](t testing.TB, m *model.Model[S], o Options) E {
	t.Helper()
	var first E
	for i, way := range ways {
		o.Workers, o.tuning = way.workers, way.cut
		o.tuning.Tiny = true
		_, err := Check(context.Background(), m, o)
		var got E
		if !errors.As(err, &got) {
			t.Fatalf("%d workers, %+v: got the error %v, want a %T", way.workers, way.cut, err, got)
		}
		if i == 0 {
			first = got
		}
		if got.Error() != first.Error() {
			t.Fatalf("%d workers, %+v: got the error %q, with one worker %q", way.workers, way.cut, got, first)
		}
	}
	return first
}

// textOf shows a report without what differs between runs.
func textOf(r *Report) string {
	c := *r
	c.Seconds, c.Bytes = 0, 0
	text, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		panic(err)
	}
	return string(text)
}

// firstDifference shows where two texts part, with a few lines around it.
func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	i := 0
	for i < min(len(g), len(w)) && g[i] == w[i] {
		i++
	}
	part := func(lines []string) string {
		return strings.Join(lines[max(0, i-8):min(len(lines), i+8)], "\n")
	}
	return fmt.Sprintf("line %d: got\n%s\nwant\n%s", i, part(g), part(w))
}

// propertyOf is what became of a property.
func propertyOf(t testing.TB, r *Report, name string) PropertyReport {
	t.Helper()
	i := slices.IndexFunc(r.Properties, func(p PropertyReport) bool { return p.Name == name })
	if i < 0 {
		t.Fatalf("the report has no property %s", name)
	}
	return r.Properties[i]
}

// verdicts lists what became of all properties, with the actions that lead to
// what there is to see: "P violated by Init Go(to=1), Deadlock unknown".
func verdictsOf(r *Report) string {
	var list []string
	for _, p := range r.Properties {
		s := p.Name + " " + string(p.Verdict)
		if p.Trace != nil {
			s += " by " + pathOf(p.Trace)
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

// pathOf is the actions of a trace.
func pathOf(t *trace.Trace) string {
	var labels []string
	for _, s := range t.Steps {
		labels = append(labels, s.Label())
	}
	return strings.Join(labels, " ")
}

// countsOf shows counts on one line.
func countsOf(c Counts) string {
	return fmt.Sprintf("initial %d, distinct %d, generated %d, levels %v", c.Initial, c.Distinct, c.Generated, c.Levels)
}

// place is a state of a graph.
type place struct{ N int }

// edges are the ways on from each place, in order.
type edges map[int][]int

// graph is a model that walks along edges, from 0. It has no deadlocks: where
// there is no way on, things may end.
func graph(e edges, properties ...model.Property[place]) *model.Model[place] {
	return &model.Model[place]{
		Name: "graph", AllowDeadlock: true,
		Actions: []model.Action[place]{{Name: "Go", Do: func(s *place, c *model.Choice) bool {
			s.N = model.Pick(c, "to", e[s.N])
			return true
		}}},
		Properties: properties,
	}
}

// never claims that a place is not reached.
func never(n int) model.Property[place] {
	return model.Always(fmt.Sprint("Never", n), func(s *place) bool { return s.N != n })
}

// reaches claims that a place is reached.
func reaches(n int) model.Property[place] {
	return model.Reachable(fmt.Sprint("Reaches", n), func(s *place) bool { return s.N == n })
}

// notAlong claims that nobody walks from a to b.
func notAlong(a, b int) model.Property[place] {
	return model.AlwaysStep(fmt.Sprintf("Not%dTo%d", a, b), func(x, y *place) bool { return x.N != a || y.N != b })
}

// from lets a graph start at these places.
func from(starts ...int) func(*place, *model.Choice) bool {
	return func(s *place, c *model.Choice) bool {
		s.N = model.Pick(c, "at", starts)
		return true
	}
}

// unlessShort is the size of a test: a smaller one with -short. The race detector takes ten
// times as long for a state, and finds races in the kinds of work and not in their amount.
func unlessShort(size, short int) int {
	if testing.Short() {
		return short
	}
	return size
}
