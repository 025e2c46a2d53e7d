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
	accounts, all := l.accounts()
	told := toldSteps(accounts, len(l.actions))
	var free []trace.Alibi
	for i := range l.actions {
		a := &l.actions[i]
		if a.Fair == model.Unfair {
			free = append(free, l.free(i, accounts[label{action: i}])...)
			continue
		}
		for _, step := range told[i] {
			name := a.Name
			if step.arguments != "" {
				name += "(" + step.arguments + ")"
			}
			r.judge(name, a.Fair.IsStrong(), *accounts[step])
		}
		if len(told[i]) == 0 {
			r.judge(a.Name, a.Fair.IsStrong(), account{})
		}
	}
	if progress {
		r.judge(progressName, false, all)
	}
	r.Fair = append(r.Fair, free...)
	return r
}

// free names an action that is owed nothing, if the loop could take it and takes it
// nowhere. Of a fault that goes without saying. The account is that of all its steps.
func (l *lasso) free(action int, a *account) []trace.Alibi {
	if l.actions[action].Fault != "" || a == nil || a.taken > 0 {
		return nil
	}
	return []trace.Alibi{{Action: l.actions[action].Name, Fairness: trace.NotOwed, Reason: trace.Enabled, State: a.enabled}}
}

// toldSteps are the steps possible in the loop that fairness tells apart, by action.
func toldSteps(accounts map[label]*account, actions int) [][]label {
	told := make([][]label, actions)
	for step := range accounts {
		told[step.action] = append(told[step.action], step)
	}
	for _, list := range told {
		slices.SortFunc(list, func(a, b label) int { return cmp.Compare(a.arguments, b.arguments) })
	}
	return told
}

// account says what became of some steps in the loop: the numbers of the state that
// the first of them led to, of the first state where none was possible, and of the
// first state where one was.
type account struct {
	taken, disabled, enabled int // 0 for nowhere
	scenes                   int // it is possible in this many scenes from the first on
}

// accounts are those of all steps that are possible in the loop, and of all steps
// together. It goes once through the possible steps of the different states of the
// loop, and once through the steps taken: a loop may have thousands of either.
func (l *lasso) accounts() (accounts map[label]*account, all account) {
	accounts = map[label]*account{}
	for i, s := range l.scenes {
		for _, step := range s.possible {
			a := accounts[step]
			if a == nil {
				a = &account{}
				accounts[step] = a
			}
			a.meet(i, s)
		}
		if len(s.possible) > 0 {
			all.meet(i, s)
		}
	}
	if !l.stays {
		for i := l.positions - 1; i >= l.loop; i-- {
			if a := accounts[l.steps[i]]; a != nil {
				a.taken = i + 2
			}
			all.taken = i + 2
		}
	}
	for _, a := range accounts {
		a.settle(l.scenes)
	}
	all.settle(l.scenes)
	return accounts, all
}

// meet notes that a step is possible in a scene. Scenes come in order.
func (a *account) meet(i int, s scene) {
	if a.enabled == 0 {
		a.enabled = s.position + 1
	}
	if a.scenes == i {
		a.scenes++
	}
}

// settle finds the first state where the step was not possible.
func (a *account) settle(scenes []scene) {
	if a.scenes < len(scenes) {
		a.disabled = scenes[a.scenes].position + 1
	}
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
