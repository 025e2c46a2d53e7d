package model_test

import (
	"context"
	"fmt"
	"os"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Crossing is a traffic light for people on foot, and whether one of them waits.
type Crossing struct {
	Waiting bool
	Green   bool
}

// newCrossing returns a crossing with a light that is so fair.
func newCrossing(fair model.Fairness, claims ...model.Property[Crossing]) *model.Model[Crossing] {
	return &model.Model[Crossing]{
		Name: "crossing",
		Actions: []model.Action[Crossing]{
			{Name: "Press", Do: func(s *Crossing, _ *model.Choice) bool {
				if s.Waiting || s.Green {
					return false
				}
				s.Waiting = true
				return true
			}},
			{Name: "TurnGreen", Fair: fair, Do: func(s *Crossing, _ *model.Choice) bool {
				if !s.Waiting {
					return false
				}
				s.Waiting, s.Green = false, true
				return true
			}},
			{Name: "TurnRed", Fair: fair, Do: func(s *Crossing, _ *model.Choice) bool {
				if !s.Green {
					return false
				}
				s.Green = false
				return true
			}},
		},
		Properties: claims,
	}
}

// show checks a model, and prints what became of its claims.
func show[S any](m *model.Model[S]) {
	report, err := explore.Check(context.Background(), m, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range report.Properties {
		if p.Name == explore.Deadlock {
			continue
		}
		fmt.Printf("%s: %s\n", p.Name, p.Verdict)
		if p.Trace != nil {
			_ = p.Trace.Text(os.Stdout, trace.TextOptions{})
		}
	}
}

// Whoever waits gets green, if the light owes them that: without fairness it may
// stay red for ever.
func ExampleLeadsTo() {
	waiting := func(s *Crossing) bool { return s.Waiting }
	green := func(s *Crossing) bool { return s.Green }
	claim := model.LeadsTo("EverybodyCrosses", waiting, green)
	show(newCrossing(model.Weak, claim))
	show(newCrossing(model.Unfair, claim))
	// Output:
	// EverybodyCrosses: holds
	// EverybodyCrosses: violated
	//   1  Init     (all zero)
	//   2  Press    Waiting: false -> true
	//      -- stutters here for ever
	//
	//   enabled in the loop, taken nowhere in it, and owed nothing
	//   TurnGreen  enabled at 2
}

// Nobody needs to press, so that it may never be green; but it is red again and
// again, for what is green turns red.
func ExampleRecurs() {
	show(newCrossing(model.Weak,
		model.Recurs("RedAgain", func(s *Crossing) bool { return !s.Green }),
		model.Eventually("GreenOnce", func(s *Crossing) bool { return s.Green })))
	// Output:
	// RedAgain: holds
	// GreenOnce: violated
	//   1  Init    (all zero)
	//      -- stutters here for ever
	//
	//   the loop is fair to
	//   TurnGreen  weak    not enabled in the loop
	//   TurnRed    weak    not enabled in the loop
	//
	//   enabled in the loop, taken nowhere in it, and owed nothing
	//   Press  enabled at 1
}

// Formulas say what the simple claims cannot: here, that it does not turn green
// before somebody has pressed.
func ExampleTemporal() {
	pressed := model.Happens[Crossing]("Press")
	red := model.Holds(func(s *Crossing) bool { return !s.Green })
	show(newCrossing(model.Weak,
		model.Temporal("RedUntilPressed", model.Or(model.Until(red, pressed), model.Globally(red))),
		model.Temporal("SomebodyPresses", model.Finally(pressed))))
	// Output:
	// RedUntilPressed: holds
	// SomebodyPresses: violated
	//   1  Init    (all zero)
	//      -- stutters here for ever
	//
	//   the loop is fair to
	//   TurnGreen  weak    not enabled in the loop
	//   TurnRed    weak    not enabled in the loop
	//
	//   enabled in the loop, taken nowhere in it, and owed nothing
	//   Press  enabled at 1
}

// A ball in a bowl rolls to and fro, each time less far.
func ExampleSettles() {
	type Ball struct{ Height int8 }
	show(&model.Model[Ball]{
		Name: "bowl",
		Init: func(s *Ball, _ *model.Choice) bool { s.Height = 3; return true },
		Actions: []model.Action[Ball]{{Name: "Roll", Fair: model.Weak, Do: func(s *Ball, _ *model.Choice) bool {
			if s.Height == 0 {
				return false
			}
			s.Height = -s.Height
			if s.Height > 0 {
				s.Height--
			}
			return true
		}}},
		Properties: []model.Property[Ball]{
			model.Eventually("CrossesTheMiddle", func(s *Ball) bool { return s.Height < 0 }),
			model.Settles("ComesToRest", func(s *Ball) bool { return s.Height == 0 }),
		},
		AllowDeadlock: true,
	})
	// Output:
	// CrossesTheMiddle: holds
	// ComesToRest: holds
}

// Two clients want the same lock, again and again. Weak fairness does not help the
// second one: whenever the first has the lock nobody can take it, and then nothing
// is owed. Strong fairness of the action as a whole is content if the first client
// always takes it. Only strong fairness to each client is enough.
func ExampleFairness() {
	type Lock struct{ Holder int8 } // 0 for nobody
	newLock := func(fair model.Fairness) *model.Model[Lock] {
		return &model.Model[Lock]{
			Name: "lock",
			Actions: []model.Action[Lock]{
				{Name: "Take", Fair: fair, Do: func(s *Lock, c *model.Choice) bool {
					client := int8(1 + c.Int("client", 2))
					if s.Holder != 0 {
						return false
					}
					s.Holder = client
					return true
				}},
				{Name: "Give", Fair: model.Weak, Do: func(s *Lock, _ *model.Choice) bool {
					if s.Holder == 0 {
						return false
					}
					s.Holder = 0
					return true
				}},
			},
			Properties: []model.Property[Lock]{
				model.Recurs("SecondGetsIt", func(s *Lock) bool { return s.Holder == 2 }),
			},
		}
	}
	for _, fair := range []model.Fairness{model.Weak, model.WeakEach, model.Strong, model.StrongEach} {
		report, err := explore.Check(context.Background(), newLock(fair), explore.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %s\n", fair, report.Properties[0].Verdict)
	}
	// Output:
	// weak: violated
	// weak each: violated
	// strong: violated
	// strong each: holds
}
