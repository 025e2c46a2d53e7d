package command_test

import (
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// lock is clients that take a lock, and may crash while they hold it. Its entry
// has everything that an entry can have.
type lockConfig struct {
	Clients int    `flag:"clients" default:"2" min:"1" max:"4" help:"clients that want the lock"`
	Lease   bool   `flag:"lease" help:"give the lock to somebody else when its holder crashed"`
	Order   string `flag:"order" default:"any" oneof:"any first nobody" help:"who gets the lock next"`
	Bug     string
}

type lockState struct {
	Clients [4]phase
	Grants  uint8
}

type phase uint8

const (
	idle phase = iota
	holding
	crashed
)

func (p phase) String() string { return [...]string{"Idle", "Holding", "Crashed"}[p] }

type lock struct{ lockConfig }

func newLock(c lockConfig) *model.Model[lockState] {
	l := &lock{catalog.Settle(c)}
	return &model.Model[lockState]{
		Name: "lock",
		Actions: []model.Action[lockState]{
			{Name: "Take", Do: l.take},
			{Name: "Give", Do: l.give},
			{Name: "Crash", Do: l.crash, Fault: "crash"},
			{Name: "Expire", Do: l.expire},
		},
		Properties: []model.Property[lockState]{
			model.Always("MutualExclusion", l.exclusive).Explained(l.holders),
			model.AlwaysStep("GrantsGrow", func(before, after *lockState) bool { return before.Grants <= after.Grants }),
			model.Reachable("Granted", func(s *lockState) bool { return s.Grants == 2 }),
		},
		Constraint: func(s *lockState) bool { return s.Grants <= 2 },
		Terminal:   func(s *lockState) bool { return true },
	}
}

func (l *lock) take(s *lockState, c *model.Choice) bool {
	n := c.Int("client", l.Clients)
	if s.Clients[n] != idle || l.busy(s) && l.Bug != "no-wait" || l.Order == "nobody" || l.Order == "first" && n > 0 {
		return false
	}
	s.Clients[n] = holding
	s.Grants++
	return true
}

func (l *lock) give(s *lockState, c *model.Choice) bool {
	n := c.Int("client", l.Clients)
	if s.Clients[n] != holding || l.Bug == "hoard" {
		return false
	}
	s.Clients[n] = idle
	if l.Bug == "recount" {
		s.Grants = 0
	}
	return true
}

func (l *lock) crash(s *lockState, c *model.Choice) bool {
	n := c.Int("client", l.Clients)
	if s.Clients[n] != holding {
		return false
	}
	s.Clients[n] = crashed
	return true
}

// expire is possible only with a lease.
func (l *lock) expire(s *lockState, c *model.Choice) bool {
	n := c.Int("client", l.Clients)
	if !l.Lease || s.Clients[n] != crashed {
		return false
	}
	s.Clients[n] = idle
	return true
}

func (l *lock) busy(s *lockState) bool { return l.count(s, holding)+l.count(s, crashed) > 0 }

func (l *lock) exclusive(s *lockState) bool { return l.count(s, holding) <= 1 }

func (l *lock) holders(s *lockState) string {
	return fmt.Sprintf("%d clients hold it", l.count(s, holding))
}

func (l *lock) count(s *lockState, want phase) int {
	n := 0
	for _, p := range s.Clients[:l.Clients] {
		if p == want {
			n++
		}
	}
	return n
}

var lockEntry = catalog.Define("lock", "a lock, and clients that may crash", newLock,
	catalog.Bug{Name: "no-wait", Doc: "a client takes the lock without looking", Breaks: "MutualExclusion", Length: 3},
	catalog.Bug{Name: "recount", Doc: "giving it back forgets the grants", Breaks: "GrantsGrow", Length: 3,
		With: catalog.With{"clients": "1"}},
	catalog.Bug{Name: "hoard", Doc: "nobody ever gives the lock back", Breaks: "Granted"},
	catalog.Fix{Name: "lease", Doc: "the lock comes free when its holder crashed", With: catalog.With{"lease": "true"}},
)

// grid is in a group, and its space is too large to be exhausted.
type gridConfig struct{ Bug string }

// begins prints once that a step is taken, if the environment asks for it. The
// script command interrupt waits for that line.
var begins = sync.OnceFunc(func() {
	if os.Getenv("SAY_BEGUN") != "" {
		fmt.Println("begun")
	}
})

type gridState struct{ At [8]uint8 }

var gridEntry = catalog.Define("large/grid", "eight counters: more states than anybody can count",
	func(gridConfig) *model.Model[gridState] {
		return &model.Model[gridState]{
			Name: "grid",
			Actions: []model.Action[gridState]{{Name: "Step", Do: func(s *gridState, c *model.Choice) bool {
				begins()
				s.At[c.Int("axis", len(s.At))]++
				return true
			}}},
			Properties: []model.Property[gridState]{
				model.Always("Anything", func(*gridState) bool { return true }),
				model.Reachable("Center", func(s *gridState) bool { return s.At == [8]uint8{9, 9, 9, 9, 9, 9, 9, 9} }),
			},
		}
	},
	catalog.Bug{Name: "endless", Doc: "nothing is ever found", Breaks: "Anything", Length: 99},
)

// timer has a parameter with the name of one of the tool's own flags.
type timerConfig struct {
	Timeout int `flag:"timeout" default:"3" min:"1" max:"5" help:"ticks until it rings"`
}

type timerState struct{ Ticks int8 }

var timerEntry = catalog.Define("timer", "a timer that rings",
	func(c timerConfig) *model.Model[timerState] {
		c = catalog.Settle(c)
		return &model.Model[timerState]{
			Name: "timer",
			Actions: []model.Action[timerState]{{Name: "Tick", Do: func(s *timerState, _ *model.Choice) bool {
				if int(s.Ticks) == c.Timeout {
					return false
				}
				s.Ticks++
				return true
			}}},
			Properties: []model.Property[timerState]{
				model.Always("InTime", func(s *timerState) bool { return int(s.Ticks) <= c.Timeout }),
			},
		}
	})

// oneAction is a model with one action.
func oneAction[S any](do func(*S, *model.Choice) bool) func(struct{}) *model.Model[S] {
	return func(struct{}) *model.Model[S] {
		return &model.Model[S]{
			Name:          "one",
			Actions:       []model.Action[S]{{Name: "Go", Do: do}},
			Properties:    []model.Property[S]{model.Always("Fine", func(*S) bool { return true })},
			AllowDeadlock: true,
		}
	}
}

// Models that are wrong.
var (
	stuckEntry = catalog.Define("wrong/stuck", "an action that never ends",
		oneAction(func(*timerState, *model.Choice) bool {
			fmt.Println("it hangs")
			time.Sleep(time.Hour)
			return false
		}))
	breachEntry = catalog.Define("wrong/breach", "an action changes the state, and then says that it is not enabled",
		oneAction(func(s *timerState, _ *model.Choice) bool { s.Ticks++; return s.Ticks < 3 }))
	floatEntry = catalog.Define("wrong/float", "a state that cannot be one",
		oneAction(func(s *struct{ Height float64 }, _ *model.Choice) bool { return false }))
)

// liar has bugs and fixes that do not do what its entry says.
var liarEntry = catalog.Define("lock", "a lock, described wrongly", newLock,
	catalog.Bug{Name: "no-wait", Doc: "too short", Breaks: "MutualExclusion", Length: 2},
	catalog.Bug{Name: "recount", Doc: "the wrong property", Breaks: "MutualExclusion", Length: 3},
	catalog.Bug{Name: "harmless", Doc: "no bug at all", Breaks: "GrantsGrow", Length: 3},
	catalog.Fix{Name: "nobody", Doc: "it starves everybody", With: catalog.With{"order": "nobody"}},
)

// clumsy has a constructor that panics.
var clumsyEntry = catalog.Define("clumsy", "a model whose constructor has its limits",
	func(c timerConfig) *model.Model[timerState] { panic("--timeout must be odd") })
