package command

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/steps"
	"github.com/muster-mc/muster/explore"
)

// walk runs a model by the steps that were asked for. A misuse shows nothing.
func (p *replay) walk(c *cli.Call) (int, error) {
	m, err := p.Open()
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
		p.showWalk(c, m, w, problem)
	}
	return status, problem
}

// stepsFor reads the steps. They must be given, if only as nothing: perhaps a
// file is meant, and not the model.
func (p *replay) stepsFor(m catalog.Model, c *cli.Call) ([]steps.Pattern, error) {
	if !c.Own.Changed(stepsFlag) {
		return nil, exit.WithHint("replay: which steps?",
			fmt.Sprintf("--%s '' shows where %s starts; if a file is meant, write ./%[2]s", stepsFlag, m.Name()))
	}
	return steps.Parse(p.steps, m)
}

// showWalk shows where a walk went, as far as it did, and what there is.
func (p *replay) showWalk(c *cli.Call, m catalog.Model, w catalog.Walk, problem error) {
	if p.json {
		output.JSON(c.Out, endOf(m, w, firstViolated(w), problem))
		return
	}
	if p.alone("") {
		p.writeWalk(c, m, w, firstViolated(w))
		return
	}
	a := newAnswer(c, p.full)
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
