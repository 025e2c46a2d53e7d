package trace_test

import (
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

func mermaidOf(t *testing.T, tr *trace.Trace, actors ...string) string {
	t.Helper()
	var b strings.Builder
	if err := tr.Mermaid(&b, trace.MermaidOptions{Actors: actors}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// counting returns a run that increments a number in steps with these arguments.
func counting(steps ...[]model.Argument) *trace.Trace {
	var tr trace.Trace
	s := struct{ N int }{}
	tr.Append("Init", nil, trace.ValueOf(&s))
	for _, arguments := range steps {
		s.N++
		tr.Append("Go", trace.ArgumentsOf(arguments), trace.ValueOf(&s))
	}
	return &tr
}

func arguments(pairs ...any) []model.Argument {
	var list []model.Argument
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, model.Argument{Name: pairs[i].(string), Value: pairs[i+1]})
	}
	return list
}

func TestMermaid(t *testing.T) {
	expect(t, mermaidOf(t, leaseTrace()), `
sequenceDiagram
    participant p0 as node 0
    participant p1 as node 1
    Note over p0,p1: 1. Init<br/>Holder: nobody<br/>Nodes: [{Phase:Idle} {Phase:Idle}]
    p0->>p0: 2. Read(node=0)
    Note over p0: Nodes[0].Phase: Idle -> Reading
    p1->>p1: 3. Read(node=1)
    Note over p1: Nodes[1].Phase: Idle -> Reading
    p0->>p0: 4. Acquire(node=0)
    Note over p0: Holder: nobody -> 0<br/>Epoch: 0 -> 1<br/>Nodes[0].Phase: Reading -> Holding<br/>Sent: + {Kind:Granted To:0}
    p0->>p0: 5. Lose(node=0)
    Note over p0: Sent: - {Kind:Granted To:0}
    p1->>p1: 6. Wait(node=1)
    p1->>p1: 7. Acquire(node=1)
    Note over p1: Holder: 0 -> 1<br/>Epoch: 1 -> 2<br/>Nodes[1].Phase: Reading -> Holding<br/>Sent: + {Kind:Granted To:1}
`)
}

func TestMermaidActors(t *testing.T) {
	message := struct{ From, To int }{1, 2}
	for _, c := range []struct {
		name   string
		run    *trace.Trace
		actors []string
		want   []string
	}{
		{"two kinds", counting(arguments("client", 10, "node", 2), arguments("client", 9)), nil, []string{
			"participant p0 as client 9\n    participant p1 as client 10\n    participant p2 as node 2\n", "p1->>p2: 2. Go(client=10, node=2)", "Note over p1,p2: N: 0 -> 1", "p0->>p0: 3."}},
		{"a role is of the kind of the actor", counting(arguments("from", 1, "node", 0)), nil, []string{
			"p0 as node 0\n    participant p1 as node 1", "p1->>p0: 2."}},
		{"a role alone is nobody", counting(arguments("to", 1), arguments("node", 0)), nil, []string{
			"Note over p0: 2. Go(to=1)<br/>N: 0 -> 1", "p0->>p0: 3."}},
		{"by name", counting(arguments("who", "Ann")), nil, []string{"participant p0 as Ann\n", "p0->>p0: 2. Go(who=Ann)"}},
		{"those that are asked for", counting(arguments("node", 1, "key", 2)), []string{"key"}, []string{
			"participant p0 as key 2\n    Note over p0: 1. Init\n", "p0->>p0: 2. Go(node=1, key=2)"}},
		{"nobody", counting(nil), nil, []string{"participant p0 as the model\n", "Note over p0: 2. Go<br/>N: 0 -> 1"}},
		{"a message is nobody", counting(arguments("message", message)), nil, []string{"participant p0 as the model\n"}},
		{"what would end a text", counting(arguments("who", "a;b#c\nd%%{")), nil, []string{`participant p0 as "a；b＃c\nd%% {"` + "\n"}},
	} {
		got := mermaidOf(t, c.run, c.actors...)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, got)
			}
		}
	}
}

func TestMermaidNotesAreShort(t *testing.T) {
	var a, b struct{ N [9]int }
	for i := range b.N {
		b.N[i] = i + 1
	}
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&a))
	tr.Append("Go", trace.ArgumentsOf(arguments("node", 1)), trace.ValueOf(&b))
	if got := mermaidOf(t, &tr); !strings.HasSuffix(got, "N[5]: 0 -> 6<br/>and 3 more\n") {
		t.Errorf("got %s", got)
	}
}

func ExampleTrace_Mermaid() {
	var t trace.Trace
	t.Append("Init", nil, trace.ValueOf(&Crossing{}))
	ann := trace.ArgumentsOf([]model.Argument{{Name: "who", Value: "Ann"}})
	t.Append("Arrive", ann, trace.ValueOf(&Crossing{Waiting: []string{"Ann"}}))

	t.Mermaid(os.Stdout, trace.MermaidOptions{Actors: []string{"who"}})
	// Output:
	// sequenceDiagram
	//     participant p0 as Ann
	//     Note over p0: 1. Init<br/>Light: red
	//     p0->>p0: 2. Arrive(who=Ann)
	//     Note over p0: Waiting[0]: + Ann
}
