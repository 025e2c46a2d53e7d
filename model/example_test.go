package model_test

import (
	"context"
	"fmt"
	"os"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// River is an old puzzle. A farmer takes a wolf, a goat and a cabbage across a
// river, in a boat with room for one of them. Alone with the goat, the wolf eats
// it; alone with the cabbage, the goat eats that.
type River struct {
	Farmer, Wolf, Goat, Cabbage Bank
}

// Bank is a side of the river.
type Bank bool

func (b Bank) String() string {
	if b {
		return "far"
	}
	return "near"
}

// Safe: nobody is eaten.
func (r *River) Safe() bool {
	return r.Goat == r.Farmer || r.Goat != r.Wolf && r.Goat != r.Cabbage
}

// Cross takes the farmer across, alone or with one that is on his bank.
func Cross(r *River, c *model.Choice) bool {
	load := model.Pick(c, "with", []string{"nobody", "wolf", "goat", "cabbage"})
	from := r.Farmer
	passenger := map[string]*Bank{"wolf": &r.Wolf, "goat": &r.Goat, "cabbage": &r.Cabbage}[load]
	if passenger != nil && *passenger != from {
		return false
	}
	r.Farmer = !from
	if passenger != nil {
		*passenger = !from
	}
	return true
}

// The claim is that nobody ever gets everything across. Its counterexample is
// the solution of the puzzle, and the shortest one.
func Example() {
	river := &model.Model[River]{
		Name:       "river",
		Actions:    []model.Action[River]{{Name: "Cross", Do: Cross}},
		Constraint: (*River).Safe, // what is eaten goes nowhere
		Properties: []model.Property[River]{
			model.Always("SomebodyStaysBehind", func(r *River) bool {
				return *r != River{true, true, true, true}
			}),
		},
	}
	report, err := explore.Check(context.Background(), river, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	p := report.Properties[0]
	fmt.Println(p.Name, "is", p.Verdict, "in", p.Trace.Length, "states")
	_ = p.Trace.Text(os.Stdout, trace.TextOptions{})
	// Output:
	// SomebodyStaysBehind is violated in 8 states
	//   1  Init                   Farmer: near   Wolf: near   Goat: near   Cabbage: near
	//   2  Cross(with=goat)       Farmer: near -> far   Goat: near -> far
	//   3  Cross(with=nobody)     Farmer: far -> near
	//   4  Cross(with=wolf)       Farmer: near -> far   Wolf: near -> far
	//   5  Cross(with=goat)       Farmer: far -> near   Goat: far -> near
	//   6  Cross(with=cabbage)    Farmer: near -> far   Cabbage: near -> far
	//   7  Cross(with=nobody)     Farmer: far -> near
	//   8  Cross(with=goat)       Farmer: near -> far   Goat: near -> far
}
