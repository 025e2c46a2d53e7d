package trace_test

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type phase uint8

func (p phase) String() string { return [...]string{"Idle", "Busy"}[p] }

func TestPartsOfEveryKind(t *testing.T) {
	var queue container.Queue[int, [2]int]
	queue.Push(7)
	var set model.Set[int]
	set.Add(3)
	state := struct {
		None  *int
		Yes   bool
		Count int
		Name  string
		Phase phase
		List  []int
		Set   model.Set[int]
		Queue container.Queue[int, [2]int]
		Map   map[string]int
		Part  struct{ A, B int }
	}{List: []int{5}, Set: set, Queue: queue, Map: map[string]int{"k]": 1}, Phase: 1, Name: "a b"}
	got := ""
	for _, p := range trace.ValueOf(&state).Parts() {
		got += fmt.Sprintf("%s %s %s %q", p.Step, p.Name, p.Value.Kind(), p.Value.Text())
		for _, q := range p.Value.Parts() {
			got += fmt.Sprintf(" %s=%s", q.Step, q.Value)
		}
		got += "\n"
	}
	const want = `.None None nil ""
.Yes Yes bool "false"
.Count Count number "0"
.Name Name text "a b"
.Phase Phase text "Busy"
.List List list "" [0]=5
.Set Set set "" =3
.Queue Queue queue "" =7
.Map Map map "" ["k]"]=1
.Part Part struct "" .A=0 .B=0
`
	if got != want {
		t.Errorf("got\n%s; want\n%s", got, want)
	}
}

func TestBehindAText(t *testing.T) {
	behind, ok := trace.ValueOf(phase(1)).Behind()
	if !ok || behind.String() != "1" {
		t.Errorf("got %v, %v", behind, ok)
	}
	if _, ok := trace.ValueOf(1).Behind(); ok {
		t.Error("a number has a value behind it")
	}
}
