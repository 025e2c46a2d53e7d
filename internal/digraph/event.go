package digraph

// Event is a kind of step that a run may take again and again: from one of some nodes,
// by whatever label or by some.
type Event struct {
	At Bits   // the nodes from which any step counts; staying there counts too
	By []Bits // by label, those from which a step with the label counts; nil: as At says
}

// has reports whether a step from a node is such an event.
func (e *Event) has(node, label uint32) bool {
	if e.By != nil && e.By[label] != nil {
		return e.By[label].Has(node)
	}
	return e.At.Has(node)
}

// Condition demands of a run that one event happens again and again if another does:
// a Streett pair.
type Condition struct {
	If   *Event // nil: in any case
	Then *Event // nil: never
}

// Meets is the condition that a run meets a set again and again.
func Meets(set Bits) Condition { return Condition{Then: &Event{At: set}} }

// condition translates a condition.
func (p *subgraph) condition(c Condition) Condition { return Condition{p.event(c.If), p.event(c.Then)} }

// event translates an event.
func (p *subgraph) event(e *Event) *Event {
	if e == nil {
		return nil
	}
	in := &Event{At: p.of(e.At)}
	for _, set := range e.By {
		if set != nil {
			set = p.of(set)
		}
		in.By = append(in.By, set)
	}
	return in
}

// isBarred reports whether a loop may not take an edge: a component was searched
// without the steps that would demand what never happens there.
func (f *finder) isBarred(node, label uint32) bool {
	if f.barred == nil {
		return false
	}
	for i, barred := 0, f.barred[node]; barred != 0; i, barred = i+1, barred>>1 {
		if barred&1 != 0 && f.Conditions[i].If.has(node, label) {
			return true
		}
	}
	return false
}

// happens reports whether a component has such an event.
func (f *finder) happens(e *Event, nodes []uint32) bool {
	if e == nil {
		return false
	}
	for _, n := range nodes {
		if e.By == nil {
			if e.At.Has(n) {
				return true
			}
			continue
		}
		to, labels := f.Graph.Edges(n)
		for i, t := range to {
			if label := labels.At(i); e.has(n, label) && f.isInner(n, t, label) {
				return true
			}
		}
	}
	return false
}

// isInner reports whether an edge stays in the component that is judged.
func (f *finder) isInner(node, to, label uint32) bool {
	return to != Nowhere && f.member.Has(to) && !f.isBarred(node, label)
}

// broken are the conditions that going through all of a component breaks. It is
// hopeless if no part of the component meets one of them either.
func (f *finder) broken(nodes []uint32) (broken []int, hopeless bool) {
	for i, c := range f.Conditions {
		switch {
		case f.happens(c.Then, nodes):
		case c.If == nil:
			return nil, true
		case f.happens(c.If, nodes):
			broken = append(broken, i)
		}
	}
	return broken, false
}

// avoid returns those nodes of a component from which a broken condition demands
// nothing, and bars the steps of the others by which it does.
func (f *finder) avoid(nodes []uint32, broken []int) (left []uint32) {
	left = nodes
	for _, i := range broken {
		e := f.Conditions[i].If
		if e.By != nil {
			if f.barred == nil {
				f.barred = make([]uint64, f.Graph.nodes)
			}
			for _, n := range left {
				f.barred[n] |= 1 << i
			}
			continue
		}
		var outside []uint32
		for _, n := range left {
			if !e.At.Has(n) {
				outside = append(outside, n)
			}
		}
		left = outside
	}
	return left
}

// ConditionsMax is the number of conditions that a search can have.
const ConditionsMax = 64
