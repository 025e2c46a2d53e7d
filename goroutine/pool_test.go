package goroutine_test

import (
	"regexp"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// Pool is a pool of workers that take jobs from a channel, and a main that waits for them.
type Pool struct {
	Threads [3]goroutine.Thread
	Jobs    goroutine.Chan[uint8, [2]uint8]
	Group   goroutine.WaitGroup
	Job     [2]uint8 // of each worker
	Open    [2]bool  // ok of each worker
	Done    goroutine.AtomicInt[uint8]
	Left    bool // main has returned
}

const main, worker = 0, 1 // the bodies

// newPool returns the pool. With late, a worker adds itself to the group when it runs, and
// main may have waited by then. With twice, a worker is done twice.
func newPool(late, twice bool) goroutine.Program[Pool] {
	add := goroutine.Do("wg.Add(1)", func(s *Pool, g G) Next { return s.Group.Add(g, 1) })
	start := goroutine.Do("go work()", func(s *Pool, g G) Next { return g.Go(worker) })
	put := func(job uint8) goroutine.Statement[Pool] {
		return goroutine.Do("jobs <- job", func(s *Pool, g G) Next { return s.Jobs.Send(g, job) })
	}
	begin, own := []goroutine.Statement[Pool]{add, start, add, start}, []goroutine.Statement[Pool]{}
	if late {
		begin, own = []goroutine.Statement[Pool]{start, start}, []goroutine.Statement[Pool]{add}
	}
	take := len(own) // the place of the loop
	return goroutine.Program[Pool]{
		Name:    "pool",
		Threads: func(s *Pool) []goroutine.Thread { return s.Threads[:] },
		Init:    func(s *Pool, _ *model.Choice) bool { s.Jobs.Make(2); return true },
		Bodies: []goroutine.Body[Pool]{
			main: {Name: "main", Code: append(begin,
				put(1), put(2),
				goroutine.Do("close(jobs)", func(s *Pool, g G) Next { return s.Jobs.Close(g) }),
				goroutine.Do("wg.Wait()", func(s *Pool, g G) Next { return s.Group.Wait(g) }),
				goroutine.Do("return", func(s *Pool, g G) Next { s.Left = true; return goroutine.Return }),
			)},
			worker: {Name: "worker", Copies: 2, Later: true, Code: append(own,
				goroutine.Do("for job := range jobs", func(s *Pool, g G) Next {
					next := s.Jobs.RecvOK(g, &s.Job[g.Copy()], &s.Open[g.Copy()])
					if next == goroutine.On && !s.Open[g.Copy()] {
						return goroutine.Goto(take + 2)
					}
					return next
				}),
				goroutine.Do("work on job", func(s *Pool, g G) Next {
					s.Done.Add(1)
					s.Job[g.Copy()], s.Open[g.Copy()] = 0, false
					return goroutine.Goto(take)
				}),
				goroutine.Do("wg.Done()", func(s *Pool, g G) Next {
					if twice && s.Done.Load() == 2 {
						s.Group.Done(g)
					}
					return s.Group.Done(g)
				}),
			)},
		},
		Properties: []model.Property[Pool]{
			model.Always("AllIsDoneInTheEnd", func(s *Pool) bool { return !s.Left || s.Done.Load() == 2 }),
			model.Reachable("MainReturns", func(s *Pool) bool { return s.Left }),
		},
	}
}

func TestPool(t *testing.T) {
	p := newPool(false, false)
	p.Properties = append(p.Properties, p.NoneWaitsForEver(), model.Eventually("AllReturn", func(s *Pool) bool {
		return s.Threads == [3]goroutine.Thread{}
	}))
	mctest.Counts(t, mctest.Holds(t, p.Model(), explore.Options{}), explore.Counts{Distinct: 76})
}

func TestAddInTheGoroutineIsTooLate(t *testing.T) {
	mctest.Breaks(t, newPool(true, false).Model(), explore.Options{}, "AllIsDoneInTheEnd", 0)
}

func TestDoneTwicePanics(t *testing.T) {
	r := mctest.Breaks(t, newPool(false, true).Model(), explore.Options{}, explore.Panic, 0)
	last := r.Properties[len(r.Properties)-1]
	want := regexp.MustCompile(`^worker \d: wg.Done\(\) panicked: sync: negative WaitGroup counter, at pool_test.go:\d+$`)
	if last.Name != explore.Panic || !want.MatchString(last.Detail) {
		t.Errorf("got %s, %q", last.Name, last.Detail)
	}
}
