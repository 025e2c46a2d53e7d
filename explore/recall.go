package explore

import (
	"github.com/muster-mc/muster/internal/digraph"
	"github.com/muster-mc/muster/model"
)

// recall is states of which the search has noted all steps. Where those lead is
// found out for many of them together.
type recall struct {
	noted *noted // which had the last state
	fair  []bool // by action: fairness demands something of it
	each  []bool // and tells its steps apart by their arguments

	near    nearKeys
	list    []notedState
	to      []uint64 // the number of each step's state, as in near
	unknown []uint64 // keys of which near has no number
	numbers []uint32 // of those
}

// notedState is a state, and how each of its steps is taken.
type notedState struct {
	state uint32
	how   []uint16
}

func newRecall[S any](actions []model.Action[S]) recall {
	var r recall
	for i := range actions {
		fair := actions[i].Fair
		r.fair, r.each = append(r.fair, fair != model.Unfair), append(r.each, fair.IsEach())
	}
	return r
}

// take adds a state to the list. It reports false if what was noted is not enough:
// nothing, or steps whose labels need their arguments.
func (r *recall) take(from []noted, state uint32) bool {
	number := uint64(state)
	if r.noted == nil || number < r.noted.first || number >= r.noted.end() {
		if r.noted = notedOf(from, number); r.noted == nil {
			return false
		}
	}
	begin, end := r.noted.steps(number)
	leads, how := r.noted.leads[begin:end], r.noted.how[begin:end]
	for _, h := range how {
		if r.each[h>>1] {
			return false
		}
	}
	for i, key := range leads {
		if how[i]&1 != 0 {
			r.to = append(r.to, 0) // and so to Nowhere
			continue
		}
		slot := r.near.slot(key)
		if slot.key != key || slot.number == 0 {
			slot.key, slot.number = key, awaited|uint64(len(r.unknown))
			r.unknown = append(r.unknown, key)
		}
		r.to = append(r.to, slot.number)
	}
	r.list = append(r.list, notedState{state, how})
	return true
}

// find finds out where the steps lead. It reports false if one leads to a state
// that was not found before.
func (r *recall) find(numbers *digraph.Numbers) (ok bool) {
	r.numbers, ok = r.numbers[:0], true
	var some [landingsMax]uint32
	for from := 0; from < len(r.unknown); from += len(some) {
		keys := r.unknown[from:min(from+len(some), len(r.unknown))]
		ok = numbers.OfAll(keys, some[:]) && ok
		r.numbers = append(r.numbers, some[:len(keys)]...)
	}
	for i, key := range r.unknown {
		if slot := r.near.slot(key); slot.number == awaited|uint64(i) {
			slot.number = uint64(r.numbers[i]) + 1
		}
	}
	return ok
}

// number is which state a place in to stands for.
func (r *recall) number(to uint64) uint32 {
	if to&awaited != 0 {
		return r.numbers[to&^awaited]
	}
	return uint32(to - 1)
}

func (r *recall) clear() { r.list, r.to, r.unknown = r.list[:0], r.to[:0], r.unknown[:0] }

// linkRecalled makes the edges of the states on the list.
func (t *tracer[S]) linkRecalled() {
	r := &t.recall
	if !r.find(t.graph.numbers) {
		t.problem = t.engine.unrepeatable()
	}
	to := r.to
	for _, n := range r.list {
		t.chunk.Begin(n.state)
		t.begun, t.demanded, t.moves = int64(n.state), false, false
		for i, h := range n.how {
			target, action := r.number(to[i]), h>>1
			switch {
			case h&1 != 0:
				if t.moves = true; r.fair[action] {
					t.demanded = true
					t.chunk.Add(digraph.Nowhere, uint32(action))
				}
			case target != n.state: // otherwise it changes nothing
				t.moves = true
				t.demanded = t.demanded || r.fair[action]
				t.graph.region.meet(target)
				t.chunk.Add(target, uint32(action))
			}
		}
		to = to[len(n.how):]
		t.leave()
	}
	r.clear()
}
