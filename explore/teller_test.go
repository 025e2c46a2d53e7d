package explore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// told are the violations that a search told of while it went on.
type told []PropertyReport

func (l *told) add(p PropertyReport) { *l = append(*l, p) }

// agree compares them with the report: each violation that a search can find was told once,
// with the same run and the same words, and nothing else was told.
func (l *told) agree(t failer, r *Report) {
	early := map[string]PropertyReport{}
	for _, p := range *l {
		if _, twice := early[p.Name]; twice {
			t.Fatalf("%s was told twice", p.Name)
		}
		early[p.Name] = p
	}
	for _, p := range r.Properties {
		q, is := early[p.Name]
		late := isAboutRuns(p) || p.Name == Panic && slices.ContainsFunc(r.Properties, isAboutRuns)
		if want := p.Verdict == Violated; is != want && (is || !late) {
			t.Fatalf("%s %s, and told is %v", p.Name, p.Verdict, is)
		}
		if is && (q.Kind != p.Kind || q.Verdict != p.Verdict || q.Detail != p.Detail || fmt.Sprint(q.Trace) != fmt.Sprint(p.Trace)) {
			t.Fatalf("%s was told as %s, %q, %v; the report has %s, %q, %v", p.Name, q.Kind, q.Detail, q.Trace, p.Kind, p.Detail, p.Trace)
		}
		delete(early, p.Name)
	}
	for name := range early {
		t.Fatalf("%s was told, and is not in the report", name)
	}
}

// isAboutRuns reports whether a property is decided when the search is over.
func isAboutRuns(p PropertyReport) bool {
	switch model.Kind(p.Kind) {
	case model.KindEventually, model.KindLeadsTo, model.KindRecurs, model.KindSettles, model.KindTemporal:
		return true
	}
	return false
}

// A violation is told long before the end of the space.
func TestFoundWhileTheSearchGoesOn(t *testing.T) {
	const last = 500
	deepest := 0
	m := chain(last, never(3), reaches(5), never(100))
	do := m.Actions[0].Do
	m.Actions[0].Do = func(s *place, c *model.Choice) bool {
		deepest = max(deepest, s.N)
		return do(s, c)
	}
	var list []string
	r := check(t, m, Options{KeepGoing: true, Workers: 1, Found: func(p PropertyReport) {
		list = append(list, p.Name)
		if at := p.Trace.Length; deepest > at+1 {
			t.Errorf("%s is violated in %d states, and told after %d", p.Name, at, deepest)
		}
	}})
	if got := strings.Join(list, " "); got != "Never3 Never100" || r.Counts.Distinct != last+1 || deepest != last {
		t.Errorf("told %s in %d states", got, r.Counts.Distinct)
	}
}
