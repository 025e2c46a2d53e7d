package trace_test

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type leafState struct {
	Holder int
	Nodes  [2]struct {
		Phase string
		Log   []int8
	}
	Net   model.Set[uint8]
	Index map[string]bool
}

func leaves() []trace.Leaf {
	s := leafState{Holder: 1, Index: map[string]bool{"a b": true}}
	s.Nodes[1].Phase, s.Nodes[1].Log = "Idle", []int8{7, 8}
	s.Net.Add(3)
	return trace.ValueOf(&s).Leaves()
}

func ExampleValue_Leaves() {
	for _, l := range leaves() {
		fmt.Printf("%s = %s (%s)\n", l.Path, l.Value, l.Field())
	}
	// Output:
	// Holder = 1 (Holder)
	// Nodes[0].Phase = "" (Nodes.Phase)
	// Nodes[0].Log = [] (Nodes.Log)
	// Nodes[1].Phase = Idle (Nodes.Phase)
	// Nodes[1].Log[0] = 7 (Nodes.Log)
	// Nodes[1].Log[1] = 8 (Nodes.Log)
	// Net = [3] (Net)
	// Index["a b"] = true (Index)
}

func TestLeafIn(t *testing.T) {
	for field, want := range map[string]int{
		"Holder": 1, "Nodes": 5, "Phase": 2, "Nodes.Log": 3, "Nodes[1]": 3, "Nodes[1].Log": 2, "Nodes[1].Log[0]": 1,
		"Index": 1, `Index["a b"]`: 1, "Hold": 0, "Nodes[": 0, "Log.Nodes": 0, "Nodes.Log.Log": 0, "": 0, "Nodes[1].Lo": 0,
	} {
		got := 0
		for _, l := range leaves() {
			if l.In(field) {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d leaves are in it; want %d", field, got, want)
		}
	}
}
