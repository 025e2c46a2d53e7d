package explore

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// progressName is what a trace calls all actions together.
const progressName = "(any action)"

// judgeFairness finds out whether the loop is fair to every action, and how.
func (w *word) judgeFairness(progress bool) refutation {
	r := refutation{}
	for i := range w.actions {
		a := &w.actions[i]
		if a.Fair == model.Unfair {
			continue
		}
		for _, l := range w.labelsOf(i) {
			name := a.Name
			if l.arguments != "" {
				name += "(" + l.arguments + ")"
			}
			r.judge(name, a.Fair.IsStrong(), w.account(func(other label) bool { return other == l }))
		}
	}
	if progress {
		r.judge(progressName, false, w.account(func(label) bool { return true }))
	}
	return r
}

// labelsOf are an action's steps in the loop that fairness tells apart; of a
// fair action without any, one for all of it.
func (w *word) labelsOf(action int) []label {
	var list []label
	for _, possible := range w.possible[w.loop:] {
		for l := range possible {
			if l.action == action && !slices.Contains(list, l) {
				list = append(list, l)
			}
		}
	}
	slices.SortFunc(list, func(a, b label) int { return cmp.Compare(a.arguments, b.arguments) })
	if len(list) == 0 {
		list = append(list, label{action: action})
	}
	return list
}

// account is what became of some steps in the loop: the numbers of the states
// that the first of them led to, and where first none was possible.
type account struct {
	taken, disabled int // 0 for nowhere
	enabled         bool
}

func (w *word) account(counts func(label) bool) account {
	a := account{}
	for i := w.loop; i < w.positions; i++ {
		enabled := false
		for l := range w.possible[i] {
			enabled = enabled || counts(l)
		}
		a.enabled = a.enabled || enabled
		if !enabled && a.disabled == 0 {
			a.disabled = i + 1
		}
		if !w.stays && counts(w.steps[i]) && a.taken == 0 {
			a.taken = i + 2
		}
	}
	return a
}

func (r *refutation) judge(name string, strong bool, a account) {
	alibi := trace.Alibi{Action: name, Fairness: string(model.Weak)}
	if strong {
		alibi.Fairness = string(model.Strong)
	}
	switch {
	case !a.enabled:
		alibi.Reason = trace.NeverEnabled
	case a.taken > 0:
		alibi.Reason, alibi.State = trace.Taken, a.taken
	case a.disabled > 0 && !strong:
		alibi.Reason, alibi.State = trace.Disabled, a.disabled
	default:
		r.problem = fmt.Sprintf("its loop is not fair to %s", name)
	}
	r.fair = append(r.fair, alibi)
}

// judgeRun asks a property about whole runs, if the run has a loop.
func (j *jury) judgeRun(p *system.Property) {
	if j.run.Loop == 0 {
		return
	}
	for _, c := range claimsOf(p.Formula) {
		var r refutation
		refuted := j.denies("property "+p.Name, func() bool {
			r = refute(newPlayer(j.model, j.actions), &j.run, c.formula)
			return r.problem != ""
		})
		if refuted {
			j.find(p.Name, string(p.Kind), Violated, explained(c.label, p, j.player))
			return
		}
	}
}
