package explore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/model"
)

// wideModel has states with 2^bits successors: Init, and from there Set, answer as many
// questions of yes or no.
func wideModel(bits int, enabled func(set uint64) bool) *model.Model[[2]uint64] {
	return wideModelOf(bits, enabled, func(s *[2]uint64) *[2]uint64 { return s })
}

// wideModelOf is the model with states of a type that has two sets somewhere.
func wideModelOf[S any](bits int, enabled func(set uint64) bool, sets func(*S) *[2]uint64) *model.Model[S] {
	var names []string
	for i := range bits {
		names = append(names, fmt.Sprint("bit", i))
	}
	ask := func(c *model.Choice) (set uint64) {
		for i, name := range names {
			if c.Bool(name) {
				set |= 1 << i
			}
		}
		return set
	}
	return &model.Model[S]{
		Name: "wide", AllowDeadlock: true,
		Init: func(s *S, c *model.Choice) bool {
			sets(s)[0] = ask(c)
			return enabled(sets(s)[0])
		},
		Actions: []model.Action[S]{{Name: "Set", Do: func(s *S, c *model.Choice) bool {
			if sets(s)[1] != 0 {
				return false
			}
			set := ask(c)
			if !enabled(set) {
				return false
			}
			sets(s)[1] = set + 1
			return true
		}}},
		Properties: []model.Property[S]{model.Always("Any", func(*S) bool { return true })},
	}
}

func allSets(uint64) bool { return true }

// The limit of states is looked at within the successors of one state, and within Init: a search
// that would take for ever ends as it is told, and counts exactly as many states.
func TestLimitsWithinOneState(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]*model.Model[[2]uint64]{
		"Init": wideModel(40, allSets),
		"an action": func() *model.Model[[2]uint64] {
			m := wideModel(40, allSets)
			m.Init = nil
			return m
		}(),
	} {
		for _, store := range []StoreKind{StoreExact, StoreDisk} {
			o := Options{MaxStates: 1000, Workers: 2, Store: store}
			r := check(t, m, o)
			if r.Counts.Distinct != 1000 || r.Reason != "the limit of 1,000 states was reached" {
				t.Errorf("%s, %s: %d states, %q", name, store, r.Counts.Distinct, r.Reason)
			}
			// An exact count of what was tried, not only of what was found.
			if r.Actions[0].Attempts > 1001 {
				t.Errorf("%s, %s: %d attempts", name, store, r.Actions[0].Attempts)
			}
		}
	}
}

// Memory is looked at within the successors of one state, and within Init. It takes more than a
// million small states to fill it, and some ten thousand large ones.
func TestMemoryEndsWithinOneState(t *testing.T) {
	t.Parallel()
	type large struct {
		Sets [2]uint64
		Rest [100]uint64
	}
	memoryEnds(t, func(s *large) *[2]uint64 { return &s.Sets }, 10_000)
	if !testing.Short() {
		memoryEnds(t, func(s *[2]uint64) *[2]uint64 { return s }, 1_000_000)
	}
}

// memoryEnds runs models with as many successors of a state as there are sets, up to the end
// of memory. Least is how many states a run must have found by then.
func memoryEnds[S any](t *testing.T, sets func(*S) *[2]uint64, least uint64) {
	inInit, inAction := wideModelOf(40, allSets, sets), wideModelOf(40, allSets, sets)
	inAction.Init = nil
	for name, m := range map[string]*model.Model[S]{"Init": inInit, "an action": inAction} {
		// The set grows by some megabytes at a time.
		r := check(t, m, Options{Memory: 64 << 20, Workers: 1, Store: StoreExact})
		if want := "memory are used up"; !strings.Contains(r.Reason, want) || r.Bytes > 80<<20 || r.Counts.Distinct < least {
			t.Errorf("%s: %q with %d MiB and %d states", name, r.Reason, r.Bytes>>20, r.Counts.Distinct)
		}
	}
}

// Successors outside the constraint take no more memory the more there are.
func TestWideOutside(t *testing.T) {
	t.Parallel()
	bits := unlessShort(22, 19)
	m := wideModel(bits, allSets)
	m.Init = nil
	m.Constraint = func(s *[2]uint64) bool { return s[1] == 0 }
	for _, workers := range []int{1, 3} {
		r := check(t, m, Options{Workers: workers})
		if c := r.Counts; c.Outside != 1<<bits || c.Generated != 1<<bits+1 || c.Distinct != 1 || r.Bytes > 16<<20 {
			t.Errorf("%d workers: %d outside of %d generated, with %d MiB", workers, c.Outside, c.Generated, r.Bytes>>20)
		}
	}
}

// soon is the time in which a run has to end that was told to, and would go on for days.
const soon = time.Minute

// An interrupt is heard within combinations that are all refused, whatever runs them.
func TestInterruptWithinRefusals(t *testing.T) {
	never := wideModel(40, func(uint64) bool { return false })
	once := wideModel(40, func(uint64) bool { return false })
	once.Init = nil
	for name, m := range map[string]*model.Model[[2]uint64]{"Init": never, "an action": once} {
		for _, o := range []Options{{}, {Explain: true}, {Workers: 2}} {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			started := time.Now()
			r, err := Check(ctx, m, o)
			cancel()
			if took := time.Since(started); took > soon {
				t.Errorf("%s: it took %v to hear the interrupt", name, took)
			}
			if err != nil || r.Verdict != Incomplete {
				t.Errorf("%s: %v", name, err)
			}
		}
		started := time.Now()
		s, err := Simulate(t.Context(), m, SimulateOptions{Timeout: 50 * time.Millisecond})
		if took := time.Since(started); took > soon {
			t.Errorf("%s: random walks took %v to hear the timeout", name, took)
		}
		if err == nil && s.Verdict != Incomplete {
			t.Errorf("%s: %s", name, s.Verdict)
		}
	}
}

// A breach of the contract by the first combination is reported before all others were
// run.
func TestBreachByTheFirstOfManyCombinations(t *testing.T) {
	calls := 0
	m := wideModel(22, allSets)
	m.Init = nil
	do := m.Actions[0].Do
	m.Actions[0].Do = func(s *[2]uint64, c *model.Choice) bool {
		calls++
		do(s, c)
		return false
	}
	_, err := Check(t.Context(), m, Options{Workers: 1})
	if broken := new(ContractError); !errors.As(err, &broken) || calls > 1000 {
		t.Errorf("%v, after %d calls", err, calls)
	}
}
