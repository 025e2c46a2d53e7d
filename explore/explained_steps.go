package explore

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/explain"
	"github.com/muster-mc/muster/internal/search"
)

// StepsReport is what steps from the states that were found say of the model. It is measured
// on all of them or on a sample, and claims nothing of other states.
type StepsReport struct {
	// Joins are the actions that can be joined with the step before them.
	Joins []JoinReport `json:"joins"`

	// Apart are the parts of the state that never meet the rest of it.
	Apart []ApartReport `json:"apart"`
}

// Looked says which states were looked at.
type Looked struct {
	States uint64 `json:"states"`
	Whole  bool   `json:"whole"` // these are all states that the run has found
}

// JoinReport is an action that can be joined with the step before it: each step that enables
// the action does the action too, at once, and as often as it is enabled. That leaves out the
// states in which the action is enabled, and nothing that a property of states or steps, the
// Constraint or Terminal says becomes another.
type JoinReport struct {
	Action string `json:"action"`

	// Alone: no other action is enabled where the action is. Otherwise it commutes with
	// every step that can be taken there: either can follow the other, and both orders
	// lead to one state.
	Alone bool `json:"alone"`

	// Enabled is in how many of the states that were looked at the action is enabled,
	// and Fewer how many times fewer there would be without these.
	Enabled uint64  `json:"enabled"`
	Fewer   float64 `json:"fewer"`

	Looked
}

// ApartReport is a part of the state that never meets the rest: no step changes both, and what
// steps do to the one, and whether they are enabled, depends on the one alone.
type ApartReport struct {
	Parts []string `json:"parts"` // fields of the state, or elements of arrays: Servers[0]

	// Alike are parts that are the same but for an index: with the same values and the same steps.
	// None of them meets another.
	Alike [][]string `json:"alike,omitempty"`

	// Fewer is how many times fewer states there would be with one of those that are alike
	// or, if there is no other one, with the part and the rest in a model of their own each.
	// It is zero if the run was cut: how many states there are is not known then.
	Fewer float64 `json:"fewer,omitempty"`

	Looked
}

// fewerLeast is the least gain that advice is given for.
const fewerLeast = 1.2

// measureSteps measures the steps, if an explanation is asked for. After a panic or a breach
// of the rules nothing could be said of them.
func (r *run) measureSteps() {
	found := r.result.Found
	if r.explainer == nil || r.failed != nil || found.Of(search.Breach).Exists || found.Of(search.Panic).Exists {
		return
	}
	r.measured = r.explainer.Measure(explain.Question{
		Properties: r.properties, Orbits: r.orbits,
		Distinct: r.result.Counts.Distinct, Cut: r.result.Stop != nil,
	})
}

// adviseSteps says what follows from the steps.
func (x *Explanation) adviseSteps(r *run) {
	s := &StepsReport{Joins: r.joins(), Apart: r.apart()}
	if len(s.Joins)+len(s.Apart) == 0 {
		return
	}
	x.Steps = s
	for _, j := range s.Joins {
		x.Advice = append(x.Advice, r.joinAdvice(j))
	}
	for _, a := range s.Apart {
		x.Advice = append(x.Advice, r.apartAdvice(a))
	}
}

// joins are the joins that gain something, those first that gain the most.
func (r *run) joins() []JoinReport {
	list := []JoinReport{}
	m := &r.measured
	actions := search.Actions(r.system, r.options.WithoutFaults)
	for _, j := range m.Joins {
		fewer := float64(m.States) / float64(m.States-j.Enabled)
		if fewer < fewerLeast {
			continue
		}
		list = append(list, JoinReport{
			Action: actions[j.Action].Name, Alone: j.Alone, Enabled: j.Enabled, Fewer: fewer,
			Looked: Looked{m.States, m.Whole},
		})
	}
	slices.SortStableFunc(list, func(a, b JoinReport) int { return -cmp.Compare(a.Fewer, b.Fewer) })
	return list
}

func (r *run) joinAdvice(j JoinReport) string {
	because := "it commutes with every step beside it, and no property sees it"
	if j.Alone {
		because = "where it is enabled no other action is, and no property sees it"
	}
	advice := fmt.Sprintf("%s%s can be joined with the step before it, which then does it at once: about %s times fewer %s; %s%s",
		r.onSample(j.Looked, r.things()), j.Action, times(j.Fewer), r.things(), because, r.onAll(j.Looked, r.things()))
	if names := r.ofRuns(); len(names) > 0 {
		advice += "; that says nothing of " + strings.Join(names, ", ") + ", about whole runs"
	}
	return advice
}

// ofRuns are the properties about whole runs that are checked. To join steps changes which
// runs are fair.
func (r *run) ofRuns() (names []string) {
	for _, i := range r.properties {
		if p := &r.system.Properties[i]; p.IsTemporal() {
			names = append(names, p.Name)
		}
	}
	return names
}

// apart are the parts that never meet the rest, those that are alike together.
func (r *run) apart() []ApartReport {
	list := []ApartReport{}
	m := &r.measured
	looked := Looked{m.ApartStates, m.ApartWhole}
	for i, a := range m.Apart {
		if a.Like != i {
			continue
		}
		report := ApartReport{Parts: a.Parts, Looked: looked}
		alike := 0
		for k, b := range m.Apart {
			if b.Like == i && k != i {
				report.Alike = append(report.Alike, b.Parts)
				alike++
			}
		}
		report.Fewer = r.fewerApart(a, alike)
		if report.Fewer == 0 || report.Fewer >= fewerLeast {
			list = append(list, report)
		}
	}
	if len(list) == 2 && len(m.Apart) == 2 { // each is the other's rest
		list = list[:1]
	}
	return list
}

// fewerApart is how many times fewer states there would be. States of the part and of the
// rest come in all combinations.
func (r *run) fewerApart(a explain.Apart, alike int) float64 {
	if r.result.Stop != nil {
		return 0
	}
	found, all := float64(r.result.Counts.Distinct), float64(r.result.Counts.Distinct)
	if r.orbits != nil {
		all = float64(r.result.Counts.Symmetric)
	}
	if alike == 0 {
		return found / float64(a.Values+a.Rest)
	}
	return found / (all / math.Pow(float64(a.Values), float64(alike)))
}

func (r *run) apartAdvice(a ApartReport) string {
	names := []string{strings.Join(a.Parts, " with ")}
	for _, parts := range a.Alike {
		names = append(names, strings.Join(parts, " with "))
	}
	last := len(names) - 1
	who, what := strings.Join(names[:last], ", ")+" and "+names[last], "check one of them"
	if last == 0 {
		who, what = names[0]+" and the rest of the state", "check each in a model of its own"
	}
	gain := ""
	if a.Fewer > 0 {
		gain = fmt.Sprintf(": about %s times fewer %s", times(a.Fewer), r.things())
	}
	return fmt.Sprintf("%s%s never touch: %s, unless a property compares them%s%s",
		r.onSample(a.Looked, "states"), who, what, gain, r.onAll(a.Looked, "states"))
}

// times is a factor in words.
func times(factor float64) string {
	if factor < 100 {
		return fmt.Sprintf("%.1f", factor)
	}
	return fmt.Sprintf("%.0f", factor)
}

// things are what the run counts.
func (r *run) things() string {
	if r.orbits != nil {
		return "orbits"
	}
	return "states"
}

// onSample begins a sentence about a sample.
func (r *run) onSample(l Looked, things string) string {
	if l.Whole {
		return ""
	}
	return fmt.Sprintf("on %d sampled %s, ", l.States, things)
}

// onAll ends a sentence about all that was found.
func (r *run) onAll(l Looked, things string) string {
	switch {
	case !l.Whole:
		return ""
	case r.result.Stop != nil:
		return fmt.Sprintf(" (on all %d %s that were found)", l.States, things)
	}
	return fmt.Sprintf(" (on all %d %s)", l.States, things)
}
