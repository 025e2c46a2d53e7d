//go:build !race

package explore

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/muster-mc/muster/model"
)

// hook is called from all code of a model, with the name of the part. It blocks in one of
// the calls, by their number, or ends the goroutine there.
type hook struct {
	mu        sync.Mutex
	calls     int
	block     int // the number of the call that does not return; 0 for none
	part      string
	interrupt func()
	leave     bool // the call ends its goroutine
	stacks    map[string]bool
	first     []int // the numbers of the first call by each way through the engine
}

func (h *hook) call(part string) {
	h.mu.Lock()
	h.calls++
	isMine := h.calls == h.block
	if isMine {
		h.part = part
	} else if h.stacks != nil {
		h.note()
	}
	h.mu.Unlock()
	if isMine && h.leave {
		runtime.Goexit()
	}
	if isMine {
		h.interrupt()
		// For ever: a run that went on would write its checkpoint into a folder that the end of
		// the test removes.
		select {}
	}
}

// note keeps the number of a call that comes on a way through the engine on which no call
// has come before.
func (h *hook) note() {
	var pcs [40]uintptr
	stack := fmt.Sprint(pcs[:runtime.Callers(2, pcs[:])])
	if !h.stacks[stack] {
		h.stacks[stack] = true
		h.first = append(h.first, h.calls)
	}
}

type side uint8

type sides struct {
	N [2]int8 `muster:"by=side"`
}

// hooked counts up on both sides. Every part of a model is there, and calls the hook.
func hooked(h *hook) *model.Model[sides] {
	return &model.Model[sides]{
		Name:     "hooked",
		Symmetry: []model.Symmetry{model.Scalars[side](2)},
		Init:     func(s *sides, c *model.Choice) bool { h.call("Init"); return true },
		Actions: []model.Action[sides]{{Name: "Up", Fair: model.Weak, Do: func(s *sides, c *model.Choice) bool {
			i := c.Int("side", 2)
			h.call(fmt.Sprintf("Up(side=%d)", i))
			if s.N[i] == 5 {
				return false
			}
			s.N[i]++
			return true
		}}},
		Constraint: func(s *sides) bool { h.call("Constraint"); return s.N[0]+s.N[1] < 4 },
		Terminal:   func(s *sides) bool { h.call("Terminal"); return false },
		Waits:      func(s *sides) []model.Wait { h.call("Waits"); return nil },
		Properties: []model.Property[sides]{
			model.Always("Small", func(s *sides) bool { h.call("property Small"); return max(s.N[0], s.N[1]) < 3 }).
				Explained(func(s *sides) string { h.call("the explanation of property Small"); return "it is not" }),
			model.AlwaysStep("Up", func(before, after *sides) bool { h.call("property Up"); return true }),
			model.Reachable("Two", func(s *sides) bool { h.call("property Two"); return max(s.N[0], s.N[1]) == 2 }),
			model.Eventually("Far", func(s *sides) bool { h.call("property Far"); return s.N[0]+s.N[1] > 5 }),
		},
	}
}

// caller is something that calls the model's code: a search, a walk, a graph.
type caller func(context.Context, *model.Model[sides]) (reason string, err error)

// callers are those that there are. The reason is that of the report, or of a [HungError].
func callers(t *testing.T) map[string]caller {
	t.Helper()
	checks := func(o Options) func(context.Context, *model.Model[sides]) (string, error) {
		return func(ctx context.Context, m *model.Model[sides]) (string, error) {
			o.Workers = 1
			r, err := Check(ctx, m, o)
			if err != nil {
				return "", err
			}
			if ctx.Err() != nil && r.Verdict == Holds {
				return "", fmt.Errorf("the verdict is %s", r.Verdict)
			}
			return r.Reason, nil
		}
	}
	apart, far := tuning{}, []string{"Far"}
	apart.liveness.Apart = true
	recorded, err := Check(context.Background(), hooked(&hook{}), Options{Symmetry: SymmetryOff, Properties: []string{"Small"}})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]caller{
		"safety":         checks(Options{Symmetry: SymmetryOff, SafetyOnly: true}),
		"keeps going":    checks(Options{Symmetry: SymmetryOff, KeepGoing: true}),
		"whole runs":     checks(Options{Symmetry: SymmetryOff, Properties: far}),
		"edges at last":  checks(Options{Symmetry: SymmetryOff, Properties: far, tuning: apart}),
		"explained":      checks(Options{Symmetry: SymmetryOff, Explain: true}),
		"orbits":         checks(Options{Symmetry: SymmetryOn}),
		"runs of orbits": checks(Options{Symmetry: SymmetryOn, Properties: far}),
		"proved orbits":  checks(Options{Symmetry: SymmetryProve, KeepGoing: true}),
		"resumed": func(ctx context.Context, m *model.Model[sides]) (string, error) {
			o := Options{Symmetry: SymmetryOff, Properties: far, Checkpoint: t.TempDir(), MaxDepth: 3}
			if _, err := Check(context.Background(), hooked(&hook{}), o); err != nil {
				return "", err
			}
			o.MaxDepth, o.Workers = 0, 1
			r, err := Resume(ctx, m, o)
			if err != nil {
				return "", err
			}
			return r.Reason, nil
		},
		"random walks": func(ctx context.Context, m *model.Model[sides]) (string, error) {
			r, err := Simulate(ctx, m, SimulateOptions{Walks: 3, Depth: 20})
			if err != nil {
				return "", err
			}
			return r.Reason, nil
		},
		"graph": func(ctx context.Context, m *model.Model[sides]) (string, error) {
			_, err := GraphOf(ctx, m, GraphOptions{})
			return hungOf(err)
		},
		"replay": func(ctx context.Context, m *model.Model[sides]) (string, error) {
			w, err := Replay(ctx, m, recorded.Properties[0].Trace)
			if err != nil {
				return hungOf(err)
			}
			return hungOf(w.Attend(ctx, func() { w.Next(); w.Findings(); w.Outside() }))
		},
	}
}

// eachCall runs a test for the first call on every way through the engine.
func eachCall(t *testing.T, test func(number int, run caller) error) {
	t.Helper()
	var all sync.WaitGroup // together, for each may wait for seconds
	for name, run := range callers(t) {
		dry := &hook{stacks: map[string]bool{}}
		if _, err := run(context.Background(), hooked(dry)); err != nil || len(dry.first) < 5 {
			t.Fatalf("%s: the model is called in %d ways; %v", name, len(dry.first), err)
		}
		for _, number := range dry.first {
			all.Go(func() {
				if err := test(number, run); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	all.Wait()
}

// Wherever the model's code does not return, the run ends soon after it was interrupted and
// says which part of the code that was: at the first call on every way through the engine.
func TestTheModelMayHangAnywhere(t *testing.T) { eachCall(t, hangsAt) }

// Wherever the model's code ends its goroutine, as a test's FailNow does, the run ends with an
// error that names the place.
func TestTheModelMayEndItsGoroutineAnywhere(t *testing.T) { eachCall(t, leavesAt) }

// leavesAt has one call of the model's code end its goroutine.
func leavesAt(number int, run caller) error {
	h := &hook{block: number, leave: true}
	reason, err := run(context.Background(), hooked(h))
	if left := new(ContractError); !errors.As(err, &left) || !strings.Contains(left.Problem, "ended its goroutine, at hang_everywhere_test.go:") {
		return fmt.Errorf("call %d, of %s: %q, %v", number, h.part, reason, err)
	}
	return nil
}

// hangsAt has one call of the model's code not return, and the run interrupted then.
func hangsAt(number int, run caller) error {
	ctx, cancel := context.WithCancel(context.Background())
	h := &hook{block: number, interrupt: cancel}
	reason, err := run(ctx, hooked(h))
	if err != nil || !strings.Contains(reason, "; "+h.part+" has not returned for 3s") && !strings.Contains(reason, "; "+h.part+", on ") {
		return fmt.Errorf("call %d, of %s: %q, %v", number, h.part, reason, err)
	}
	return nil
}

// hungOf is what an error says of code that does not return.
func hungOf(err error) (string, error) {
	if hung := new(HungError); errors.As(err, &hung) {
		return hung.Error(), nil
	}
	return "", err
}
