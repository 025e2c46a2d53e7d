package explore

//lint:file-ignore U1000 types stand for states here; their fields are read by reflection

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/model"
)

// What cannot be checked is refused before the search begins, with what is wrong
// and what there is.
func TestModelErrors(t *testing.T) {
	stay := func(*place, *model.Choice) bool { return true }
	// fit is a model that can be checked, until it is spoiled.
	fit := func() *model.Model[place] {
		return &model.Model[place]{
			Name: "fit",
			Actions: []model.Action[place]{
				{Name: "Stay", Do: stay},
				{Name: "Crash", Do: stay, Fault: "crash"},
				{Name: "Lose", Do: stay, Fault: "loss"},
				{Name: "Drop", Do: stay, Fault: "loss"},
			},
			Properties: []model.Property[place]{never(1), reaches(0)},
		}
	}
	for _, c := range []struct {
		name    string
		spoil   func(m *model.Model[place])
		options Options
		want    string
	}{
		{"no name", func(m *model.Model[place]) { m.Name = "" }, Options{},
			"the model cannot be checked: it has no Name"},
		{"no actions", func(m *model.Model[place]) { m.Actions = nil }, Options{},
			"fit cannot be checked: it has no Actions: nothing could ever happen"},
		{"too many actions", func(m *model.Model[place]) { m.Actions = make([]model.Action[place], 16_384) }, Options{},
			"fit cannot be checked: it has 16384 actions; at most 16383 are supported: use choices"},
		{"too many workers", nil, Options{Workers: 100_000},
			"fit cannot be checked: 100000 workers are too many: at most 1024 are supported"},

		{"an action without a name", func(m *model.Model[place]) { m.Actions[1].Name = "" }, Options{},
			"fit cannot be checked: action 1 has no Name"},
		{"an action that is named Init", func(m *model.Model[place]) { m.Actions[1].Name = "Init" }, Options{},
			"fit cannot be checked: an action is named Init, which in a trace stands for the initial state"},
		{"an action without a function", func(m *model.Model[place]) { m.Actions[1].Do = nil }, Options{},
			"fit cannot be checked: action Crash has no Do function"},
		{"two actions of one name", func(m *model.Model[place]) { m.Actions[1].Name = "Stay" }, Options{},
			"fit cannot be checked: two actions are named Stay"},

		{"an action whose name a terminal obeys", func(m *model.Model[place]) { m.Actions[1].Name = "\x1b[2J" }, Options{},
			`fit cannot be checked: the name "\x1b[2J" has characters that cannot be printed`},
		{"a fault of two lines", func(m *model.Model[place]) { m.Actions[1].Fault = "a\nb" }, Options{},
			`fit cannot be checked: the name "a\nb" has characters that cannot be printed`},
		{"a model whose name a terminal obeys", func(m *model.Model[place]) { m.Name = "\a" }, Options{},
			`\a cannot be checked: the name "\a" has characters that cannot be printed`},

		{"a property without a name", func(m *model.Model[place]) { m.Properties[1].Name = "" }, Options{},
			"fit cannot be checked: property 1 has no Name"},
		{"two properties of one name", func(m *model.Model[place]) { m.Properties[1].Name = "Never1" }, Options{},
			"fit cannot be checked: two properties are named Never1"},
		{"a property that is named Deadlock", func(m *model.Model[place]) { m.Properties[1].Name = "Deadlock" }, Options{},
			"fit cannot be checked: a property is named Deadlock, which Muster checks by itself"},
		{"a property that is named Panic", func(m *model.Model[place]) { m.Properties[1].Name = "Panic" }, Options{},
			"fit cannot be checked: a property is named Panic, which Muster checks by itself"},
		{"a property of no kind", func(m *model.Model[place]) { m.Properties[1].Kind = "" }, Options{},
			`fit cannot be checked: property Reaches0 has the unknown kind ""; make properties with model.Always, Reachable and the like`},
		{"an invariant of nothing", func(m *model.Model[place]) { m.Properties[0] = model.Always[place]("Nothing", nil) }, Options{},
			"fit cannot be checked: property Nothing has no State function"},
		{"a claim to reach nothing", func(m *model.Model[place]) { m.Properties[0] = model.Reachable[place]("Nothing", nil) }, Options{},
			"fit cannot be checked: property Nothing has no State function"},
		{"a property of no steps", func(m *model.Model[place]) { m.Properties[0] = model.AlwaysStep[place]("Nothing", nil) }, Options{},
			"fit cannot be checked: property Nothing has no Step function"},

		{"fewer workers than none", nil, Options{Workers: -1},
			"fit cannot be checked: Workers, MaxDepth and Timeout must not be negative"},
		{"less depth than none", nil, Options{MaxDepth: -1},
			"fit cannot be checked: Workers, MaxDepth and Timeout must not be negative"},
		{"less time than none", nil, Options{Timeout: -time.Second},
			"fit cannot be checked: Workers, MaxDepth and Timeout must not be negative"},
		{"no property to check", nil, Options{Properties: []string{}},
			"fit cannot be checked: no property is to be checked"},
		{"an unknown property", nil, Options{Properties: []string{"Reaches0", "Reaches2"}},
			`fit cannot be checked: it has no property "Reaches2"; there are Never1, Reaches0, Deadlock`},
		{"deadlock where it is allowed", func(m *model.Model[place]) { m.AllowDeadlock = true }, Options{Properties: []string{Deadlock}},
			`fit cannot be checked: it has no property "Deadlock"; there are Never1, Reaches0`},
		{"an unknown fault", nil, Options{WithoutFaults: []string{"lost"}},
			`fit cannot be checked: it has no fault "lost"; there are crash, loss`},
		{"a fault of a model without", func(m *model.Model[place]) { m.Actions = m.Actions[:1] }, Options{WithoutFaults: []string{"loss"}},
			`fit cannot be checked: it has no fault "loss"; none of its actions is a fault`},

		{"nowhere to begin", func(m *model.Model[place]) { m.Init = func(*place, *model.Choice) bool { return false } }, Options{},
			"fit cannot be checked: Init returned false for everything it chose: there is no initial state"},
		{"nothing to choose at the beginning", func(m *model.Model[place]) { m.Init = from() }, Options{},
			"fit cannot be checked: Init chooses from nothing: there is no initial state"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := fit()
			if c.spoil != nil {
				c.spoil(m)
			}
			r, err := Check(context.Background(), m, c.options)
			if e, ok := err.(*ModelError); !ok || e.Error() != c.want || r != nil {
				t.Errorf("got %v (a %T), want %q", err, err, c.want)
			}
		})
	}
	check(t, fit(), Options{})
}

// A model that is nil is refused like any other that cannot be checked.
func TestNilModel(t *testing.T) {
	const want = "the model cannot be checked: the model is nil"
	c := Of[place](nil)
	_, err := c.Check(t.Context(), Options{})
	_, ofWalks := c.Simulate(t.Context(), SimulateOptions{})
	_, ofGraph := c.Graph(t.Context(), GraphOptions{})
	_, ofReplay := c.Replay(t.Context(), nil)
	for _, err := range []error{err, ofWalks, ofGraph, ofReplay} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v; want %s", err, want)
		}
	}
}

// A model without properties is counted.
func TestCountingAlone(t *testing.T) {
	m := graph(edges{0: {1, 2}, 1: {2}})
	m.AllowDeadlock = true
	for _, safetyOnly := range []bool{false, true} {
		r := check(t, m, Options{SafetyOnly: safetyOnly})
		if r.Verdict != Holds || r.Counts.Distinct != 3 || len(r.Properties) != 0 {
			t.Errorf("got %s, %d states and %d properties", r.Verdict, r.Counts.Distinct, len(r.Properties))
		}
	}
}

// A number of things is worded as such.
func TestNumbersInReasons(t *testing.T) {
	for reason, o := range map[string]Options{
		"the limit of 1 state was reached":  {MaxStates: 1},
		"the limit of 2 states was reached": {MaxStates: 2},
		"the limit of 1 level was reached":  {MaxDepth: 1},
		"the limit of 2 levels was reached": {MaxDepth: 2},
	} {
		if r := check(t, graph(edges{0: {1}, 1: {2}, 2: {3}}, never(9)), o); r.Reason != reason {
			t.Errorf("got %q; want %q", r.Reason, reason)
		}
	}
}

// anything is a model of any state type, in which nothing happens.
func anything[S any]() error {
	_, err := Check(context.Background(), &model.Model[S]{
		Name: "anything", AllowDeadlock: true,
		Actions:    []model.Action[S]{{Name: "Stay", Do: func(*S, *model.Choice) bool { return true }}},
		Properties: []model.Property[S]{model.Always("True", func(*S) bool { return true })},
	}, Options{Workers: 1})
	return err
}

// A state of a type that cannot be one is refused by the path to the trouble.
func TestRefusedStates(t *testing.T) {
	type node struct{ Rates [2]map[string]float64 }
	type cluster struct {
		Nodes []node
	}
	type ring struct{ Next *ring }
	type callback struct{ done func() }
	const refused = "anything cannot be checked: state type explore."
	for _, c := range []struct{ got, want string }{
		{fmt.Sprint(anything[cluster]()), refused + "cluster: field Nodes[].Rates[][value]: float64 cannot be part of a state: " +
			"NaN differs from itself and -0 equals 0: use an integer"},
		{fmt.Sprint(anything[ring]()), refused + "ring: field Next.*: explore.ring contains itself: " +
			"keep the values in a slice, and indices into it instead of pointers"},
		{fmt.Sprint(anything[callback]()), refused + "callback: field done: func() cannot be part of a state: " +
			"functions cannot be compared: use an integer that says which one"},
	} {
		if c.got != c.want {
			t.Errorf("got  %s\nwant %s", c.got, c.want)
		}
	}
}

// Everything else can be a state, down to one that holds nothing.
func TestAdmittedStates(t *testing.T) {
	type inner struct {
		private []map[string]*int64
		_       int
	}
	type rich struct {
		inner
		Names  [3]string
		Deep   **inner
		Net    model.Bag[struct{ From, To int8 }]
		Forget func() `muster:"-"`
	}
	for _, err := range []error{anything[rich](), anything[struct{}](), anything[int](), anything[[]string](), anything[map[int]bool]()} {
		if err != nil {
			t.Error(err)
		}
	}
}

// An action that asks in a loop without an end is a finding, and takes no memory without
// an end. The words name the first of its questions.
func TestAnActionThatAsksForEver(t *testing.T) {
	m := &model.Model[int]{Name: "curious", Actions: []model.Action[int]{{Name: "Ask", Do: func(_ *int, c *model.Choice) bool {
		for {
			c.Bool("more")
		}
	}}}}
	r, err := Check(t.Context(), m, Options{})
	if err != nil {
		t.Fatal(err)
	}
	last := r.Properties[len(r.Properties)-1]
	if want := "and 4073 more) panicked: model: more than 4096 questions"; last.Name != Panic || !strings.Contains(last.Detail, want) || len(last.Detail) > 1000 {
		t.Errorf("%s: %s; want %q in it", last.Name, last.Detail, want)
	}
}
