package command

import (
	"context"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// walk runs a model by the steps that were asked for. A misuse shows nothing.
func (p *replay) walk(t *tool, c *call) (int, error) {
	m, err := p.open()
	if err != nil {
		return exit.Misuse, err
	}
	steps, err := p.stepsFor(m, c)
	if err != nil {
		return exit.Misuse, err
	}
	w, err := m.Replay(context.Background(), nil)
	if err != nil {
		return exit.Misuse, err
	}
	status, problem := follow(w, steps)
	if status != exit.Misuse {
		p.showWalk(t, c, m, w, problem)
	}
	return status, problem
}

// stepsFor reads the steps. They must be given, if only as nothing: perhaps a
// file is meant, and not the model.
func (p *replay) stepsFor(m catalog.Model, c *call) ([]request, error) {
	if !c.own.Changed(stepsFlag) {
		return nil, exit.WithHint("replay: which steps?",
			fmt.Sprintf("--%s '' shows where %s starts; if a file is meant, write ./%[2]s", stepsFlag, m.Name()))
	}
	steps, err := readSteps(p.steps)
	if err != nil {
		return nil, err
	}
	return steps, haveActions(steps, m)
}

// haveActions: the model has the actions of all these steps.
func haveActions(steps []request, m catalog.Model) error {
	known := []string{initAction}
	for _, a := range m.Actions() {
		known = append(known, a.Name)
	}
	for i, s := range steps {
		switch {
		case !slices.Contains(known, s.action):
			return fmt.Errorf("step %d: %w", i+1, catalog.Unknown("action", m.Name(), s.action, known))
		case i > 0 && s.action == initAction:
			return exit.Errorf("step %d: only the first step can be %s", i+1, s.text)
		}
	}
	return nil
}

// follow takes the steps, as far as they are possible.
func follow(w catalog.Walk, steps []request) (int, error) {
	for i, s := range steps {
		if status, err := s.take(w); err != nil {
			return status, fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	return exit.Holds, nil
}

// take takes the step that is meant, if it is clear which, and possible.
func (r request) take(w catalog.Walk) (int, error) {
	next := w.Next()
	places := r.among(next)
	switch len(places) {
	case 0:
		if err := r.unknownArgument(next); err != nil {
			return exit.Misuse, err
		}
		return exit.Violated, r.impossible(next, w.Outside())
	case 1:
		w.Take(places[0])
		return exit.Holds, nil
	}
	return exit.Misuse, r.ambiguous(next, places)
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
