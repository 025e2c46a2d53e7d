package catalog_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// A model with one parameter and one bug.
type doorConfig struct {
	Rooms int `flag:"rooms" default:"2" min:"1" max:"5" help:"rooms with a door"`
	Bug   string
}

type doors struct{ Open [5]bool }

func newDoors(c doorConfig) *model.Model[doors] {
	c = catalog.Settle(c)
	return &model.Model[doors]{
		Name: "doors",
		Actions: []model.Action[doors]{
			{Name: "Open", Do: func(s *doors, choice *model.Choice) bool {
				room := choice.Int("room", c.Rooms)
				if s.Open != [5]bool{} && c.Bug != "no-interlock" {
					return false // one is open
				}
				s.Open[room] = true
				return true
			}},
			{Name: "Close", Do: func(s *doors, _ *model.Choice) bool {
				s.Open = [5]bool{}
				return true
			}},
		},
		Properties: []model.Property[doors]{
			model.Always("OneAtATime", func(s *doors) bool { return !s.Open[0] || !s.Open[1] }),
		},
	}
}

func ExampleDefine() {
	entry := catalog.Define("doors", "doors with an interlock", newDoors,
		catalog.Bug{Name: "no-interlock", Doc: "a door opens though one is open", Breaks: "OneAtATime", Length: 3})

	m, err := entry.Open(catalog.Settings{With: catalog.With{"rooms": "4"}})
	if err != nil {
		panic(err)
	}
	report, _ := m.Check(context.Background(), explore.Options{})
	fmt.Println(report.Parameters, report.Verdict, report.Counts.Distinct)

	_, err = entry.Open(catalog.Settings{With: catalog.With{"room": "4"}})
	fmt.Println(err)
	_, err = entry.Open(catalog.Settings{With: catalog.With{"rooms": "9"}})
	fmt.Println(err)
	// Output:
	// map[rooms:4] holds 5
	// doors has no parameter "room"; did you mean rooms? there is only rooms
	// --rooms 9: want a number from 1 to 5
}

func ExampleEntry_Trials() {
	entry := catalog.Define("doors", "doors with an interlock", newDoors,
		catalog.Bug{Name: "no-interlock", Breaks: "OneAtATime", Length: 3})
	for _, trial := range entry.Trials() {
		outcome, _ := trial.Run(context.Background(), explore.Options{})
		property, length := outcome.Broke()
		fmt.Printf("%s breaks %s in %d states\n", trial.Name(), property, length)
	}
	// Output:
	// no-interlock breaks OneAtATime in 3 states
}

func ExampleSettle() {
	fmt.Println(catalog.Settle(doorConfig{}).Rooms, catalog.Settle(doorConfig{Rooms: 3}).Rooms)
	// Output:
	// 2 3
}
