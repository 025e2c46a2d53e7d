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

// labelling has the labels of steps: one for each action, by its place among those
// that are tried, and after them one for each combination of arguments that fairness
// tells apart. A fair action owes each of its labels a step, so two steps must have
// one label exactly if fairness takes them for one. Workers share it.
type labelling struct {
	mutex sync.Mutex
	list  []label
	known map[label]uint32 // the places of labels with arguments in list
	plain int              // the number of labels of whole actions, which come first

	problem string // why a step has no label, or ""

	// Fairness takes combinations with one text for one, and the report warns if their
	// values differ. exposed has, for each label, the values of the first combination
	// that was met; merged has, for each action, the smallest text that several
	// combinations share. Neither the set of such texts nor its smallest depends on
	// which combination was met first.
	exposed map[label]string
	merged  map[int]string
}

// noteMerged records a combination of arguments whose values differ from its text.
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

// noLabel is the label of a step that lacks an argument named in the FairBy of its
// action.
const noLabel = math.MaxUint32

// refuse records why a step has no label. Of several problems the smallest text is
// kept, whichever worker comes first.
func (l *labelling) refuse(problem string) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.problem == "" || problem < l.problem {
		l.problem = problem
	}
}

// wrong returns the problem that refuse has kept.
func (l *labelling) wrong() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.problem
}

// label is an action, with the text of the arguments that fairness tells apart, or "".
type label struct {
	action    int
	arguments string
}

// of returns the number of a label, and adds the label if it is new.
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
	// The first labels are those of the actions, by their places. So the label of a step
	// whose arguments do not matter is known without a look-up.
	for a := range actions {
		l.list = append(l.list, label{action: a})
	}
	return l
}

// sort puts the labels in an order that does not depend on which was met first, and
// returns the new number of each. Until then, numbers depend on the timing of the
// workers.
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

// fairness returns a demand for each label of a fair action. An action whose arguments
// are told apart has demands for its combinations only; the label of the whole action
// is not used by its steps.
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
