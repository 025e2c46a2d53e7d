package explore

import (
	"context"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// bruteOrbits works out the orbits of all states by the definition: a state's orbit is
// known by the least of all its renamed states.
type bruteOrbits struct {
	levels   []uint64 // orbits by the level at which one of their states is found first
	states   uint64   // of all orbits, reachable or not
	complete bool     // every renamed initial state is one too
}

func bruteForce[S any](h house[S], r street, nodes []twinNode[S]) bruteOrbits {
	var b bruteOrbits
	initial, met := map[string]bool{}, map[string]bool{}
	for _, n := range nodes {
		if n.depth == 1 {
			initial[twinKey(&n.state)] = true
		}
	}
	b.complete = true
	for _, n := range nodes {
		members := map[string]bool{}
		for _, p := range permutations(r.nodes) {
			for _, q := range permutations(r.jobs) {
				members[twinKey(h.rename(&n.state, p, q))] = true
			}
		}
		least := ""
		for key := range members {
			if least == "" || key < least {
				least = key
			}
			b.complete = b.complete && (n.depth > 1 || initial[key])
		}
		if met[least] {
			continue
		}
		met[least] = true
		b.states += uint64(len(members))
		for len(b.levels) < n.depth {
			b.levels = append(b.levels, 0)
		}
		b.levels[n.depth-1]++
	}
	return b
}

// stateLimit is how many states a random model may have: the twin is slow.
const stateLimit = 500

// agreesOnOrbits compares searches of orbits with the slow search of all states.
func agreesOnOrbits[S any](t *rapid.T, h house[S], r street, m *model.Model[S]) (orbits, states int) {
	o := Options{KeepGoing: true, MaxStates: stateLimit}
	slow := newTwin(m, o)
	want := slow.run()
	if want.Reason != "" || want.Counts.Distinct == 0 {
		return 0, 0
	}
	if want.Properties[len(want.Properties)-1].Name == Panic {
		panicsAlike(t, m, want)
		return 0, 0
	}
	brute := bruteForce(h, r, slow.nodes)
	o = Options{KeepGoing: true, Symmetry: SymmetryOn, Traces: 3}
	first := ""
	for _, workers := range []int{1, 2, 5} {
		o.Workers, o.tuning = workers, drawTuning(t)
		o.Store = rapid.SampledFrom(StoreKinds()).Draw(t, "store")
		o.Memory = rapid.SampledFrom([]uint64{0, 1, 1000, 10_000}).Draw(t, "memory")
		o.tuning.Tiny = true
		var tells told
		o.Found = tells.add
		got, err := Check(context.Background(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		tells.agree(t, got)
		if text := withoutStore(got, nil); first == "" {
			first = text
		} else if text != first {
			t.Fatalf("%d workers: %s", workers, firstDifference(text, first))
		}
		if !slices.Equal(got.Counts.Levels, brute.levels) || got.Symmetry.States != brute.states || got.Symmetry.AsymmetricStart == brute.complete {
			t.Fatalf("levels of orbits %v, in all %+v; want %+v", got.Counts.Levels, got.Symmetry, brute)
		}
		sameFindings(t, m, got, want)
	}
	o.Symmetry, o.Workers = SymmetryProve, 2
	if proof, err := Check(context.Background(), m, o); err != nil || !proof.Symmetry.Proved {
		t.Fatalf("not proved: %v", err)
	}
	o.Symmetry, o.KeepGoing, o.Traces = SymmetryOn, false, 0
	stopped, err := Check(context.Background(), m, o)
	if err != nil || stopped.Verdict != want.Verdict {
		t.Fatalf("without KeepGoing: %v, want %s", err, want.Verdict)
	}
	for i, p := range stopped.Properties {
		if p.Trace != nil && p.Trace.Length != want.Properties[i].Trace.Length {
			t.Fatalf("without KeepGoing %s in %d states, want %d", p.Name, p.Trace.Length, want.Properties[i].Trace.Length)
		}
	}
	return int(total(brute.levels)), int(want.Counts.Distinct)
}

// panicsAlike compares searches that a panic ends. The one that is met first ends them: what
// else they found depends on the order of states. In that order a panic in a state can come
// before one on the way to the next state, so runs differ by one state at the most.
func panicsAlike[S any](t *rapid.T, m *model.Model[S], want *Report) {
	got, err := Check(context.Background(), m, Options{KeepGoing: true, Symmetry: SymmetryOn, Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	p, q := got.Properties[len(got.Properties)-1], want.Properties[len(want.Properties)-1]
	if p.Name != Panic || p.Trace.Length < q.Trace.Length-1 || p.Trace.Length > q.Trace.Length+1 {
		t.Fatalf("%s in %d states, want a panic in %d", p.Name, p.Trace.Length, q.Trace.Length)
	}
	if p.Trace.Length > 0 {
		shows(t, m, p, p.Trace)
	}
}

// sameFindings compares verdicts and the lengths of runs, and takes each run without symmetry:
// its end must show what it was found for.
func sameFindings[S any](t *rapid.T, m *model.Model[S], got, want *Report) {
	if got.Verdict != want.Verdict || len(got.Properties) != len(want.Properties) {
		t.Fatalf("it %s, with %s; want %s, %s", got.Verdict, verdictsOf(got), want.Verdict, verdictsOf(want))
	}
	for i, p := range got.Properties {
		q := want.Properties[i]
		if p.Name != q.Name || p.Verdict != q.Verdict || (p.Trace == nil) != (q.Trace == nil) {
			t.Fatalf("%s %s, want %s %s", p.Name, p.Verdict, q.Name, q.Verdict)
		}
		if p.Trace == nil {
			continue
		}
		if p.Trace.Length != q.Trace.Length {
			t.Fatalf("%s in %d states, want %d", p.Name, p.Trace.Length, q.Trace.Length)
		}
		shows(t, m, p, p.Trace)
		for _, f := range p.Further {
			q := p
			q.Detail = f.Detail
			shows(t, m, q, f.Trace)
		}
	}
}

// failer is a test, of the standard library or of rapid.
type failer interface {
	Fatalf(format string, args ...any)
}

// shows takes a run again and looks for a finding at its end, with the same words.
func shows[S any](t failer, m *model.Model[S], want PropertyReport, run *trace.Trace) {
	w, err := Replay(context.Background(), m, run)
	if err != nil {
		t.Fatalf("the run to %s: %v", want.Name, err)
	}
	for _, p := range w.Findings() {
		if p.Name == want.Name {
			if p.Detail != want.Detail {
				t.Fatalf("%s: %q, and at the end of its run %q", p.Name, want.Detail, p.Detail)
			}
			return
		}
	}
	t.Fatalf("the run to %s ends where it is not to be found: %v", want.Name, w.Findings())
}

// On random models that treat values alike, a search of orbits finds as many orbits as
// there are, level by level, and the verdicts and lengths of a search of all states.
func TestOrbitsAgreeWithBruteForce(t *testing.T) {
	t.Parallel()
	for name, examine := range map[string]func(*rapid.T) (int, int){
		"flat": func(t *rapid.T) (int, int) {
			r := drawStreet(t, false)
			return agreesOnOrbits(t, flatHouses, r, r.flat())
		},
		"rich": func(t *rapid.T) (int, int) {
			r := drawStreet(t, false)
			return agreesOnOrbits(t, richHouses, r, r.rich())
		},
	} {
		t.Run(name, func(t *testing.T) {
			orbits, states, models := 0, 0, 0
			checkUntil(t, &models, func(t *rapid.T) {
				o, s := examine(t)
				orbits, states = orbits+o, states+s
				if s > 20 && o < s {
					models++
				}
			})
			t.Logf("%d models of more than 20 states; %d orbits of %d states", models, orbits, states)
		})
	}
}

func TestResumedRunsOnOrbits(t *testing.T) {
	t.Parallel()
	resumed := 0
	checkUntil(t, &resumed, func(t *rapid.T) {
		r := drawStreet(t, rapid.Bool().Draw(t, "wholeRuns"))
		o := Options{KeepGoing: rapid.Bool().Draw(t, "keepGoing"), Symmetry: SymmetryOn, MaxStates: 2 * stateLimit}
		resumed += resumesRight(t, r.flat(), o) + resumesRight(t, r.rich(), o)
	})
	t.Logf("%d times resumed", resumed)
}

// agreesOnWholeRuns compares what orbits and all states decide about whole runs, and returns
// how many claims were violated.
func agreesOnWholeRuns[S any](t *rapid.T, m *model.Model[S]) (violated int) {
	o := Options{KeepGoing: true, MaxStates: 3000, Symmetry: SymmetryOff, tuning: drawTuning(t)}
	o.tuning.Tiny = true
	want, err := Check(context.Background(), m, o)
	var nowhere *ModelError
	if errors.As(err, &nowhere) { // it has no initial states
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	if want.Reason != "" {
		return 0
	}
	o.Symmetry = SymmetryOn
	first := ""
	for _, workers := range []int{1, 3} {
		o.Workers, o.tuning = workers, drawTuning(t)
		o.Store = rapid.SampledFrom(StoreKinds()).Draw(t, "store")
		o.tuning.Tiny = true
		got, err := Check(context.Background(), m, o)
		if err != nil {
			t.Fatal(err)
		}
		if text := withoutStore(got, nil); first == "" {
			first = text
		} else if text != first {
			t.Fatalf("%d workers: %s", workers, firstDifference(text, first))
		}
		for i, p := range got.Properties {
			violated += sameRuns(t, m, p, want.Properties[i])
		}
	}
	return violated
}

// sameRuns compares what was decided about one property.
func sameRuns[S any](t failer, m *model.Model[S], p, q PropertyReport) (violated int) {
	if p.Verdict != q.Verdict || p.Vacuous != q.Vacuous || p.NoFairRun != q.NoFairRun {
		t.Fatalf("%s %s, vacuous %v, no run %v; want %s, %v, %v", p.Name, p.Verdict, p.Vacuous, p.NoFairRun, q.Verdict, q.Vacuous, q.NoFairRun)
	}
	if p.Trace == nil {
		return 0
	}
	if p.Trace.Loop > 0 {
		violated = 1
		if p.Shortest != "" && q.Shortest != "" && p.Trace.Loop != q.Trace.Loop {
			t.Fatalf("%s: the loop begins at state %d, want %d", p.Name, p.Trace.Loop, q.Trace.Loop)
		}
		if p.Shortest == ShortestLoop && q.Shortest == ShortestLoop && p.Trace.Length != q.Trace.Length {
			t.Fatalf("%s: %d states, want %d", p.Name, p.Trace.Length, q.Trace.Length)
		}
	} else if p.Trace.Length != q.Trace.Length {
		t.Fatalf("%s: %d states, want %d", p.Name, p.Trace.Length, q.Trace.Length)
	}
	shows(t, m, p, p.Trace) // for a loop that is liveness.Verify
	return violated
}

func TestWholeRunsOnOrbits(t *testing.T) {
	t.Parallel()
	violated := 0
	checkUntil(t, &violated, func(t *rapid.T) {
		r := drawStreet(t, true)
		violated += agreesOnWholeRuns(t, r.flat()) + agreesOnWholeRuns(t, r.rich())
	})
	t.Logf("%d claims were violated", violated)
}
