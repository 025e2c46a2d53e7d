package liveness

import (
	"cmp"
	"math"
	"slices"
	"sync"

	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// labels are the kinds of step: one for each action, by its place among those
// that are tried, and after them one for each combination of arguments that
// fairness tells apart.
type labelling struct {
	mutex sync.Mutex
	list  []label
	known map[label]uint32 // those with arguments told apart
	plain int              // how many are for whole actions

	problem string // why a step has no label, or nothing

	// Fairness takes combinations that have one text for one. By label, one of them
	// with its values, and by action the first text that several have.
	exposed map[label]string
	merged  map[int]string
}

// noteMerged notes a combination of arguments with its values.
func (l *labelling) noteMerged(step label, exposed string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	one, known := l.exposed[step]
	if !known {
		l.exposed[step] = exposed
		return
	}
	if text, some := l.merged[step.action]; one != exposed && (!some || step.arguments < text) {
		l.merged[step.action] = step.arguments
	}
}

// noLabel is the label of a step that lacks an argument by which its action is fair.
const noLabel = math.MaxUint32

// refuse notes why a step has no label.
func (l *labelling) refuse(problem string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.problem == "" || problem < l.problem {
		l.problem = problem
	}
}

func (l *labelling) wrong() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.problem
}

// label is an action, and the arguments that fairness tells apart as text.
type label struct {
	action    int
	arguments string
}

// of returns the label of a step, and makes it if there is none.
func (l *labelling) of(step label) uint32 {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	i, ok := l.known[step]
	if !ok {
		i = uint32(len(l.list))
		l.list = append(l.list, step)
		l.known[step] = i
	}
	return i
}

// newLabels returns the labels of this many actions.
func newLabels(actions int) *labelling {
	l := &labelling{known: map[label]uint32{}, plain: actions, exposed: map[label]string{}, merged: map[int]string{}}
	for a := range actions {
		l.list = append(l.list, label{action: a})
	}
	return l
}

// sort puts the labels in an order that does not depend on which was met first,
// and returns the new place of each.
func (l *labelling) sort() (moved []uint32) {
	sorted := slices.Clone(l.list)
	slices.SortStableFunc(sorted[l.plain:], func(a, b label) int {
		return cmp.Or(cmp.Compare(a.action, b.action), cmp.Compare(a.arguments, b.arguments))
	})
	moved = make([]uint32, len(l.list))
	for i := range l.plain {
		moved[i] = uint32(i)
	}
	for i, step := range sorted[l.plain:] {
		moved[l.known[step]] = uint32(l.plain + i)
		l.known[step] = uint32(l.plain + i)
	}
	l.list = sorted
	return moved
}

// fairness is a demand for each label of a fair action: its own, where the
// combinations of arguments are told apart.
func fairness(l *labelling, actions []system.Action) digraph.Fairness {
	f := digraph.Fairness{DemandOf: make([]int, len(l.list))}
	for i, step := range l.list {
		f.DemandOf[i] = -1
		kind := actions[step.action].Fair
		if kind == model.Unfair || kind.IsEach() != (i >= l.plain) {
			continue
		}
		f.DemandOf[i] = len(f.Strong)
		f.Strong = append(f.Strong, kind.IsStrong())
	}
	return f
}
