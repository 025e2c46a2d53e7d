package trace_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"testing/quick"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

func itfOf(t *testing.T, tr *trace.Trace, meta map[string]any) string {
	t.Helper()
	var b strings.Builder
	if err := tr.ITF(&b, meta); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// traceOf returns a run of one state.
func traceOf(state any) *trace.Trace {
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(state))
	return &tr
}

func TestITF(t *testing.T) {
	tr := leaseTrace()
	tr.Steps = tr.Steps[:4]
	expect(t, itfOf(t, tr, map[string]any{"by": "us"}), `
{
  "#meta": {"by":"us","format":"ITF","format-description":"https://apalache-mc.org/docs/adr/015adr-trace.html"},
  "vars": ["Holder","Epoch","Nodes","Sent","Log","votes"],
  "states": [
    {"#meta":{"index":0,"action":"Init","arguments":{}},"Holder":"nobody","Epoch":{"#bigint":"0"},`+
		`"Nodes":[{"Phase":"Idle","Seen":{"#bigint":"0"}},{"Phase":"Idle","Seen":{"#bigint":"0"}}],"Sent":{"#set":[]},"Log":[],"votes":{"#map":[]}},
    {"#meta":{"index":1,"action":"Read","arguments":{"node":{"#bigint":"0"}}},"Holder":"nobody","Epoch":{"#bigint":"0"},`+
		`"Nodes":[{"Phase":"Reading","Seen":{"#bigint":"0"}},{"Phase":"Idle","Seen":{"#bigint":"0"}}],"Sent":{"#set":[]},"Log":[],"votes":{"#map":[]}},
    {"#meta":{"index":2,"action":"Read","arguments":{"node":{"#bigint":"1"}}},"Holder":"nobody","Epoch":{"#bigint":"0"},`+
		`"Nodes":[{"Phase":"Reading","Seen":{"#bigint":"0"}},{"Phase":"Reading","Seen":{"#bigint":"0"}}],"Sent":{"#set":[]},"Log":[],"votes":{"#map":[]}},
    {"#meta":{"index":3,"action":"Acquire","arguments":{"node":{"#bigint":"0"}}},"Holder":"0","Epoch":{"#bigint":"1"},`+
		`"Nodes":[{"Phase":"Holding","Seen":{"#bigint":"0"}},{"Phase":"Reading","Seen":{"#bigint":"0"}}],`+
		`"Sent":{"#set":[{"Kind":"Granted","To":{"#bigint":"0"}}]},"Log":[],"votes":{"#map":[]}}
  ]
}
`)
}

// nodes and voters are sets with String methods.
type nodes uint8

func (n nodes) String() string {
	var list []string
	for i := range 8 {
		if n&(1<<i) != 0 {
			list = append(list, strconv.Itoa(i))
		}
	}
	return "{" + strings.Join(list, " ") + "}"
}

type voters struct {
	names []string `muster:"unordered"`
}

func (v voters) String() string { return strings.Join(v.names, " and ") }

// The forms of values that the lease does not have.
func TestITFOfEveryKindOfValue(t *testing.T) {
	for _, c := range []struct {
		state any
		want  string
	}{
		{&struct{ U uint64 }{1<<64 - 1}, `"U":{"#bigint":"18446744073709551615"}`},
		{&struct{ B bool }{true}, `"B":true`},
		{&struct{ P *int }{}, `"P":{"#unserializable":"nil"}`},
		{&struct{ B model.Bag[int] }{bag(2, 1, 2)}, `"B":[{"#bigint":"1"},{"#bigint":"2"},{"#bigint":"2"}]`},
		{&struct{ B model.Bag[int] }{bag(2, 1)}, `"B":{"#set":[{"#bigint":"1"},{"#bigint":"2"}]}`},
		{&struct{ M map[int]bool }{map[int]bool{7: true}}, `"M":{"#map":[[{"#bigint":"7"},true]]}`},
		{&struct{ M map[[2]int8]string }{map[[2]int8]string{{1, 2}: "x"}}, `"M":{"#map":[[[{"#bigint":"1"},{"#bigint":"2"}],"x"]]}`},
		{&struct{ N nodes }{5}, `"N":{"#set":[{"#bigint":"0"},{"#bigint":"2"}]}`},
		{&struct{ N nodes }{}, `"N":{"#set":[]}`},
		{&struct{ V voters }{voters{[]string{"b", "a"}}}, `"V":{"#set":["a","b"]}`},
		{&struct{ P Phase }{Reading}, `"P":"Reading"`},
		{&[]int{1}, `"bare":true},"state":[{"#bigint":"1"}]}`},
	} {
		tr := traceOf(c.state)
		got := itfOf(t, tr, nil)
		if !strings.Contains(got, c.want) || !json.Valid([]byte(got)) {
			t.Errorf("no %s in %s", c.want, got)
		}
		back, _, err := trace.ReadITF(strings.NewReader(got))
		if err != nil || !back.Steps[0].State.Equal(tr.Steps[0].State) || itfOf(t, back, nil) != got {
			t.Errorf("%s comes back as %s (%v)", got, itfOf(t, back, nil), err)
		}
	}
}

func TestITFThroughAFile(t *testing.T) {
	tr := leaseTrace()
	text := itfOf(t, tr, map[string]any{"muster": map[string]any{"model": "lease"}})
	back, meta, err := trace.ReadITF(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if about := meta["muster"].(map[string]any); about["model"] != "lease" {
		t.Errorf("the meta is %v", meta)
	}
	if back.String() != tr.String() || back.Length != tr.Length {
		t.Errorf("got\n%s\nwant\n%s", back, tr)
	}
	for i, s := range back.Steps {
		if !s.State.Equal(tr.Steps[i].State) || s.Label() != tr.Steps[i].Label() {
			t.Errorf("step %d is %s with %s", i, s.Label(), s.State)
		}
	}
	if again := itfOf(t, back, meta); again != text {
		t.Errorf("written again it is\n%s\nwant\n%s", again, text)
	}
}

func TestRandomValuesThroughITF(t *testing.T) {
	same := func(r rich) bool {
		tr := traceOf(&r)
		text := itfOf(t, tr, nil)
		back, _, err := trace.ReadITF(strings.NewReader(text))
		return err == nil && back.Steps[0].State.Equal(tr.Steps[0].State) && itfOf(t, back, nil) == text
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// A trace of another tool has plain small numbers, tuples, sets in any order, and no
// actions.
func TestITFOfAnotherTool(t *testing.T) {
	const text = `{"#meta": {"format": "ITF"}, "params": ["N"], "vars": ["b", "a"], "states": [
		{"#meta": {"index": 0}, "a": 1, "b": {"#tup": [1, "x"]}},
		{"a": {"#bigint": "-2"}, "b": {"#tup": [{"#bigint": "1"}, {"#set": [2, 1]}]}}]}`
	tr, meta, err := trace.ReadITF(strings.NewReader(text))
	if err != nil || meta["format"] != "ITF" {
		t.Fatal(meta, err)
	}
	expect(t, tr.String(), `
  1  Init    b: [1 x]   a: 1
  2          b[1]: x -> [2 1]   a: 1 -> -2
`)
	if got := itfOf(t, tr, nil); !strings.Contains(got, `"b":{"#tup":[{"#bigint":"1"},{"#set":[{"#bigint":"2"},{"#bigint":"1"}]}]}`) {
		t.Errorf("the tuple is written as %s", got)
	}
	other := strings.Replace(text, "[2, 1]", "[1, 2]", 1)
	if back, _, _ := trace.ReadITF(strings.NewReader(other)); !back.Steps[1].State.Equal(tr.Steps[1].State) {
		t.Error("the order of a set matters")
	}
}

func TestITFRefuses(t *testing.T) {
	state := func(s string) string { return `{"vars": ["x"], "states": [` + s + `]}` }
	for _, c := range []struct{ text, want string }{
		{``, "this is no ITF: EOF"},
		{`{"vars": []}`, "this is no ITF: want vars and states, at least one of each"},
		{state(``), "this is no ITF: want vars and states"},
		{state(`7`), "state 0: want an object, got 7"},
		{state(`{"y": 7}`), `state 0: it has no variable "x"`},
		{state(`{"x": {"#bigint": "1.5"}}`), "state 0: x: #bigint: want digits, got 1.5"},
		{state(`{"x": {"#set": 7}}`), "state 0: x: want a list, got 7"},
		{state(`{"x": [1, {"#map": [[1]]}]}`), "state 0: x: [1]: #map: want pairs, got [1]"},
		{state(`{"x": {"y": {"#bag": []}}}`), "state 0: x: y: there is no #bag in ITF"},
		{state(`{"#meta": {"arguments": {"n": {"#bigint": "x"}}}, "x": 1}`), "state 0: arguments: n: #bigint: want digits"},
	} {
		if _, _, err := trace.ReadITF(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), "trace: "+c.want) {
			t.Errorf("%s: got %v, want %s", c.text, err, c.want)
		}
	}
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("the pipe is broken") }

// All formats return the error of the writer.
func TestFormsThatCannotBeWritten(t *testing.T) {
	tr := leaseTrace()
	for name, err := range map[string]error{
		"itf":         tr.ITF(brokenPipe{}, nil),
		"mermaid":     tr.Mermaid(brokenPipe{}, trace.MermaidOptions{}),
		"html":        tr.HTML(brokenPipe{}, trace.HTMLOptions{}),
		"itf of meta": tr.ITF(&strings.Builder{}, map[string]any{"f": func() {}}),
	} {
		if err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Sets in the arguments of a step stay texts, by which the step is found again.
func TestITFOfArgumentsThatAreSets(t *testing.T) {
	type ballot struct {
		By nodes
		To [2]model.Bits
	}
	var tr trace.Trace
	tr.Append("Vote", trace.ArgumentsOf(asked("ballot", ballot{5, [2]model.Bits{2}}, "nodes", nodes(3))), trace.ValueOf(ptr(0)))
	back, _, err := trace.ReadITF(strings.NewReader(itfOf(t, &tr, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := back.Steps[0].Label(), "Vote(ballot={By:{0 2} To:[{1} {}]}, nodes={0 1})"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
