package report

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

func tracesOf(list ...explore.PropertyReport) string {
	var b strings.Builder
	New(output.NewTerminal(&b), "never", false).Traces(list, Claim)
	return b.String()
}

func runOf(actions ...string) *trace.Trace {
	t := &trace.Trace{Length: len(actions)}
	for _, a := range actions {
		t.Steps = append(t.Steps, trace.Step{Action: a})
	}
	return t
}

func TestTracesSayWhatTheyShow(t *testing.T) {
	for kind, claim := range map[string]string{
		"always":      "It is violated, in 2 states (shortest):",
		"always-step": "It is violated by the last step, in 2 states (shortest):",
		"deadlock":    "It, in 2 states (shortest):",
		"panic":       "It, in 2 states (shortest):",
	} {
		got := tracesOf(explore.PropertyReport{Name: "It", Kind: kind, Verdict: explore.Violated, Trace: runOf("Init", "Go")})
		if !strings.HasPrefix(got, "\n"+claim+"\n  1  Init") {
			t.Errorf("%s: got %s", kind, got)
		}
	}
}

func TestTraceOfAPropertyThatIsNeverReached(t *testing.T) {
	got := tracesOf(explore.PropertyReport{Name: "It", Kind: "reachable", Verdict: explore.Unreached})
	if want := "\nIt is never reached: no reachable state satisfies it\n"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestDetailsStandBeforeTheTrace(t *testing.T) {
	got := tracesOf(explore.PropertyReport{Name: "It", Verdict: explore.Violated, Detail: "two\nlines", Trace: runOf("Init")})
	if !strings.HasPrefix(got, "\nIt is violated, in 1 state (shortest):\n  two\n  lines\n  1  Init") {
		t.Errorf("got %s", got)
	}
}

// One run may break several properties.
func TestATraceIsShownOnce(t *testing.T) {
	report := func(name string, run *trace.Trace) explore.PropertyReport {
		return explore.PropertyReport{Name: name, Verdict: explore.Violated, Trace: run}
	}
	got := tracesOf(report("A", runOf("Init", "Go")), report("B", runOf("Init", "Go")), report("C", runOf("Init", "Go")), report("D", runOf("Init", "Stop")))
	for claim, n := range map[string]int{
		"B is violated, in 2 states: the same as for A\n": 1,
		"C is violated, in 2 states: the same as for A\n": 1,
		"D is violated, in 2 states (shortest):\n":        1,
		"  Go": 1, "  Stop": 1,
	} {
		if strings.Count(got, claim) != n {
			t.Errorf("want %q %d times in\n%s", claim, n, got)
		}
	}
}

// A title is the claim without remarks on the length of the trace.
func TestTitle(t *testing.T) {
	round := runOf("Init", "Go")
	round.Loop = 1
	for _, c := range []struct {
		of   explore.PropertyReport
		want string
	}{
		{explore.PropertyReport{Name: "P", Verdict: explore.Violated, Trace: runOf("Init", "Go")}, "P is violated, in 2 states"},
		{explore.PropertyReport{Name: "P", Verdict: explore.Violated, Trace: round}, "P is violated by a run that never ends, in 2 states"},
		{explore.PropertyReport{Name: "P", Verdict: explore.Unreached}, "P is never reached: no reachable state satisfies it"},
	} {
		if got := Title(c.of); got != c.want {
			t.Errorf("got %q; want %q", got, c.want)
		}
	}
}

// Init can panic before there is a state.
func TestAPanicInInit(t *testing.T) {
	x := explore.PropertyReport{Name: "Panic", Kind: "panic", Verdict: explore.Violated, Trace: &trace.Trace{}}
	if got, want := Title(x), "Panic, before the first state"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}
