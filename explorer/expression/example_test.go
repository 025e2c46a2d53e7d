package expression_test

import (
	"fmt"
	"log"

	"github.com/muster-mc/muster/explorer/expression"
	"github.com/muster-mc/muster/trace"
)

func Example() {
	type node struct {
		Up   bool
		Seen int
	}
	state := struct {
		Holder int
		Nodes  []node
	}{Holder: 1, Nodes: []node{{true, 3}, {false, 5}}}

	e, err := expression.Parse("Nodes[*].Seen > 4 && !Nodes[1].Up && Holder == 1")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(e.Holds(trace.ValueOf(&state)))

	_, err = expression.Parse("Holder == ")
	fmt.Println(err)
	// Output:
	// true
	// letter 11: want a path, a number or a text, got the end
}
