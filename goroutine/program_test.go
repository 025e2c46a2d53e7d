package goroutine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// panicOf is what a call panics with.
func panicOf(call func()) (text string) {
	defer func() {
		if v := recover(); v != nil {
			text = fmt.Sprint(v)
		}
	}()
	call()
	return ""
}

func TestAProgramThatCannotBeIsRefused(t *testing.T) {
	good := func() goroutine.Program[things] { return newThings([]does{nothing}, []does{nothing}) }
	if got := panicOf(func() { good().Model() }); got != "" {
		t.Fatalf("a good program: %s", got)
	}
	for want, spoil := range map[string]func(p *goroutine.Program[things]){
		"goroutine: things has no Bodies":                                                               func(p *goroutine.Program[things]) { p.Bodies = nil },
		"goroutine: things has 17 goroutines; at most 16 are supported":                                 func(p *goroutine.Program[things]) { p.Bodies[0].Copies = 16 },
		"goroutine: things has no Threads: say which field of the state holds the goroutines":           func(p *goroutine.Program[things]) { p.Threads = nil },
		"goroutine: things has 3 goroutines, and its state has room for 2: Threads must return as many": func(p *goroutine.Program[things]) { p.Bodies[1].Copies = 2 },
		"goroutine: things has a body without a Name":                                                   func(p *goroutine.Program[things]) { p.Bodies[1].Name = "" },
		"goroutine: things has no Code for bob":                                                         func(p *goroutine.Program[things]) { p.Bodies[1].Code = nil },
		"goroutine: things has no statement 1 in ann": func(p *goroutine.Program[things]) {
			p.Bodies[0].Code = make([]goroutine.Statement[things], 3)
			p.Bodies[0].Code[0] = goroutine.Do("", nothing)
		},
		"goroutine: things has 255 statements for bob; at most 254 are supported": func(p *goroutine.Program[things]) {
			p.Bodies[1].Code = make([]goroutine.Statement[things], 255)
		},
	} {
		p := good()
		spoil(&p)
		if got := panicOf(func() { p.Model() }); got != want {
			t.Errorf("got %q; want %q", got, want)
		}
	}
}

// Mistakes in a statement are a finding that names it.
func TestMistakesInStatements(t *testing.T) {
	for want, do := range map[string]does{
		"goroutine: ann goes to statement 7; the last one is 0":                      func(s *things, g G) Next { return goroutine.Goto(7) },
		"goroutine: ann starts body 2; the last one is 1":                            func(s *things, g G) Next { return g.Go(2) },
		"goroutine: all copies of bob run: give the body more Copies":                func(s *things, g G) Next { return g.Go(1) },
		"goroutine: a channel in [1]uint8 cannot have the capacity 2":                func(s *things, g G) Next { s.Nested.Chans[0].Make(2); return goroutine.On },
		"goroutine: a WaitGroup counts to 255 at most, and not to 256":               func(s *things, g G) Next { return s.Group.Add(g, 256) },
		`goroutine: bob waits in "line 0" for a channel, and the statement does not`: func(s *things, g G) Next { return s.Nested.Chans[0].Send(g, 1) },
	} {
		bob := func(s *things, g G) Next { // forgets to receive
			if g.Select(s.Nested.Chans[0].CanRecv(g)) == 0 {
				return goroutine.Blocked
			}
			return goroutine.Blocked
		}
		r := mctest.Breaks(t, newThings([]does{do}, []does{bob}).Model(), explore.Options{}, explore.Panic, 0)
		if got := r.Properties[len(r.Properties)-1].Detail; !strings.Contains(got, want) {
			t.Errorf("got %q; want %q", got, want)
		}
	}
}

// The first of those that do not run is started; the body may run again when it has
// returned.
func TestGoStartsACopy(t *testing.T) {
	type state struct {
		Threads [3]goroutine.Thread
		Ran     [2]goroutine.AtomicInt[uint8]
		Group   goroutine.WaitGroup
	}
	start := goroutine.Do("go work()", func(s *state, g G) Next { s.Group.Add(g, 1); return g.Go(1) })
	wait := goroutine.Do("wg.Wait()", func(s *state, g G) Next { return s.Group.Wait(g) })
	p := goroutine.Program[state]{
		Name:    "starter",
		Threads: func(s *state) []goroutine.Thread { return s.Threads[:] },
		Bodies: []goroutine.Body[state]{
			{Name: "main", Code: []goroutine.Statement[state]{start, start, wait, start, wait}},
			{Name: "work", Copies: 2, Later: true, Code: []goroutine.Statement[state]{
				goroutine.Do("ran++", func(s *state, g G) Next { s.Ran[g.Copy()].Add(1); s.Group.Done(g); return goroutine.Return }),
			}},
		},
		Properties: []model.Property[state]{
			model.Always("ThreeRun", func(s *state) bool {
				return s.Threads[0].Runs() || s.Ran[0].Load()+s.Ran[1].Load() == 3
			}),
			model.Reachable("TheFirstRunsTwice", func(s *state) bool { return s.Ran[0].Load() == 2 && s.Ran[1].Load() == 1 }),
			model.Reachable("TheFirstRunsAlways", func(s *state) bool { return s.Ran[0].Load() == 3 }),
		},
	}
	mctest.Holds(t, p.Model(), explore.Options{})
}

// f runs once, and no goroutine returns from once.Do before that.
func TestOnce(t *testing.T) {
	type state struct {
		Threads [3]goroutine.Thread
		Once    goroutine.Once
		Runs    uint8
		After   [3]bool
	}
	newProgram := func(forgets bool) goroutine.Program[state] {
		return goroutine.Program[state]{
			Name:    "once",
			Threads: func(s *state) []goroutine.Thread { return s.Threads[:] },
			Bodies: []goroutine.Body[state]{{Name: "opener", Copies: 3, Code: []goroutine.Statement[state]{
				goroutine.Do("once.Do(", func(s *state, g G) Next {
					if next := s.Once.Do(g, goroutine.Goto(1)); next != goroutine.On {
						return next
					}
					return goroutine.Goto(3)
				}),
				goroutine.Do("runs++", func(s *state, g G) Next { s.Runs++; return goroutine.On }),
				goroutine.Do(")", func(s *state, g G) Next {
					if forgets {
						return goroutine.On
					}
					return s.Once.Done(g)
				}),
				goroutine.Do("after", func(s *state, g G) Next { s.After[g.Copy()] = true; return goroutine.On }),
			}}},
			Properties: []model.Property[state]{
				model.Implies("RanOnceBefore", func(s *state) bool { return s.After != [3]bool{} }, func(s *state) bool {
					return s.Runs == 1
				}),
				model.Implies("IsDone", func(s *state) bool { return s.After != [3]bool{} }, func(s *state) bool { return forgets || s.Once.IsDone() }),
			},
		}
	}
	mctest.Holds(t, newProgram(false).Model(), explore.Options{})
	mctest.Breaks(t, newProgram(true).Model(), explore.Options{}, explore.Deadlock, 0)
}

// Two goroutines that add without an atomic operation lose one; with CompareAndSwap and a
// loop, or Add, none is lost.
func TestAtomics(t *testing.T) {
	type state struct {
		Threads [2]goroutine.Thread
		N       goroutine.AtomicInt[int8]
		Seen    [2]int8
	}
	load := goroutine.Do("seen := n.Load()", func(s *state, g G) Next { s.Seen[g.ID()] = s.N.Load(); return goroutine.On })
	newProgram := func(code ...goroutine.Statement[state]) *model.Model[state] {
		return goroutine.Program[state]{
			Name:    "count",
			Threads: func(s *state) []goroutine.Thread { return s.Threads[:] },
			Bodies:  []goroutine.Body[state]{{Name: "adder", Copies: 2, Code: code}},
			Properties: []model.Property[state]{model.Always("NothingIsLost", func(s *state) bool {
				return s.Threads != [2]goroutine.Thread{} || s.N.Load() == 2
			})},
		}.Model()
	}
	mctest.Breaks(t, newProgram(load, goroutine.Do("n.Store(seen+1)", func(s *state, g G) Next {
		s.N.Store(s.Seen[g.ID()] + 1)
		return goroutine.On
	})), explore.Options{}, "NothingIsLost", 5)
	mctest.Holds(t, newProgram(load, goroutine.Do("n.CompareAndSwap(seen, seen+1)", func(s *state, g G) Next {
		if !s.N.CompareAndSwap(s.Seen[g.ID()], s.Seen[g.ID()]+1) {
			return goroutine.Goto(0)
		}
		return goroutine.On
	})), explore.Options{})
	mctest.Holds(t, newProgram(goroutine.Do("n.Add(1)", func(s *state, g G) Next { s.N.Add(1); return goroutine.On })), explore.Options{})

	n := goroutine.AtomicInt[uint8]{}
	n.Store(0b1100)
	if a, o, x, w := n.And(0b0110), n.Or(0b0001), n.Swap(255), n.Add(2); a != 0b1100 || o != 0b0100 || x != 0b0101 || w != 1 {
		t.Errorf("got %b, %b, %b, %b", a, o, x, w)
	}
}
