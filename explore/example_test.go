package explore_test

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Theatre has one seat left, and two clerks who sell it.
type Theatre struct {
	Sold  int8
	Looks [2]bool // a clerk has seen that there is a seat
}

// newTheatre returns a model in which a clerk looks and then sells. A careful
// one looks again before that.
func newTheatre(careful bool) *model.Model[Theatre] {
	look := func(s *Theatre, c *model.Choice) bool {
		clerk := c.Int("clerk", 2)
		if s.Looks[clerk] || s.Sold > 0 {
			return false
		}
		s.Looks[clerk] = true
		return true
	}
	sell := func(s *Theatre, c *model.Choice) bool {
		clerk := c.Int("clerk", 2)
		if !s.Looks[clerk] || careful && s.Sold > 0 {
			return false
		}
		s.Looks[clerk] = false
		s.Sold++
		return true
	}
	return &model.Model[Theatre]{
		Name: "theatre",
		Actions: []model.Action[Theatre]{
			{Name: "Look", Do: look},
			{Name: "Sell", Do: sell},
		},
		Properties: []model.Property[Theatre]{
			model.Always("OneToASeat", func(s *Theatre) bool { return s.Sold <= 1 }),
		},
		Terminal: func(s *Theatre) bool { return s.Sold > 0 },
	}
}

// A violation comes with a shortest run that leads to it.
func ExampleCheck() {
	report, err := explore.Check(context.Background(), newTheatre(false), explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Model, "is", report.Verdict)
	for _, p := range report.Properties {
		fmt.Println(p.Name, "is", p.Verdict)
		if p.Trace != nil {
			_ = p.Trace.Text(os.Stdout, trace.TextOptions{})
		}
	}
	// Output:
	// theatre is violated
	// OneToASeat is violated
	//   1  Init             (all zero)
	//   2  Look(clerk=0)    Looks[0]: false -> true
	//   3  Look(clerk=1)    Looks[1]: false -> true
	//   4  Sell(clerk=0)    Sold: 0 -> 1   Looks[0]: true -> false
	//   5  Sell(clerk=1)    Sold: 1 -> 2   Looks[1]: true -> false
	// Deadlock is unknown
}

// A repaired model no longer takes the last step of the old counterexample.
func ExampleReplay() {
	ctx := context.Background()
	report, err := explore.Check(ctx, newTheatre(false), explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	counterexample := report.Properties[0].Trace

	_, err = explore.Replay(ctx, newTheatre(false), counterexample)
	fmt.Println("as it was:", err)
	upTo, err := explore.Replay(ctx, newTheatre(true), counterexample)
	fmt.Println("repaired:", err)
	fmt.Println("states until then:", upTo.Trace().Length)
	// Output:
	// as it was: <nil>
	// repaired: step 5: Sell(clerk=1) is not possible here
	// states until then: 4
}

// A walk goes where one likes, and knows what is possible there and what is wrong.
func ExampleWalk() {
	walk, err := explore.Replay(context.Background(), newTheatre(false), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, label := range []string{"Init", "Look(clerk=0)", "Look(clerk=1)", "Sell(clerk=0)"} {
		walk.Take(slices.IndexFunc(walk.Next(), func(s trace.Step) bool { return s.Label() == label }))
	}
	for _, step := range walk.Next() {
		fmt.Println("possible:", step.Label())
	}
	walk.Take(0)
	for _, p := range walk.Findings() {
		fmt.Println(p.Name, "is", p.Verdict)
	}
	// Output:
	// possible: Sell(clerk=1)
	// OneToASeat is violated
}

// A run that a limit ends says nothing about what comes after it.
func ExampleOptions() {
	type State struct{ N int }
	up := func(s *State, c *model.Choice) bool {
		s.N = 2*s.N + 1 + c.Int("more", 2) // a tree without end
		return true
	}
	m := &model.Model[State]{
		Name:    "tree",
		Actions: []model.Action[State]{{Name: "Up", Do: up}},
		Properties: []model.Property[State]{
			model.Always("Positive", func(s *State) bool { return s.N >= 0 }),
			model.Reachable("Ten", func(s *State) bool { return s.N == 10 }),
		},
	}
	report, err := explore.Check(context.Background(), m, explore.Options{MaxStates: 20})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: %s\n", report.Verdict, report.Reason)
	for _, p := range report.Properties {
		fmt.Println(p.Name, "is", p.Verdict)
	}
	fmt.Println("states per level:", report.Counts.Levels)
	// Output:
	// incomplete: the limit of 20 states was reached
	// Positive is unknown
	// Ten is reached
	// Deadlock is unknown
	// states per level: [1 2 4 8 5]
}

// A property about whole runs is broken by one that goes on for ever: a way into a
// loop, and the loop. The trace says where the loop begins, and why no fair action
// has been kept waiting in it.
func ExampleCheck_wholeRuns() {
	type Kitchen struct {
		Orders int8 // waiting, at most two
		Cook   bool // is at work
	}
	m := &model.Model[Kitchen]{
		Name: "kitchen",
		Actions: []model.Action[Kitchen]{
			{Name: "Order", Do: func(s *Kitchen, _ *model.Choice) bool {
				if s.Orders == 2 {
					return false
				}
				s.Orders++
				return true
			}},
			{Name: "Cook", Fair: model.Weak, Do: func(s *Kitchen, _ *model.Choice) bool {
				if s.Orders == 0 || s.Cook {
					return false
				}
				s.Orders--
				s.Cook = true
				return true
			}},
			{Name: "Serve", Fair: model.Weak, Do: func(s *Kitchen, _ *model.Choice) bool {
				if !s.Cook {
					return false
				}
				s.Cook = false
				return true
			}},
		},
		Properties: []model.Property[Kitchen]{
			model.LeadsTo("NobodyWaitsForever", func(s *Kitchen) bool { return s.Orders > 0 }, func(s *Kitchen) bool { return s.Cook }),
			model.LeadsTo("TheQueueEmpties", func(s *Kitchen) bool { return s.Orders > 0 }, func(s *Kitchen) bool { return s.Orders == 0 }),
		},
	}
	report, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Properties[:2] {
		fmt.Printf("%s: %s\n", p.Name, p.Verdict)
		if p.Trace != nil {
			_ = p.Trace.Text(os.Stdout, trace.TextOptions{})
		}
	}
	// Output:
	// NobodyWaitsForever: holds
	// TheQueueEmpties: violated
	//   1  Init     (all zero)
	//   2  Order    Orders: 0 -> 1
	//      -- from here on, for ever:
	//   3  Order    Orders: 1 -> 2
	//   4  Cook     Orders: 2 -> 1   Cook: false -> true
	//   5  Serve    Cook: true -> false
	//      -- back to 2
	//
	//   the loop is fair to
	//   Cook   weak    taken at 4
	//   Serve  weak    taken at 5
}
