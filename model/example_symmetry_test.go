package model_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Clerk is a clerk of an office. Which clerk is which makes no difference.
type Clerk uint8

const (
	nobody Clerk = 0 // other values than the clerks' have their own meaning
	clerks int   = 5 // 1 to 5
)

// Office is clerks who serve visitors, one at a time, and share a stamp.
type Office struct {
	Stamp Clerk        // who has it
	Busy  [clerks]bool `muster:"by=Clerk"` // an element for each clerk
}

// Three lines say that clerks are interchangeable: their type, the tag of the array that
// has an element for each of them, and Symmetry. The search then visits one state of all
// those that differ in the names of clerks only.
func ExampleScalars() {
	office := &model.Model[Office]{
		Name:     "office",
		Symmetry: []model.Symmetry{model.Scalars[Clerk](clerks).From(1)},
		Actions: []model.Action[Office]{
			{Name: "Begin", Do: func(s *Office, c *model.Choice) bool {
				clerk := c.Int("clerk", clerks)
				if s.Busy[clerk] {
					return false
				}
				s.Busy[clerk] = true
				return true
			}},
			{Name: "Take", Do: func(s *Office, c *model.Choice) bool {
				clerk := c.Int("clerk", clerks)
				if s.Stamp != nobody || !s.Busy[clerk] {
					return false
				}
				s.Stamp = Clerk(clerk + 1)
				return true
			}},
			{Name: "End", Do: func(s *Office, c *model.Choice) bool {
				clerk := c.Int("clerk", clerks)
				if !s.Busy[clerk] || s.Stamp == Clerk(clerk+1) && !c.Bool("gives the stamp back") {
					return false
				}
				s.Busy[clerk] = false
				if s.Stamp == Clerk(clerk+1) {
					s.Stamp = nobody
				}
				return true
			}},
		},
		Properties: []model.Property[Office]{
			model.Always("WhoHasTheStampIsBusy", func(s *Office) bool {
				return s.Stamp == nobody || s.Busy[s.Stamp-1]
			}),
		},
	}
	for _, mode := range []explore.SymmetryMode{explore.SymmetryOff, explore.SymmetryAuto} {
		report, err := explore.Check(context.Background(), office, explore.Options{Symmetry: mode})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(report.Verdict, "in", report.Counts.Distinct, "states")
		if s := report.Symmetry; s != nil {
			fmt.Println("which are orbits under", s.Groups, "and stand for", s.States)
		}
	}
	// Output:
	// holds in 112 states
	// holds in 11 states
	// which are orbits under [Clerk(5)] and stand for 112
}
