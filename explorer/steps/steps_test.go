package steps

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
	"pgregory.net/rapid"
)

func TestSegments(t *testing.T) {
	for text, want := range map[string]string{
		"":                       "",
		"  ":                     "",
		"a b":                    "a|b",
		" a\n\tb ":               "a|b",
		"a(b, c) d":              "a(b, c)|d",
		"{a [b c] d} e":          "{a [b c] d}|e",
		`a="b c" d`:              `a="b c"|d`,
		`"a \" b" c`:             `"a \" b"|c`,
		`"a (" b`:                `"a ("|b`,
		`a\ b`:                   `a\|b`,
		"é\u00a0ü":               "é|ü",
		"(a b":                   "(a b, and unbalanced",
		`"a b`:                   `"a b, and unbalanced`,
		"a) b":                   "a)|b, and unbalanced",
		"a} (b":                  "a}|(b, and unbalanced",
		"Take(a=1)\r\nGive(a=1)": "Take(a=1)|Give(a=1)",
	} {
		list, balanced := segments(text, unicode.IsSpace)
		got := strings.Join(list, "|")
		if !balanced {
			got += ", and unbalanced"
		}
		if got != want {
			t.Errorf("%q: got %s; want %s", text, got, want)
		}
	}
}

func TestStepsBeginWithInit(t *testing.T) {
	for text, want := range map[string]Pattern{
		"":                {text: "Init", action: "Init", first: true},
		"Go":              {text: "Init", action: "Init", first: true},
		"Init Go":         {text: "Init", action: "Init"},
		"Init() Go":       {text: "Init()", action: "Init"},
		"Init(day=2) Go":  {text: "Init(day=2)", action: "Init", arguments: []argument{{"day", "2"}}},
		`"Init"(day=2)`:   {text: `"Init"(day=2)`, action: "Init", arguments: []argument{{"day", "2"}}},
		"Initialize(day)": {text: "Init", action: "Init", first: true},
	} {
		list, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := list[0]; got.text != want.text || got.action != want.action || got.first != want.first || !slices.Equal(got.arguments, want.arguments) {
			t.Errorf("%q: got %+v; want %+v", text, got, want)
		}
	}
}

func TestParseStep(t *testing.T) {
	for text, want := range map[string][]argument{
		"Go":                                nil,
		"Go()":                              nil,
		"Go( )":                             nil,
		"Go(node=0,actor=1)":                {{"node", "0"}, {"actor", "1"}},
		"Go( node = 0 , actor = 1 )":        {{"node", "0"}, {"actor", "1"}},
		"Go(0, 1)":                          {{"", "0"}, {"", "1"}},
		"Go(0, 1,)":                         {{"", "0"}, {"", "1"}},
		`Go(text="a, (b", n=1)`:             {{"text", "a, (b"}, {"n", "1"}},
		`Go(text="")`:                       {{"text", ""}},
		`Go(m={From:1 To:2}, list=[1, 2])`:  {{"m", "{From:1 To:2}"}, {"list", "[1, 2]"}},
		`Go(m={Text:"a, b" By:(c d)}, n=1)`: {{"m", `{Text:"a, b" By:(c d)}`}, {"n", "1"}},
		"Go(rule=a=b)":                      {{"rule", "a=b"}},
		`"Go"(n=1)`:                         {{"n", "1"}},
	} {
		r, err := parseStep(text)
		if err != nil || r.action != "Go" || r.text != text || !slices.Equal(r.arguments, want) {
			t.Errorf("%s: got %+v, %v; want %+v", text, r, err, want)
		}
	}
	for _, text := range []string{"(n=1)", "Go(", "Go(n=1", "Go(n=(1)", `Go(n="1)`, "Go(n=1))", "Go(n=1)Go(n=1)", "Go(n=1)x"} {
		if r, err := parseStep(text); err == nil {
			t.Errorf("%s is a step: %+v", text, r)
		}
	}
}

// A step can be typed as a trace shows it, whatever its arguments are.
func TestStepsAreReadAsATraceShowsThem(t *testing.T) {
	name := rapid.StringMatching(`[a-z]{0,2}`)
	word := rapid.StringOf(rapid.SampledFrom([]rune(`ab ,=:()[]{}"\'é` + "\n\u00a0")))
	type letter struct {
		To   uint8
		Text string
		List []string
	}
	value := rapid.OneOf(rapid.Int().AsAny(), rapid.Bool().AsAny(), word.AsAny(), rapid.String().AsAny(),
		rapid.Custom(func(t *rapid.T) letter {
			return letter{rapid.Uint8().Draw(t, "to"), word.Draw(t, "text"), rapid.SliceOf(word).Draw(t, "list")}
		}).AsAny())
	argument := rapid.Custom(func(t *rapid.T) model.Argument {
		return model.Argument{Name: name.Draw(t, "name"), Value: value.Draw(t, "value")}
	})
	rapid.Check(t, func(t *rapid.T) {
		step := trace.Step{Action: "Go", Arguments: trace.ArgumentsOf(rapid.SliceOfN(argument, 0, 4).Draw(t, "arguments"))}
		list, err := parse(step.Label() + " " + step.Label())
		if err != nil || len(list) != 3 {
			t.Fatalf("%s: %v, %v", step.Label(), list, err)
		}
		for _, r := range list[1:] {
			if !r.matches(step) || len(r.arguments) != len(argumentsOf(step)) {
				t.Fatalf("%s does not match itself: %+v", step.Label(), r)
			}
		}
	})
}

// A step is written so that it is read as itself, whatever its action is called.
func TestStepsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := trace.Step{Action: rapid.StringMatching(`[a-z ()"\[\]{}<>/=,]{1,6}`).Draw(t, "action")}
		if rapid.Bool().Draw(t, "has an argument") {
			step.Arguments = trace.ArgumentsOf([]model.Argument{{Name: "n", Value: rapid.String().Draw(t, "value")}})
		}
		list, err := parse("Init " + Write(step))
		if err != nil || len(list) != 2 || !list[1].matches(step) {
			t.Fatalf("%s is written %s and read %+v, %v", step.Label(), Write(step), list, err)
		}
	})
}

// Any text can be typed.
func TestParseDoesNotPanic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { _, _ = parse(rapid.String().Draw(t, "steps")) })
}
