package explore

import (
	"fmt"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// jury judges the place where a player stands, all of it and at leisure. What
// panics in the model's code leaves the rest its say.
type jury struct {
	*player
	findings []PropertyReport
	panicked string // what panicked first, and how
}

func (j *jury) find(name, kind string, v Verdict, detail string) {
	j.findings = append(j.findings, PropertyReport{Name: name, Kind: kind, Verdict: v, Detail: detail})
}

// judge asks one property.
func (j *jury) judge(i int) {
	p := &j.model.Properties[i]
	if p.IsTemporal() {
		j.judgeRun(p)
		return
	}
	switch remarkable := j.denies("property "+p.Name, func() bool { return j.expects(p) }); {
	case remarkable && p.IsReachable():
		j.find(p.Name, string(p.Kind), Reached, "")
	case remarkable:
		j.find(p.Name, string(p.Kind), Violated, j.explain(i))
	}
}

// expects: the property has nothing to report of this place.
func (j *jury) expects(p *system.Property) bool {
	switch {
	case j.run.Length == 0:
		return true
	case p.Kind == model.KindAlwaysStep:
		return j.run.Length == 1 || p.Step(j.before, j.state)
	}
	return p.State(j.state) != p.IsReachable()
}

// denies: this part of the model's code says no. If it panics it says nothing.
func (j *jury) denies(what string, code func() bool) bool {
	defer func() {
		if v := recover(); v != nil {
			j.panics(what, v)
		}
	}()
	return !code()
}

// panics notes a panic, when called from the deferred function that recovered.
func (j *jury) panics(what string, v any) {
	if j.panicked == "" {
		j.panicked = fmt.Sprintf("%s panicked: %v%s", what, v, whereItPanicked())
	}
}

// isStuck: there is a deadlock here. Where a search would not go on, because of
// the constraint or of a panic, there is none.
func (j *jury) isStuck() bool {
	m, begun := j.model, j.run.Length > 0
	isInside := func() bool { return m.Constraint == nil || m.Constraint(j.state) }
	isEnd := func() bool { return m.Terminal != nil && m.Terminal(j.state) }
	if begun && j.denies("Constraint", isInside) {
		return false
	}
	leadsOn := j.leadsOn()
	return begun && !leadsOn && !m.AllowDeadlock && j.panicked == "" && j.denies("Terminal", isEnd)
}

// leadsOn tries every action in every way.
func (j *jury) leadsOn() (somewhere bool) {
	work := j.codec.Make()
	space := j.codec.New()
	for a, o := range j.ways() {
		space.Copy(work, j.state)
		somewhere = j.try(a, work, o) || somewhere
	}
	return somewhere
}

func (j *jury) try(a system.Action, s system.State, o *model.Odometer) (enabled bool) {
	defer func() {
		if v := recover(); v != nil && !o.Void() {
			step := trace.Step{Action: a.Name, Arguments: j.argumentsOf(a, o.Answers(nil))}
			j.panics(step.Label(), v)
		}
	}()
	return a.Do(s, o.Choice()) && !o.Void()
}

// explain asks a violated property what is wrong here.
func (p *player) explain(property int) (detail string) {
	if property >= len(p.model.Properties) {
		return ""
	}
	return p.explainBy(&p.model.Properties[property])
}

func (p *player) explainBy(c *system.Property) (detail string) {
	defer func() {
		if recover() != nil {
			detail = "(the property's explanation panicked)"
		}
	}()
	switch {
	case c.ExplainStep != nil && c.Kind == model.KindAlwaysStep:
		return c.ExplainStep(p.before, p.state)
	case c.Explain != nil:
		return c.Explain(p.state)
	}
	return ""
}
