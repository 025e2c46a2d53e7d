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

func TestArgumentsMustBeAnObject(t *testing.T) {
	var as trace.Arguments
	for _, js := range []string{`[1]`, `7`, `null`} {
		if err := as.UnmarshalJSON([]byte(js)); err == nil {
			t.Errorf("%s was accepted as %s", js, as)
		}
	}
}
