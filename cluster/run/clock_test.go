package run

import (
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/cluster/task"
)

// jumping is a clock that jumps by hours, to and fro, as often as it is asked at first.
type jumping struct {
	mutex  sync.Mutex
	random *rand.Rand
	jumps  int // still to come
	ahead  time.Duration
}

func (c *jumping) now() time.Time {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.jumps > 0 {
		c.jumps--
		c.ahead = time.Duration(c.random.IntN(20*3600)-10*3600) * time.Second
	}
	return time.Now().Add(c.ahead)
}

// A clock that jumps has tasks asked for again, and workers leave and come back. The report is
// what it is.
func TestAClockThatJumpsChangesNothing(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	for seed := range uint64(3) {
		g := &rig{model: m, options: faulty.options, workers: 2, block: 60, partitions: 3, homeStates: 1}
		c := &jumping{random: rand.New(rand.NewPCG(seed, 7)), jumps: 1000}
		g.change = func(s *Settings) { s.now = c.now }
		r, err := g.check(t)
		if err != nil {
			t.Fatal(err)
		}
		if got := without(t, r); got != want {
			t.Error(difference(got, want))
		}
		if c.jumps > 900 {
			t.Errorf("the clock was asked %d times only", 1000-c.jumps)
		}
	}
}

// No process tells another one what time it is.
func TestNoTimeIsInAnyMessage(t *testing.T) {
	var walk func(x reflect.Type, path string, seen map[reflect.Type]bool) int
	walk = func(x reflect.Type, path string, seen map[reflect.Type]bool) (fields int) {
		if x == reflect.TypeFor[time.Time]() {
			t.Errorf("%s is a time", path)
		}
		if seen[x] {
			return 0
		}
		seen[x] = true
		switch x.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array:
			return walk(x.Elem(), path, seen)
		case reflect.Map:
			return walk(x.Key(), path, seen) + walk(x.Elem(), path, seen)
		case reflect.Struct:
			for i := range x.NumField() {
				fields += 1 + walk(x.Field(i).Type, path+"."+x.Field(i).Name, seen)
			}
		}
		return fields
	}
	for _, x := range []any{job{}, owner{}, Announcement{}, presence{}, order{}, task.Task{}, task.Answer{}, Manifest{}} {
		if fields := walk(reflect.TypeOf(x), reflect.TypeOf(x).String(), map[reflect.Type]bool{}); fields == 0 {
			t.Errorf("%T has no fields", x)
		}
	}
}
