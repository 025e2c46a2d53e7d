package container_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/trace"
)

type message struct {
	Kind string
	To   int8
}

func (m message) String() string { return m.Kind + "(" + string(rune('0'+m.To)) + ")" }

type replica struct {
	Log    container.Log[string, [4]string]
	Recent container.Ring[int8, [2]int8]
}

type cluster struct {
	Inbox    container.Queue[message, [3]message]
	Outbox   container.Queue[int8, []int8]
	Replicas [2]replica
	Logs     [2]container.Log[int8, [3]int8]
}

// run is a trace in which each container changes in each way.
func run() *trace.Trace {
	var s cluster
	var tr trace.Trace
	step := func(action string, do func()) {
		do()
		tr.Append(action, nil, trace.ValueOf(&s))
	}
	step("Init", func() { s.Inbox.Push(message{"prepare", 2}) })
	step("Send", func() { s.Inbox.Push(message{"commit", 1}); s.Outbox.Push(5) })
	step("Receive", func() { s.Inbox.Pop() })
	step("Swap", func() { s.Inbox.Push(message{"prepare", 0}); s.Inbox.Pop() })
	step("Append", func() {
		s.Replicas[1].Log.Append("put x")
		s.Replicas[1].Log.Append("put y")
		s.Replicas[1].Log.Commit(1)
		s.Logs[0].Append(4)
	})
	step("Replace", func() { s.Replicas[1].Log.Truncate(1); s.Replicas[1].Log.Append("del y"); s.Logs[0].Commit(1) })
	step("Remember", func() { s.Replicas[0].Recent.Push(7); s.Replicas[0].Recent.Push(8) })
	step("Forget", func() { s.Replicas[0].Recent.Push(9) })
	step("Crash", func() { s.Replicas[1].Log.Truncate(1); s.Outbox.Clear() })
	step("Compact", func() { s.Replicas[1].Log.Compact(1); s.Logs[0].Append(5) })
	step("Install", func() { s.Logs[0].Install(1); s.Replicas[1].Log.Append("put z") })
	return &tr
}

// A step shows what came and what left.
func TestTraces(t *testing.T) {
	want := `
   1  Init        Inbox: [prepare(2)]
   2  Send        Inbox: + commit(1)   Outbox: + 5
   3  Receive     Inbox: - prepare(2)
   4  Swap        Inbox: - commit(1)   Inbox: + prepare(0)
   5  Append      Replicas[1]  Log + [0] put x   Log + [1] put y   Log.Committed 0 -> 1
                  Logs[0]: + [0] 4
   6  Replace     Replicas[1]  Log - [1] put y   Log + [1] del y
                  Logs[0].Committed: 0 -> 1
   7  Remember    Replicas[0]  Recent + 7   Recent + 8
   8  Forget      Replicas[0]  Recent - 7   Recent + 9
   9  Crash       Outbox: - 5   Replicas[1].Log: - [1] del y
  10  Compact     Replicas[1]  Log.Synced 0 -> 1   Log.Compacted 0 -> 1
                  Logs[0]: + [1] 5
  11  Install     Replicas[1].Log: + [1] put z   Logs[0]: - [1] 5
                  Logs[0]  Synced 0 -> 1   Compacted 0 -> 1
`
	if got := "\n" + run().String(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestTracesInEveryFormat(t *testing.T) {
	tr := run()
	var full, itf, mermaid, page bytes.Buffer
	_ = tr.Text(&full, trace.TextOptions{Full: true})
	_ = tr.ITF(&itf, nil)
	_ = tr.Mermaid(&mermaid, trace.MermaidOptions{})
	_ = tr.HTML(&page, trace.HTMLOptions{})
	value, err := json.Marshal(tr)
	if err != nil {
		t.Fatal(err)
	}
	for form, c := range map[string]struct{ got, want string }{
		"full text":   {full.String(), `[1]     {Entries:["put x" "put y"] Committed:1 Synced:0 Compacted:0}  []`},
		"itf queue":   {itf.String(), `"Inbox":["commit(1)"]`},
		"itf numbers": {itf.String(), `"Outbox":[{"#bigint":"5"}]`},
		"itf log":     {itf.String(), `"Log":{"Entries":["put x","put y"],"Committed":{"#bigint":"1"},"Synced":{"#bigint":"0"},"Compacted":{"#bigint":"0"}}`},
		"mermaid":     {mermaid.String(), "Inbox: - prepare(2)"},
		"mermaid log": {mermaid.String(), "Replicas[1].Log: + [1] put y<br/>Replicas[1].Log.Committed: 0 -> 1<br/>Logs[0]: + [0] 4"},
		"html":        {page.String(), "prepare(2)"},
		"html log":    {page.String(), "[1] put y"},
		"json":        {string(value), `"changes":[{"path":"Inbox","before":"prepare(2)","after":""}],"state":{"Inbox":["commit(1)"],"Outbox":[5]`},
		"json log":    {string(value), `{"path":"Replicas[1].Log","before":"","after":"[1] put y"}`},
	} {
		if !strings.Contains(c.got, c.want) {
			t.Errorf("%s: no %q in\n%.6000s", form, c.want, c.got)
		}
	}
	read, _, err := trace.ReadITF(bytes.NewReader(itf.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	var back trace.Trace
	if err := json.Unmarshal(value, &back); err != nil {
		t.Fatal(err)
	}
	for i, s := range tr.Steps {
		for from, other := range map[string]trace.Step{"ITF": read.Steps[i], "JSON": back.Steps[i]} {
			if !other.State.Equal(s.State) {
				t.Errorf("through %s, state %d is %s; want %s", from, i+1, other.State, s.State)
			}
		}
	}
	if back.String() != tr.String() {
		t.Errorf("through JSON:\n%s", back.String())
	}
}

// A queue is a leaf, since its elements move. An entry of a log stays where it is.
func TestLeaves(t *testing.T) {
	var s cluster
	s.Inbox.Push(message{"a", 1})
	s.Replicas[0].Log.Append("x")
	var got []string
	for _, l := range trace.ValueOf(&s).Leaves() {
		got = append(got, l.Path+"="+l.Value)
	}
	want := "Inbox=[a(1)] Outbox=[] Replicas[0].Log[0]=x Replicas[0].Log.Committed=0 Replicas[0].Log.Synced=0 Replicas[0].Log.Compacted=0 Replicas[0].Recent=[] " +
		"Replicas[1].Log=[] Replicas[1].Log.Committed=0 Replicas[1].Log.Synced=0 Replicas[1].Log.Compacted=0 Replicas[1].Recent=[] " +
		"Logs[0]=[] Logs[0].Committed=0 Logs[0].Synced=0 Logs[0].Compacted=0 Logs[1]=[] Logs[1].Committed=0 Logs[1].Synced=0 Logs[1].Compacted=0"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s", strings.Join(got, " "))
	}
}
