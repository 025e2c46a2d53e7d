package drive

import (
	"fmt"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/tour"
)

// shortener makes a failing run shorter. The real system is the judge: a shorter run
// counts only if the system fails in it, too, in whatever way. What the model does not
// permit is not tried.
type shortener[S any] struct {
	*driver[S]
	t     *testing.T
	left  int                 // trials
	tried int                 // trials
	known map[string]*failure // by orders: what became of runs

	flaky  bool // the run did not fail again
	exact  bool // the system did what was asked for, and decided nothing else
	proven int  // no run of at most so many steps fails
}

// shorten goes from what promises most to what is most thorough: the last step where the
// model first permits it; pieces left out, and detours cut, until neither helps; all
// shorter runs with the same last step, and all shorter runs whatsoever, as far as they
// are few enough.
func (s *shortener[S]) shorten(f *failure) *failure {
	again := s.judge(f.orders)
	if again == nil {
		s.flaky = true
		return f
	}
	f = s.shallow(s.exactly(again))
	for {
		before := len(f.orders)
		f = s.cut(s.dropSome(s.drop(f)))
		if len(f.orders) == before {
			break
		}
	}
	return s.exhaust(s.rephrase(f))
}

// exactly asks for what the system has done in the place of what was asked for, and for
// what it has done by itself, if the run then fails too. The model alone then tells where
// a run leads, and candidates that it does not permit cost nothing.
func (s *shortener[S]) exactly(f *failure) *failure {
	var orders []order
	for p := f.place; p.Before != nil; p = p.Before {
		var here []order
		if n := f.notes[p]; n != nil {
			here = n.refused
		}
		orders = slices.Concat([]order{order(s.graph.LabelOf(p))}, here, orders)
	}
	if f.before || f.last().isRefusal() {
		orders = append(orders, f.last())
	}
	if g := s.judge(orders); g != nil {
		f, s.exact = g, true
	}
	return f
}

// said is what became of the attempt.
func (s *shortener[S]) said(long, short *failure) string {
	if s.flaky {
		return "the same steps did not fail again: the system is not the same on every run, so the run is not shortened"
	}
	runs := number.Count(s.tried, "more run") + " of the system"
	text := fmt.Sprintf("shortened from %s to %d, by %s", number.Count(len(long.orders)-1, "step"), len(short.orders)-1, runs)
	if len(short.orders) == len(long.orders) {
		text = fmt.Sprintf("as found, in %s; %s made it no shorter", number.Count(len(long.orders)-1, "step"), runs)
	}
	switch {
	case len(short.orders) <= 2 || s.proven == len(short.orders)-2:
		text += "; no shorter run fails"
	case s.proven > 0:
		text += fmt.Sprintf("; no run of at most %s fails", number.Count(s.proven, "step"))
	}
	return text
}

// judge runs the real system by these steps, and returns how it fails, or nil. A run is
// not made twice.
func (s *shortener[S]) judge(orders []order) *failure {
	key := fmt.Sprint(orders)
	if f, known := s.known[key]; known {
		return f
	}
	if s.left == 0 || s.isLate() || s.exact && s.nodes(orders) == nil {
		return nil
	}
	s.left--
	s.tried++
	_, f := s.follow(s.t, "shorter", orders)
	if f != nil && f.isError {
		f = nil
	}
	s.known[key] = f
	return f
}

// shorter returns the failure of a run if it is shorter than one that is known.
func (s *shortener[S]) shorter(orders []order, than *failure) (*failure, bool) {
	if len(orders) > len(than.orders) {
		return than, false
	}
	if f := s.judge(orders); f != nil && len(f.orders) < len(than.orders) {
		return f, true
	}
	return than, false
}

// shallowMax is how many places of the failing step are tried.
const shallowMax = 20

// shallow tries the failing step where the model permits it after the fewest steps. Most
// failures depend on the last step and on little of the way there.
func (s *shortener[S]) shallow(f *failure) *failure {
	last := f.last()
	ways := s.graph.Ways(tour.Root)
	var nodes []int
	for n := range s.graph.Nodes() {
		if n != tour.Root && ways.Distance(n) >= 0 && s.graph.Permits(tour.Belief{{Node: int32(n)}}, last.label()) != last.isRefusal() {
			nodes = append(nodes, n)
		}
	}
	slices.SortStableFunc(nodes, func(a, b int) int { return ways.Distance(a) - ways.Distance(b) })
	for _, n := range nodes[:min(len(nodes), shallowMax)] {
		if ways.Distance(n)+1 >= len(f.orders) {
			break
		}
		if g, ok := s.shorter(append(ordersOf(ways.To(n)), last), f); ok {
			return g
		}
	}
	return f
}

// drop leaves out pieces of the run, long ones first. It is the idea of delta debugging
// (Zeller and Hildebrandt 2002), without its subsets, for what follows a piece is seldom
// possible without it.
func (s *shortener[S]) drop(f *failure) *failure {
	for size := (len(f.orders) - 1) / 2; size > 0; {
		shorter := false
		for at := 1; at+size < len(f.orders); { // Init stays, and so does the last step
			var ok bool
			if f, ok = s.shorter(slices.Concat(f.orders[:at], f.orders[at+size:]), f); ok {
				shorter = true
			} else {
				at++
			}
		}
		if !shorter || size >= len(f.orders)-1 {
			size /= 2
		}
	}
	return f
}

// dropSome leaves out two or three steps that need not be neighbours, such as the steps
// by which another actor takes and gives back something.
func (s *shortener[S]) dropSome(f *failure) *failure {
	if !s.exact {
		return f
	}
	for count := 2; count <= 3; {
		if g, ok := s.without(f, count, 1, nil); ok {
			f, count = g, 2
		} else {
			count++
		}
	}
	return f
}

// without leaves out so many steps from a place on, beside those that are left out.
func (s *shortener[S]) without(f *failure, count, from int, out []int) (*failure, bool) {
	if count == 0 {
		var orders []order
		for i, o := range f.orders {
			if !slices.Contains(out, i) {
				orders = append(orders, o)
			}
		}
		return s.shorter(orders, f)
	}
	for i := from; i < len(f.orders)-1; i++ {
		if g, ok := s.without(f, count-1, i+1, append(out, i)); ok {
			return g, true
		}
	}
	return f, false
}

// cut replaces pieces of the run by shorter ways between their ends in the model.
func (s *shortener[S]) cut(f *failure) *failure {
	for from := 0; from < len(f.orders)-1; from++ {
		nodes := s.nodes(f.orders)
		if nodes == nil {
			return f
		}
		ways := s.graph.Ways(nodes[from])
		for to := len(f.orders) - 1; to > from+1; to-- {
			if d := ways.Distance(nodes[to]); d < 0 || d >= to-from {
				continue
			}
			var ok bool
			if f, ok = s.shorter(slices.Concat(f.orders[:from], ordersOf(ways.To(nodes[to])), f.orders[to:]), f); ok {
				break
			}
		}
	}
	return f
}

// nodes are the nodes before each order, if the system does as it is told: nil if an order
// is not possible, or leads to several.
func (s *shortener[S]) nodes(orders []order) []int {
	b := tour.Start()
	var nodes []int
	for _, o := range orders {
		if len(b) != 1 || s.graph.Permits(b, o.label()) == o.isRefusal() {
			return nil
		}
		nodes = append(nodes, int(b[0].Node))
		if !o.isRefusal() {
			b = s.graph.After(b, func(l int32) bool { return l == o.label() })
		}
	}
	return nodes
}

func ordersOf(labels []int32) []order {
	var orders []order
	for _, l := range labels {
		orders = append(orders, order(l))
	}
	return orders
}

// rephrase tries all shorter runs with the same last step, the shortest first, as long as
// they take no more than half of the trials that are left.
func (s *shortener[S]) rephrase(f *failure) *failure {
	if f.last().isRefusal() {
		return f
	}
	for steps := 1; steps < len(f.orders)-1; steps++ { // Init is no step
		runs := s.graph.Runs(steps+1, s.left/2, func(label int32) bool { return label == f.last().label() })
		if runs == nil {
			break // there are too many
		}
		for _, labels := range runs {
			if g, ok := s.shorter(ordersOf(labels), f); ok {
				return g
			}
		}
	}
	return f
}

// exhaust tries all runs that are shorter, if they are not more than the trials that are
// left; otherwise all runs up to a length. A run stands for all that begin it. Refusals
// are not tried in all places, so that nothing is proved of a run with some.
func (s *shortener[S]) exhaust(f *failure) *failure {
	if slices.ContainsFunc(f.orders, order.isRefusal) {
		return f
	}
	for steps := len(f.orders) - 2; steps > 0; steps-- { // Init is no step
		runs := s.graph.Runs(steps+1, s.left, nil)
		if runs == nil {
			continue // there are too many
		}
		for _, labels := range runs {
			if g, ok := s.shorter(ordersOf(labels), f); ok {
				return s.exhaust(g)
			}
		}
		if !s.isLate() {
			s.proven = steps
		}
		break
	}
	return f
}
