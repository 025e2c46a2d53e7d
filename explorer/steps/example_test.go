package steps_test

import (
	"fmt"
	"log"

	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/trace"
)

// A step that is typed is found among those that are possible.
func Example() {
	list, err := steps.Parse("Tick Tock", "clock", []string{"Tick", "Tock"})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(list[0].Text(), list[1].Text(), list[2].Text())
	place, err := list[1].Choose([]trace.Step{{Action: "Tock"}, {Action: "Tick"}}, false)
	fmt.Println(place, err)
	_, err = list[2].Choose([]trace.Step{{Action: "Tick"}}, false)
	fmt.Println(err)
	_, err = steps.Parse("Tik", "clock", []string{"Tick", "Tock"})
	fmt.Println(err)
	// Output:
	// Init Tick Tock
	// 1 <nil>
	// Tock is not possible here
	// step 2: clock has no action "Tik"; did you mean Tick? there are Init, Tick, Tock
}
