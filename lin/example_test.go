package lin_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
)

// Person is a client.
type Person uint8

func (p Person) String() string { return [...]string{"ann", "bob"}[p] }

// Cached is a register with a cache, which a write does not reach.
type Cached struct {
	Value, Cache uint8
	Wrote, Read  bool
	Seen         lin.RegisterMonitor[Person, uint8]
}

const ann, bob Person = 0, 1

// A read from the cache is not linearizable.
func Example() {
	act := func(name string, do func(s *Cached) bool) model.Action[Cached] {
		return model.Action[Cached]{Name: name, Do: func(s *Cached, _ *model.Choice) bool { return do(s) }}
	}
	m := &model.Model[Cached]{
		Name: "cached",
		Actions: []model.Action[Cached]{
			act("Write", func(s *Cached) bool {
				if s.Wrote || s.Seen.Pending(ann) {
					return false
				}
				s.Seen.Call(ann, lin.Write[uint8](7))
				s.Value = 7
				return true
			}),
			act("Written", func(s *Cached) bool {
				if !s.Seen.Pending(ann) {
					return false
				}
				s.Seen.Answer(ann, 0)
				s.Wrote = true
				return true
			}),
			act("Read", func(s *Cached) bool {
				if s.Read || s.Seen.Pending(bob) {
					return false
				}
				s.Seen.Call(bob, lin.Read[uint8]())
				return true
			}),
			act("Found", func(s *Cached) bool {
				if !s.Seen.Pending(bob) {
					return false
				}
				s.Seen.Answer(bob, s.Cache)
				s.Read = true
				return true
			}),
		},
		Properties: []model.Property[Cached]{
			lin.Linearizable("Linearizable", func(s *Cached) *lin.RegisterMonitor[Person, uint8] { return &s.Seen }),
		},
		AllowDeadlock: true,
	}
	report, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Detail)
	// Output:
	// step  2           3   4       5
	// ann   [write 7--ok]
	// bob                   [read--0]
	//                       ^^^^^^^^^
	// The read of bob, steps 4 to 5, cannot be answered 0: only 7 is possible.
}

// A queue of two elements. Both elements may have been put first, but not neither.
func ExampleQueue() {
	var m lin.Monitor[Person, lin.Queue[uint8, [2]uint8], lin.EndOp[uint8], lin.Taken[uint8]]
	m.Call(ann, lin.Put[uint8](1))
	m.Call(bob, lin.Put[uint8](2))
	m.Answer(ann, lin.Taken[uint8]{})
	m.Answer(bob, lin.Taken[uint8]{})
	m.Call(ann, lin.Take[uint8]())
	m.Answer(ann, lin.Taken[uint8]{Item: 2, OK: true})
	fmt.Println(m.OK())
	m.Call(bob, lin.Take[uint8]())
	m.Answer(bob, lin.Taken[uint8]{Item: 2, OK: true})
	fmt.Println(m.OK())
	// Output:
	// true
	// false
}
