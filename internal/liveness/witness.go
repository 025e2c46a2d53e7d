package liveness

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// progressName is what a trace calls all actions together.
const progressName = "(any action)"

// judgeFairness finds out whether the loop is fair to every action, and how.
func (l *lasso) judgeFairness(progress bool) Judgement {
	r := Judgement{}
	for i := range l.actions {
		a := &l.actions[i]
		if a.Fair == model.Unfair {
			continue
		}
		for _, step := range l.labelsOf(i) {
			name := a.Name
			if step.arguments != "" {
				name += "(" + step.arguments + ")"
			}
			r.judge(name, a.Fair.IsStrong(), l.account(func(other label) bool { return other == step }))
		}
	}
	if progress {
		r.judge(progressName, false, l.account(func(label) bool { return true }))
	}
	return r
}

// labelsOf are an action's steps in the loop that fairness tells apart; of a
// fair action without any, one for all of it.
func (l *lasso) labelsOf(action int) []label {
	var list []label
	for _, possible := range l.possible[l.loop:] {
		for step := range possible {
			if step.action == action && !slices.Contains(list, step) {
				list = append(list, step)
			}
		}
	}
	slices.SortFunc(list, func(a, b label) int { return cmp.Compare(a.arguments, b.arguments) })
	if len(list) == 0 {
		list = append(list, label{action: action})
	}
	return list
}

// account says what became of some steps in the loop: the numbers of the state that
// the first of them led to, and of the first state where none was possible.
type account struct {
	taken, disabled int // 0 for nowhere
	enabled         bool
}

func (l *lasso) account(counts func(label) bool) account {
	a := account{}
	for i := l.loop; i < l.positions; i++ {
		enabled := false
		for step := range l.possible[i] {
			enabled = enabled || counts(step)
		}
		a.enabled = a.enabled || enabled
		if !enabled && a.disabled == 0 {
			a.disabled = i + 1
		}
		if !l.stays && counts(l.steps[i]) && a.taken == 0 {
			a.taken = i + 2
		}
	}
	return a
}

func (r *Judgement) judge(name string, strong bool, a account) {
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
		r.Problem = fmt.Sprintf("its loop is not fair to %s", name)
	}
	r.Fair = append(r.Fair, alibi)
}
