package trace_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"testing/quick"

	"github.com/muster-mc/muster/trace"
)

func TestValueAsJSON(t *testing.T) {
	s := newLease()
	s.Nodes[1] = Node{Holding, 255}
	s.Sent.Add(Message{Kind: 1, To: -1})
	s.Sent.Add(Message{Kind: 0, To: 3})
	s.Log = []string{`a "b"`, "", "<&>"}
	s.votes = map[string]int{"z": 1, "y y": 2}
	got, err := json.Marshal(trace.ValueOf(s))
	const want = `{"Holder":"nobody","Epoch":0,` +
		`"Nodes":[{"Phase":"Idle","Seen":0},{"Phase":"Holding","Seen":255}],` +
		`"Sent":[{"Kind":"Granted","To":3},{"Kind":"Refused","To":-1}],` +
		`"Log":["a \"b\"","","\u003c\u0026\u003e"],` +
		`"votes":{"y y":2,"z":1}}`
	if string(got) != want || err != nil {
		t.Errorf("got  %s (%v)\nwant %s", got, err, want)
	}
}

// throughJSON marshals and unmarshals a value.
func throughJSON(t *testing.T, v trace.Value) trace.Value {
	t.Helper()
	js, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var back trace.Value
	if err := json.Unmarshal(js, &back); err != nil {
		t.Fatalf("%v in %s", err, js)
	}
	return back
}

func TestValueThroughJSON(t *testing.T) {
	same := func(r rich, largest uint64, text string, bytes []byte) bool {
		v := trace.ValueOf([]any{&r, largest, text, bytes})
		back := throughJSON(t, v)
		return back.Equal(v) && v.Equal(back) && back.String() == v.String()
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

func TestValueRefusesWhatIsNotJSON(t *testing.T) {
	var v trace.Value
	for _, js := range []string{``, `{`, `{"a"`, `[1,`, `[}`} {
		if err := v.UnmarshalJSON([]byte(js)); err == nil {
			t.Errorf("%q was accepted as %s", js, v)
		}
	}
}

func TestTraceThroughJSON(t *testing.T) {
	before := leaseTrace()
	js, err := json.Marshal(before)
	if err != nil {
		t.Fatal(err)
	}
	var after trace.Trace
	if err := json.Unmarshal(js, &after); err != nil {
		t.Fatal(err)
	}
	for _, o := range []trace.TextOptions{{}, {Full: true}, {Color: true, Width: 40}, {Full: true, Width: 30}} {
		// Sent, a set, comes back as a list: in a table its elements have places.
		got := strings.ReplaceAll(textOf(t, &after, o), "  [0]   Granted", "        Granted")
		if want := textOf(t, before, o); got != want {
			t.Errorf("got:\n%s\nwant:\n%s", got, want)
		}
	}
	again, err := json.Marshal(&after)
	if string(again) != string(js) || err != nil {
		t.Errorf("got  %s (%v)\nwant %s", again, err, js)
	}
}

// Other programs rely on the members of a trace and of its steps.
func TestTraceAsJSON(t *testing.T) {
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&Node{}))
	tr.Append("Read", trace.Arguments{{Name: "seen", Value: trace.ValueOf(1)}}, trace.ValueOf(&Node{Reading, 1}))
	var got, want any
	js, err := json.Marshal(&tr)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(js, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{"length": 2, "steps": [
		{"action": "Init", "arguments": {}, "state": {"Phase": "Idle", "Seen": 0},
		 "changes": [{"path": "Phase", "before": "", "after": "Idle"}]},
		{"action": "Read", "arguments": {"seen": 1}, "state": {"Phase": "Reading", "Seen": 1},
		 "changes": [{"path": "Phase", "before": "Idle", "after": "Reading"}, {"path": "Seen", "before": "0", "after": "1"}]}
	]}`), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %s", js)
	}
}

// Any JSON is refused or survives a round trip.
func FuzzValue(f *testing.F) {
	for _, js := range []string{`null`, `{"a":[1,-2.5e3,"x",{}],"":true}`, `"\u0000"`, `[[],[null]]`} {
		f.Add([]byte(js))
	}
	f.Fuzz(func(t *testing.T, js []byte) {
		var v trace.Value
		if json.Unmarshal(js, &v) != nil {
			return
		}
		if back := throughJSON(t, v); !back.Equal(v) || back.String() != v.String() {
			t.Errorf("%s became %s", v, back)
		}
	})
}
