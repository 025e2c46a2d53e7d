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
	var free []trace.Alibi
	for i := range l.actions {
		a := &l.actions[i]
		if a.Fair == model.Unfair {
			free = append(free, l.free(i)...)
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
	r.Fair = append(r.Fair, free...)
	return r
}

// free names an action that is owed nothing, if the loop could take it and takes it
// nowhere. Of a fault that goes without saying.
func (l *lasso) free(action int) []trace.Alibi {
	a := l.account(func(step label) bool { return step.action == action })
	if l.actions[action].Fault != "" || a.enabled == 0 || a.taken > 0 {
		return nil
	}
	return []trace.Alibi{{Action: l.actions[action].Name, Fairness: trace.NotOwed, Reason: trace.Enabled, State: a.enabled}}
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
// the first of them led to, of the first state where none was possible, and of the
// first state where one was.
type account struct {
	taken, disabled, enabled int // 0 for nowhere
}

func (l *lasso) account(counts func(label) bool) account {
	a := account{}
	for i := l.loop; i < l.positions; i++ {
		enabled := false
		for step := range l.possible[i] {
			enabled = enabled || counts(step)
		}
		if enabled && a.enabled == 0 {
			a.enabled = i + 1
		}
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
	case a.enabled == 0:
		alibi.Reason = trace.NotEnabled
	case a.taken > 0:
		alibi.Reason, alibi.State = trace.Taken, a.taken
	case a.disabled > 0 && !strong:
		alibi.Reason, alibi.State = trace.Disabled, a.disabled
	default:
		r.Problem = fmt.Sprintf("its loop is not fair to %s", name)
	}
	r.Fair = append(r.Fair, alibi)
}
