package command

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/steps"
	"github.com/muster-mc/muster/explore"
)

// walk runs a model by the steps that were asked for. A misuse shows nothing.
func (p *replay) walk(t *tool, c *call) (int, error) {
	m, err := p.open()
	if err != nil {
		return exit.Misuse, err
	}
	list, err := p.stepsFor(m, c)
	if err != nil {
		return exit.Misuse, err
	}
	w, err := m.Replay(context.Background(), nil)
	if err != nil {
		return exit.Misuse, err
	}
	status, problem := steps.Follow(w, list)
	if status != exit.Misuse {
		p.showWalk(t, c, m, w, problem)
	}
	return status, problem
}

// stepsFor reads the steps. They must be given, if only as nothing: perhaps a
// file is meant, and not the model.
func (p *replay) stepsFor(m catalog.Model, c *call) ([]steps.Pattern, error) {
	if !c.own.Changed(stepsFlag) {
		return nil, exit.WithHint("replay: which steps?",
			fmt.Sprintf("--%s '' shows where %s starts; if a file is meant, write ./%[2]s", stepsFlag, m.Name()))
	}
	return steps.Parse(p.steps, m)
}

// showWalk shows where a walk went, as far as it did, and what there is.
func (p *replay) showWalk(t *tool, c *call, m catalog.Model, w catalog.Walk, problem error) {
	if p.json {
		output.JSON(t.out, endOf(m, w, firstViolated(w), problem))
		return
	}
	if p.alone("") {
		p.writeWalk(t, c, m, w, firstViolated(w))
		return
	}
	a := t.answer(c, p.full)
	a.header(m.Entry(), m.Settings())
	w.Trace().Text(a.w, a.text)
	a.ending(m, w)
}

// firstViolated is what a walk can be recorded for, if there is anything.
func firstViolated(w catalog.Walk) explore.PropertyReport {
	for _, p := range w.Findings() {
		if isViolated(p) {
			return p
		}
	}
	return explore.PropertyReport{}
}
