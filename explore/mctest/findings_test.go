package mctest

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

func counting(to uint8) *trace.Trace {
	var t trace.Trace
	t.Append("Init", nil, trace.ValueOf(&Counter{}))
	for n := range to {
		t.Append("Add", nil, trace.ValueOf(&Counter{n + 1}))
	}
	return &t
}

func TestFindings(t *testing.T) {
	counts := explore.Counts{Distinct: 3, Depth: 2}
	for _, c := range []struct {
		name string
		of   explore.Report
		want string
	}{
		{
			"violated",
			explore.Report{Verdict: explore.Violated, Properties: []explore.PropertyReport{
				{Name: "AtMost1", Kind: "always", Verdict: explore.Violated, Detail: "it is 2", Trace: counting(2)},
				{Name: "AtMost9", Kind: "always", Verdict: explore.Unknown},
				{Name: "Reaches1", Kind: "reachable", Verdict: explore.Reached, Trace: counting(1)},
				{Name: "Zero", Kind: "always", Verdict: explore.Violated, Trace: counting(0)},
				{Name: "Reaches7", Kind: "reachable", Verdict: explore.Unreached},
			}},
			`counter is violated (3 states, depth 2)

AtMost1 is violated, in 3 states: it is 2
  1  Init    (all zero)
  2  Add     N: 0 -> 1
  3  Add     N: 1 -> 2

Zero is violated, in 1 state:
  1  Init    (all zero)

Reaches7 is violated: no state reaches it
`,
		},
		{
			"panic",
			explore.Report{Verdict: explore.Violated, Properties: []explore.PropertyReport{
				{Name: "Panic", Kind: "panic", Verdict: explore.Violated, Detail: "in Add: index out of range\n\tcounter.go:7\n", Trace: counting(1)},
			}},
			`counter is violated (3 states, depth 2)

Panic, in 2 states: in Add: index out of range
	counter.go:7
  1  Init    (all zero)
  2  Add     N: 0 -> 1
`,
		},
		{
			"deadlock",
			explore.Report{Verdict: explore.Violated, Properties: []explore.PropertyReport{
				{Name: "Deadlock", Kind: "deadlock", Verdict: explore.Violated, Trace: counting(1)},
			}},
			`counter is violated (3 states, depth 2)

Deadlock, in 2 states:
  1  Init    (all zero)
  2  Add     N: 0 -> 1
`,
		},
		{
			"incomplete",
			explore.Report{Verdict: explore.Incomplete, Reason: "the limit of 3 states was reached", Properties: []explore.PropertyReport{
				{Name: "AtMost1", Kind: "always", Verdict: explore.Unknown},
			}},
			"counter is incomplete, with nothing found so far (3 states, depth 2): the limit of 3 states was reached\n",
		},
		{
			"violated and incomplete",
			explore.Report{Verdict: explore.Violated, Reason: "it was interrupted", Properties: []explore.PropertyReport{
				{Name: "Zero", Kind: "always", Verdict: explore.Violated, Trace: counting(0)},
			}},
			`counter is violated (3 states, depth 2): it was interrupted

Zero is violated, in 1 state:
  1  Init    (all zero)
`,
		},
		{"holds", explore.Report{Verdict: explore.Holds}, "counter holds (3 states, depth 2)\n"},
		{
			"bounded",
			explore.Report{Verdict: explore.Holds, Bounds: []string{"the model's constraint", "without faults: crash"}},
			"counter holds (3 states, depth 2; bounds: the model's constraint, without faults: crash)\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.of.Model, c.of.Counts = "counter", counts
			if got := findings(&c.of); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

// An action that was left out of the run is not suspicious.
func TestNeverEnabled(t *testing.T) {
	r := explore.Report{Actions: []explore.ActionReport{
		{Name: "Taken", Attempts: 5, Enabled: 1},
		{Name: "Idle", Attempts: 5},
		{Name: "LeftOut"},
	}}
	if got := neverEnabled(&r); len(got) != 1 || got[0] != "Idle" {
		t.Errorf("got %v, want Idle", got)
	}
}
