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

// Table is a table of philosophers, each of whom has a fork on either side.
type Table struct {
	Threads [5]goroutine.Thread
	Forks   [5]goroutine.Mutex
}

// newTable returns n philosophers who eat again and again. Philosophers with care take the
// fork with the lower number first.
func newTable(n int, care bool) goroutine.Program[Table] {
	first, second := func(g G) int { return g.Copy() }, func(g G) int { return (g.Copy() + 1) % n }
	if care {
		first, second = func(g G) int { return min(g.Copy(), (g.Copy()+1)%n) }, func(g G) int { return max(g.Copy(), (g.Copy()+1)%n) }
	}
	return goroutine.Program[Table]{
		Name:    "philosophers",
		Threads: func(s *Table) []goroutine.Thread { return s.Threads[:n] },
		Bodies: []goroutine.Body[Table]{{Name: "philosopher", Copies: n, Code: []goroutine.Statement[Table]{
			goroutine.Do("first.Lock()", func(s *Table, g G) Next { return s.Forks[first(g)].Lock(g) }),
			goroutine.Do("second.Lock()", func(s *Table, g G) Next { return s.Forks[second(g)].Lock(g) }),
			goroutine.Do("second.Unlock()", func(s *Table, g G) Next { return s.Forks[second(g)].Unlock(g) }),
			goroutine.Do("first.Unlock()", func(s *Table, g G) Next { return s.Forks[first(g)].Unlock(g).Then(goroutine.Goto(0)) }),
		}}},
		Properties: []model.Property[Table]{
			model.LeadsToEach("EachEats", "philosopher", n,
				func(s *Table, i int) bool { return s.Threads[i].At(0) }, func(s *Table, i int) bool { return s.Threads[i].At(2) }),
		},
	}
}

func TestPhilosophersStarve(t *testing.T) {
	r := mctest.Breaks(t, newTable(3, false).Model(), explore.Options{}, explore.Deadlock, 4)
	want := `philosopher 0 waits to lock Forks[1] (held by philosopher 1), at second.Lock()
philosopher 1 waits to lock Forks[2] (held by philosopher 2), at second.Lock()
philosopher 2 waits to lock Forks[0] (held by philosopher 0), at second.Lock()`
	if got := waitsOf(r, explore.Deadlock); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A philosopher with care eats in the end, for mutexes are fair.
func TestPhilosophersWithCareEat(t *testing.T) {
	for n, distinct := range map[int]uint64{2: 0, 3: 0, 4: 0} {
		r := mctest.Holds(t, newTable(n, true).Model(), explore.Options{})
		mctest.Counts(t, r, explore.Counts{Distinct: distinct})
	}
}

// waitsOf is who waits at the end of the run that violates a property.
func waitsOf(r *explore.Report, property string) string {
	var lines []string
	for _, p := range r.Properties {
		if p.Name == property && p.Trace != nil {
			for _, w := range p.Trace.Waits {
				lines = append(lines, fmt.Sprint(w))
			}
		}
	}
	return strings.Join(lines, "\n")
}
