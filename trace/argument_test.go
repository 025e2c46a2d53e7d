package trace_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// asked returns the arguments of an action from alternating names and answers.
func asked(pairs ...any) []model.Argument {
	var list []model.Argument
	for pair := range slices.Chunk(pairs, 2) {
		list = append(list, model.Argument{Name: pair[0].(string), Value: pair[1]})
	}
	return list
}

func TestArguments(t *testing.T) {
	for _, c := range []struct {
		name     string
		of       []model.Argument
		text, js string
	}{
		{"none", nil, "", `{}`},
		{"an int", asked("node", 0), "node=0", `{"node":0}`},
		{
			"in the order of asking",
			asked("to", 1, "from", 0, "lost", true),
			"to=1, from=0, lost=true", `{"to":1,"from":0,"lost":true}`,
		},
		{
			"an element",
			asked("message", Message{Kind: 1, To: 2}),
			"message={Kind:Refused To:2}", `{"message":{"Kind":"Refused","To":2}}`,
		},
		{"a name", asked("phase", Holding), "phase=Holding", `{"phase":"Holding"}`},
		{"a text of two words", asked("key", "a b"), `key="a b"`, `{"key":"a b"}`},
		{
			"a name used again",
			asked("node", 0, "node", 1, "node", 2),
			"node=0, node#2=1, node#3=2", `{"node":0,"node#2":1,"node#3":2}`,
		},
		{
			"a name that looks as if",
			asked("n#2", 0, "n", 1, "n", 2),
			"n#2=0, n=1, n#3=2", `{"n#2":0,"n":1,"n#3":2}`,
		},
		{"no name", asked("", 7), "7", `{"":7}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			as := trace.ArgumentsOf(c.of)
			js, err := json.Marshal(as)
			if as.String() != c.text || string(js) != c.js || err != nil {
				t.Errorf("got %s, %s (%v); want %s, %s", as, js, err, c.text, c.js)
			}
			var back trace.Arguments
			if err := json.Unmarshal(js, &back); err != nil || back.String() != c.text {
				t.Errorf("back from JSON: got %s (%v), want %s", back, err, c.text)
			}
		})
	}
}

// blurred is a type whose String method omits the number of all but the first.
type blurred int8

func (b blurred) String() string {
	if b == 0 {
		return "first"
	}
	return "later"
}

// Distinct answers to a question have distinct texts, also where their String method
// makes no difference. Answers that their texts distinguish stay as they are.
func TestDistinctAnswersHaveDistinctTexts(t *testing.T) {
	type letter struct {
		To blurred
		Of [2]Kind
	}
	ask := func(answer int, ask func(c *model.Choice)) trace.Arguments {
		var o model.Odometer
		o.Record([]int{answer})
		ask(o.Choice())
		return trace.ArgumentsOf(o.Arguments())
	}
	for _, c := range []struct {
		name string
		ask  func(c *model.Choice)
		want []string
	}{
		{"a String method that omits something",
			func(c *model.Choice) { model.Pick(c, "b", []blurred{0, 1, 2}) },
			[]string{"b=first", "b=later(1)", "b=later(2)"}},
		{"alone it is clear", func(c *model.Choice) { model.Pick(c, "b", []blurred{0, 1}) }, []string{"b=first", "b=later"}},
		{"the same answer twice", func(c *model.Choice) { model.Pick(c, "b", []blurred{1, 1}) }, []string{"b=later", "b=later"}},
		{"in a struct",
			func(c *model.Choice) { model.Pick(c, "l", []letter{{To: 1}, {To: 2}}) },
			[]string{"l={To:later(1) Of:[Granted(0) Granted(0)]}", "l={To:later(2) Of:[Granted(0) Granted(0)]}"}},
		{"bytes that are no text",
			func(c *model.Choice) { model.Pick(c, "s", []string{"\xff", "0xff", `\xff`, `"\xff"`}) },
			[]string{`s=\xff`, "s=0xff", `s=\\xff`, `s="\\\"\\\\xff\\\""`}},
		{"bytes that look like bytes",
			func(c *model.Choice) { model.Pick(c, "s", [][]byte{{0xff}, []byte("0xff"), []byte("ff")}) },
			[]string{"s=0xff", "s=0x30786666", "s=ff"}},
	} {
		var got, back []string
		for answer := range c.want {
			as := ask(answer, c.ask)
			got = append(got, as.String())
			var read trace.Arguments
			if js, err := json.Marshal(as); err != nil || json.Unmarshal(js, &read) != nil {
				t.Fatal(err)
			}
			back = append(back, read.String())
			if !as.Match(read) {
				t.Errorf("%s: %s does not match %s", c.name, as, read)
			}
		}
		if !slices.Equal(got, c.want) || !slices.Equal(back, c.want) {
			t.Errorf("%s: got %q, through JSON %q; want %q", c.name, got, back, c.want)
		}
	}
	first := ask(1, func(c *model.Choice) { model.Pick(c, "b", []blurred{0, 1, 2}) })
	second := ask(2, func(c *model.Choice) { model.Pick(c, "b", []blurred{0, 1, 2}) })
	old := trace.ArgumentsOf(asked("b", blurred(1)))
	if first.Match(second) || !first.Match(old) || !second.Match(old) || first.Plain() != "b=later" {
		t.Errorf("%s, %s, and %s of an earlier version", first, second, old)
	}
}

func TestArgumentsMustBeAnObject(t *testing.T) {
	var as trace.Arguments
	for _, js := range []string{`[1]`, `7`, `null`} {
		if err := as.UnmarshalJSON([]byte(js)); err == nil {
			t.Errorf("%s was accepted as %s", js, as)
		}
	}
}
