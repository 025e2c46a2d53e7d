package drive

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/tour"
)

// trial is one run of the real system, beside the model.
type trial[S any] struct {
	graph    *tour.Graph
	isHidden func(label int32) bool
	system   System[S]
	doing    *atomic.Pointer[doing]

	belief tour.Belief
	orders []order // what the system was told, and did or refused
	steps  int     // that it took, after Init
	asIs   bool    // it begins where it begins
	notes  map[*tour.Place]*note
	failed *failure
}

// order is what a system is told: to take a step, or, as the complement of its label, to
// refuse one.
type order int32

func (o order) isRefusal() bool { return o < 0 }

func (o order) label() int32 {
	if o.isRefusal() {
		return int32(^o)
	}
	return int32(o)
}

// doing is a step that a system is taking, and the orders before, for another goroutine.
type doing struct {
	label  int32
	before []order
}

// note is what is known of a place where the system may be: the step that was ordered and
// led there, what the system decided in it, and what it refused there. A place without a
// note was reached unseen.
type note struct {
	order   order
	says    string
	refused []order
}

// failure is what a trial has found.
type failure struct {
	orders  []order // the last one failed
	problem string  // in a few words
	isError bool    // of the code that connects the system with the model

	// What the model says: a place where it may be after the last step, which is the
	// nearest one to what the system shows, or where it was before, if the model has no
	// such step.
	place  *tour.Place
	before bool

	// What the system says.
	answer      string
	differences []Difference
	notes       map[*tour.Place]*note
}

func (f *failure) last() order { return f.orders[len(f.orders)-1] }

// result is what became of an order.
type result int

const (
	took result = iota
	declined
	skipped
	failed
	notPermitted // by the model, in some state that is possible
)

// obey has the system follow an order.
func (r *trial[S]) obey(o order) result {
	if o.isRefusal() {
		if !r.isBegun() || r.graph.Permits(r.belief, o.label()) {
			return notPermitted
		}
		return r.ask(o.label())
	}
	return r.step(o.label())
}

// step has the system take a step, and narrows the states that are possible by what the
// system answers and by what it shows.
func (r *trial[S]) step(label int32) result {
	if !r.graph.Permits(r.belief, label) {
		return notPermitted
	}
	outcome, err := r.do(label)
	switch {
	case errors.Is(err, Skip) && !r.isBegun():
		r.asIs = true
		return r.arrive(order(label), "", func(int32) bool { return true })
	case errors.Is(err, Skip):
		return skipped
	case errors.Is(err, Refused):
		return r.fail(order(label), &failure{problem: "the system refuses the step, which the model permits", answer: "refused", place: r.wanted(label)})
	case err != nil:
		return r.fail(order(label), &failure{problem: err.Error(), answer: "error: " + err.Error(), place: r.wanted(label)})
	}
	return r.answered(order(label), outcome)
}

// ask has the system refuse a step that the model does not permit.
func (r *trial[S]) ask(label int32) result {
	outcome, err := r.do(label)
	switch {
	case errors.Is(err, Skip):
		return skipped
	case errors.Is(err, Refused):
		at := r.belief[0]
		if res := r.show(^order(label), "refused", r.graph.Unseen(r.belief, r.isHidden)); res == failed {
			return failed
		}
		if n := r.notes[at]; n != nil {
			n.refused = append(n.refused, ^order(label))
		}
		return declined
	case err != nil:
		return r.fail(^order(label), &failure{problem: err.Error(), answer: "error: " + err.Error(), place: r.belief[0], before: true})
	case outcome == nil:
		return r.fail(^order(label), &failure{problem: "the system takes the step, which the model does not permit here", answer: "taken", place: r.belief[0], before: true})
	}
	return r.answered(^order(label), outcome)
}

func (r *trial[S]) isBegun() bool { return r.belief[0].Node != tour.Root }

// do calls Do. A system whose model has one initial state is not asked to go there.
func (r *trial[S]) do(label int32) (outcome any, err error) {
	if !r.isBegun() && len(r.graph.Edges(tour.Root)) == 1 {
		return nil, nil
	}
	step := r.graph.Labels[label].Step
	r.doing.Store(&doing{label, r.orders[:len(r.orders):len(r.orders)]})
	defer recovered(&err, "Do("+step.Label()+")")
	outcome, err = r.system.Do(step)
	r.doing.Store(nil) // but not if Do ends the goroutine, by t.FailNow
	return outcome, err
}

// recovered makes an error of a panic of the real system. It is for a defer statement.
func recovered(err *error, in string) {
	if v := recover(); v != nil {
		*err = errors.New(system.Recovered(in, v).String())
	}
}

// wanted is a place to which the model's step leads, for what the model says of a step
// that the system did not take.
func (r *trial[S]) wanted(label int32) *tour.Place {
	p := r.graph.After(r.belief, func(l int32) bool { return l == label })[0]
	r.notes[p] = &note{order: order(label)}
	return p
}

// answered goes on from what the system has answered to an order.
func (r *trial[S]) answered(o order, outcome any) result {
	match, err := matching(r.graph, o.label(), outcome)
	if err != nil {
		return r.fail(o, &failure{problem: err.Error(), place: r.belief[0], before: true, isError: true})
	}
	says := ""
	if outcome != nil {
		says = fmt.Sprint(outcome)
	}
	return r.arrive(o, says, match)
}

// arrive goes to the states where labels lead that match.
func (r *trial[S]) arrive(o order, says string, match func(int32) bool) result {
	after := r.graph.After(r.graph.Unseen(r.belief, r.isHidden), match)
	if len(after) == 0 {
		return r.fail(o, &failure{problem: r.impossible(o, says), answer: says, place: r.belief[0], before: true})
	}
	o = r.effective(o, after)
	for _, p := range after {
		r.notes[p] = &note{order: o, says: says}
	}
	begins := !r.isBegun()
	res := r.show(o, says, r.graph.Unseen(after, r.isHidden))
	if res == took && !begins {
		r.steps++
	}
	return res
}

// effective is the order for what the system has done, if that is known, in the place of
// what it was asked for: the run is then repeated by what took place in it. It was asked
// for something impossible and has done something else, after an unseen step: then only
// the same question leads there again.
func (r *trial[S]) effective(o order, after tour.Belief) order {
	label := r.graph.LabelOf(after[0])
	isOther := func(p *tour.Place) bool { return r.graph.LabelOf(p) != label }
	if slices.ContainsFunc(after, isOther) || !r.graph.Permits(r.belief, label) {
		return o
	}
	return order(label)
}

// show compares what the system shows with the states where it may be, and keeps those
// that agree. If there is none, the model shows the one with the fewest differences.
func (r *trial[S]) show(o order, says string, places tour.Belief) result {
	possible, nearest, differences, err := r.observe(places)
	if err != nil {
		return r.fail(o, &failure{problem: err.Error(), answer: says, place: places[0]})
	}
	if len(possible) == 0 {
		problem := "the system shows another state than the model's"
		if len(places) > 1 {
			problem = fmt.Sprintf("the system shows none of the %d states that the model may be in; the nearest one is compared", len(places))
		}
		return r.fail(o, &failure{problem: problem, answer: says, place: nearest, differences: differences})
	}
	r.orders = append(r.orders, o)
	r.belief = possible
	return took
}

func (r *trial[S]) observe(places tour.Belief) (possible tour.Belief, nearest *tour.Place, differences []Difference, err error) {
	defer recovered(&err, "Observe")
	for _, p := range places {
		list := r.system.Observe(r.graph.State(int(p.Node)).(*S))
		if len(list) == 0 {
			possible = append(possible, p)
		} else if nearest == nil || len(list) < len(differences) {
			nearest, differences = p, list
		}
	}
	return possible, nearest, differences, nil
}

// impossible says what the model permits in the place of an outcome.
func (r *trial[S]) impossible(o order, says string) string {
	action := r.graph.Labels[o.label()].Step.Action
	var permitted []string
	for _, e := range r.graph.Edges(int(r.belief[0].Node)) {
		if l := r.graph.Labels[e.Label]; l.Step.Action == action {
			permitted = append(permitted, l.Text)
		}
	}
	if says == "" {
		says = r.graph.Labels[o.label()].Text
	}
	return fmt.Sprintf("the system answers %s, which the model does not permit here; of %s it permits %s", says, action, orNothing(permitted))
}

func (r *trial[S]) fail(o order, f *failure) result {
	f.orders = append(r.orders[:len(r.orders):len(r.orders)], o)
	f.notes = r.notes
	r.failed = f
	return failed
}

// text is an order as a test writes it.
func (d *driver[S]) text(o order) string {
	text := d.graph.Labels[o.label()].Text
	if o.isRefusal() {
		return refusalPrefix + text
	}
	return text
}

const refusalPrefix = "refused: "

// orderOf reads what text has written.
func (d *driver[S]) orderOf(text string) (o order, known bool) {
	text, isRefusal := strings.CutPrefix(text, refusalPrefix)
	for i, l := range d.graph.Labels {
		if l.Step.IsLabelled(text) {
			if isRefusal {
				return ^order(i), true
			}
			return order(i), true
		}
	}
	return 0, false
}
