package liveness

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// progressName is the name in a trace of the demand of Model.Progress: all actions
// together.
const progressName = "(any action)"

// judgeFairness decides whether the loop is fair to every action, and gives a reason
// for each. Actions come in their order, then progress, then the actions that are owed
// nothing, so that a trace is repeatable.
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
		// An action that is possible nowhere in the loop has no label there, and is fair
		// for that reason.
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

// free names an unfair action if the loop could take it and never does: the reader may
// wonder why. A fault is left out, since no one expects a fault to be owed.
func (l *lasso) free(action int, a *account) []trace.Alibi {
	if l.actions[action].Fault != "" || a == nil || a.taken > 0 {
		return nil
	}
	return []trace.Alibi{{Action: l.actions[action].Name, Fairness: trace.NotOwed, Reason: trace.Enabled, State: a.enabled}}
}

// toldSteps returns the labels that are possible in the loop, by action, sorted,
// because the order of a map is random.
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

// account is the record of a label in the loop: the number, in the trace, of a state
// that shows it taken, disabled or enabled.
type account struct {
	taken, disabled, enabled int // the first step's target, the first state without it, the first with it; 0 for none
	scenes                   int // the label is possible in this many scenes, counted from the first without a gap
}

// accounts returns the accounts of all labels that are possible in the loop, and the
// account of all steps together. It visits each scene and each step once: a loop may
// have thousands of either.
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
		// Progress asks for any step, so all steps together have one account.
		if len(s.possible) > 0 {
			all.meet(i, s)
		}
	}
	if !l.stays {
		// Backwards, so that the first step of each label is kept. The step from
		// position i leads to the state with number i+2, since numbers begin at 1.
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

// meet records that a label is possible in the i-th scene. It is called in the order
// of scenes.
func (a *account) meet(i int, s scene) {
	if a.enabled == 0 {
		a.enabled = s.position + 1
	}
	if a.scenes == i {
		a.scenes++
	}
}

// settle sets the first state where the label was not possible: that of the first
// scene after the unbroken ones.
func (a *account) settle(scenes []scene) {
	if a.scenes < len(scenes) {
		a.disabled = scenes[a.scenes].position + 1
	}
}

// judge adds the reason for which the loop is fair to a name, or the problem that it
// is not. That the action was taken is the simplest reason, so it precedes disabled.
// Disabled is no reason for strong fairness if the action is enabled elsewhere in the
// loop.
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
