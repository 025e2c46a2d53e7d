package trace_test

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// A light and who is waiting for it.
type Crossing struct {
	Light   Light
	Waiting []string
}

type Light uint8

func (l Light) String() string { return [...]string{"red", "green"}[l] }

func Example() {
	var s Crossing
	var t trace.Trace
	t.Append("Init", nil, trace.ValueOf(&s))

	s.Waiting = append(s.Waiting, "Ann")
	t.Append("Arrive", trace.ArgumentsOf([]model.Argument{{Name: "who", Value: "Ann"}}), trace.ValueOf(&s))

	s.Light, s.Waiting = 1, nil
	t.Append("Switch", nil, trace.ValueOf(&s))

	fmt.Print(&t)
	// Output:
	//   1  Init               Light: red
	//   2  Arrive(who=Ann)    Waiting[0]: + Ann
	//   3  Switch             Light: red -> green   Waiting[0]: - Ann
}

func ExampleTrace_Text() {
	var t trace.Trace
	t.Append("Init", nil, trace.ValueOf(&Crossing{}))
	t.Append("Switch", nil, trace.ValueOf(&Crossing{Light: 1}))

	t.Text(os.Stdout, trace.TextOptions{Full: true})
	// Output:
	//   1  Init      Light: red
	//        Light    red
	//        Waiting  []
	//   2  Switch    Light: red -> green
	//        Light    green
	//        Waiting  []
}

func ExampleValueOf() {
	var sent model.Set[string]
	sent.Add("vote")
	sent.Add("ask")
	v := trace.ValueOf(&sent)
	js, _ := json.Marshal(v)
	fmt.Println(v, string(js))
	// Output: [ask vote] ["ask","vote"]
}

func ExampleChanges() {
	before := trace.ValueOf(&Crossing{Waiting: []string{"Ann", "Bob"}})
	after := trace.ValueOf(&Crossing{Waiting: []string{"Bob"}, Light: 1})
	for _, c := range trace.Changes(before, after) {
		fmt.Println(c)
	}
	// Output:
	// Light: red -> green
	// Waiting[0]: - Ann
}
