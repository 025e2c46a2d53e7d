package steps

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// step has arguments that are a name and a value in turn.
func step(action string, pairs ...any) trace.Step {
	var list []model.Argument
	for i := 0; i < len(pairs); i += 2 {
		list = append(list, model.Argument{Name: pairs[i].(string), Value: pairs[i+1]})
	}
	return trace.Step{Action: action, Arguments: trace.ArgumentsOf(list)}
}

func pattern(t *testing.T, text string) Pattern {
	t.Helper()
	r, err := parseStep(text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var sends = []trace.Step{
	step("Send", "to", 0),
	step("Send", "to", 1),
	step("Send", "to", 1, "stamp", false),
	step("Send", "to", 1, "stamp", true),
	step("Tick"),
	step("Pick", "", "a"),
	step("Pick", "", "b c"),
	step("Write", "text", "a,b"),
	step("Same", "n", 1, "m", 1),
	step("Same", "n", 1, "m", 1),
	step("Pair", "n", 1, "n", 2),
	step("Pair", "n", 2, "n", 1),
}

func TestWhichStepIsMeant(t *testing.T) {
	for text, want := range map[string][]int{
		"Send(to=0)":              {0},
		"Send(to=1)":              {1}, // all of its arguments: the others have more
		"Send(to=1, stamp=true)":  {3},
		"Send(stamp=true)":        {3},
		"Send(stamp=true, to=1)":  {3},
		"Send(1, true)":           {3},
		"Send(1)":                 {1},
		"Send":                    {0, 1, 2, 3},
		"Send(to=2)":              nil,
		"Send(1, 1)":              nil,
		"Send(to=1, stamp=true,)": {3},
		"Tick":                    {4},
		"Tick()":                  {4},
		"Tick(1)":                 nil,
		"Pick(a)":                 {5},
		`Pick("b c")`:             {6},
		"Pick":                    {5, 6},
		"Write(text=a,b)":         {7},
		"Same":                    {8}, // they look the same
		"Pair(n=1)":               {10},
		"Pair(n#2=1)":             {11},
		"Other":                   nil,
	} {
		if got := pattern(t, text).among(sends); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: got %v; want %v", text, got, want)
		}
	}
}

// Steps that look the same and lead to different states are ambiguous, even if the
// pattern has all of their arguments.
func TestStepsThatLookTheSame(t *testing.T) {
	next := []trace.Step{step("Take", "n", 1), step("Take", "n", 1), step("Take", "n", 1)}
	next[1].State = trace.ValueOf(7)
	for _, text := range []string{"Take", "Take(n=1)"} {
		if got := pattern(t, text).among(next); fmt.Sprint(got) != "[0 1]" {
			t.Errorf("%s: got %v; want [0 1]", text, got)
		}
	}
}

func TestOfSeveralTheFirst(t *testing.T) {
	if got := (Pattern{action: "Send", first: true}).among(sends); fmt.Sprint(got) != "[0]" {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsSaidOfAStepThatIsNone(t *testing.T) {
	for _, c := range []struct {
		err           error
		problem, hint string
	}{
		{pattern(t, "Pick").ambiguous(sends, []int{5, 6}), "Pick may be any of 2 steps", `there are Pick(a), Pick("b c")`},
		{pattern(t, "Send(2)").impossible(sends[:2], false), "Send(2) is not possible here", "possible: Send(to=0), Send(to=1)"},
		{pattern(t, "Go").impossible(nil, false), "Go is not possible here, and nothing else is", ""},
		{pattern(t, "Go").impossible(nil, true), "Go is not possible here: the state is outside the model's constraint", ""},
		{pattern(t, "Send(form=1)").unknownArgument(sends), `Send(form=1): Send has no argument "form"`, "there are to, stamp"},
		{pattern(t, "Send(ot=1)").unknownArgument(sends), `Send(ot=1): Send has no argument "ot"; did you mean to?`, "there are to, stamp"},
		{pattern(t, "Tick(n=1)").unknownArgument(sends), `Tick(n=1): Tick has no argument "n"`, "there is no argument"},
	} {
		if problem, hint := said(c.err); problem != c.problem || hint != c.hint {
			t.Errorf("got %q, %q; want %q, %q", problem, hint, c.problem, c.hint)
		}
	}
	for _, text := range []string{"Send(to=9)", "Send(9)", "Other(n=1)"} {
		if err := pattern(t, text).unknownArgument(sends); err != nil {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// said is what an error says, and what helps.
func said(err error) (problem, hint string) {
	if unknown, ok := errors.AsType[*catalog.UnknownError](err); ok {
		return strings.TrimRight(strings.TrimSuffix(err.Error(), unknown.Choices()), "; "), unknown.Choices()
	}
	e, _ := errors.AsType[*Error](err)
	return e.Problem, e.Hint()
}
