package digraph

// Event is a kind of step that a run may take infinitely often: a step from certain
// nodes, with any label or with certain labels. Temporal claims need both: a predicate
// is an event of nodes, the taking of an action an event of labels.
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

// Condition demands of a run that Then happens infinitely often if If does: a Streett
// pair. Strong fairness has the same form, with "enabled" as If and "taken" as Then,
// but is kept apart as [Fairness]: a model may have thousands of demands, and for each
// one the nodes that enable it are read from the edges, without a set of nodes.
type Condition struct {
	If   *Event // nil: Then is demanded in any case
	Then *Event // nil: Then never happens, so If may happen only finitely often
}

// Meets is the condition that a run meets a set infinitely often: a Büchi acceptance
// set.
func Meets(set Bits) Condition { return Condition{Then: &Event{At: set}} }

// condition translates a condition to the nodes of the subgraph.
func (p *subgraph) condition(c Condition) Condition { return Condition{p.event(c.If), p.event(c.Then)} }

// event translates an event to the nodes of the subgraph. Labels stay as they are.
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

// isBarred reports whether a loop may not take an edge, because the edge is the If of
// a condition whose Then is out of reach there. A bar is never lifted: once set, its
// node is searched again only as a part of the component for which the bar was set,
// and in every part of that component Then is out of reach as well.
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

// happens reports whether a run through all of a component has an event. An event of
// labels requires an inner edge with such a label: an edge that leaves the component
// can be taken only once.
func (f *finder) happens(e *Event, nodes []uint32) bool {
	if e == nil {
		return false
	}
	for _, n := range nodes {
		// A component has at least two nodes, so the run takes a step from each of
		// them.
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

// broken returns the conditions that a run through all of a component breaks. The
// component is hopeless if it lacks an event that is demanded in any case: a part of
// the component has no more events than the whole. If only some If calls for the
// missing event, a part without the If may still do.
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
// nothing. If the If is an event of labels, avoid keeps the nodes and bars their edges
// instead: other edges of the same nodes may belong to a fair cycle.
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
const ConditionsMax = 64 // the bits of an entry of finder.barred
