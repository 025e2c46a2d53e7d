// Package step shows how to debug one step of a model.
package step

import (
	"slices"
	"testing"

	"example.com/recipes/network"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// One action, on one state, with one answer: a breakpoint in Deliver stops once.
func TestDeliver(t *testing.T) {
	m := network.New(network.Config{})
	var s network.State
	s.Flight.Add(network.Message{Item: 0})
	s.Flight.Add(network.Message{Item: 1})

	var o model.Odometer
	o.Record([]int{1}) // the answers to the action's questions: the second message
	enabled := m.Actions[1].Do(&s, o.Choice())
	if !enabled || s.Applied != 0 {
		t.Errorf("the receiver expects item 0 and has applied %d items after %v", s.Applied, o.Arguments())
	}
}

// A run by the names of its steps, as a trace shows them, up to the step in question.
func TestRun(t *testing.T) {
	w, err := explore.Replay(t.Context(), network.New(network.Config{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, label := range []string{"Init", "Send", "Deliver(message=item0)", "Send", "Deliver(message=item0)"} {
		i := slices.IndexFunc(w.Next(), func(s trace.Step) bool { return s.Label() == label })
		if !w.Take(i) {
			t.Fatalf("%s is not possible after\n%s", label, w.Trace())
		}
	}
	t.Logf("%s", w.Trace())
	for _, p := range w.Findings() {
		t.Errorf("%s is %s here", p.Name, p.Verdict)
	}
}
