package explore

import (
	"context"
	"encoding/json"
	"errors"
	"testing"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// letters is a network whose actions have arguments of every kind.
type letters struct {
	Sent  model.Bag[letter]
	Read  []letter
	Empty bool
}

// urgency is an argument with a name.
type urgency bool

func (u urgency) String() string {
	if u {
		return "in a hurry"
	}
	return "at leisure"
}

func newLetters() *model.Model[letters] {
	return &model.Model[letters]{
		Name: "letters", AllowDeadlock: true,
		Actions: []model.Action[letters]{
			action("Send", func(s *letters, c *model.Choice) bool {
				l := letter{uint8(c.Int("node", 2)), uint8(c.Int("node", 2))}
				if s.Sent.Len() > 1 || l.From == l.To {
					return false
				}
				s.Sent.Add(l)
				return true
			}),
			action("Read", func(s *letters, c *model.Choice) bool {
				l := model.Pick(c, "letter", s.Sent.Items())
				model.Pick(c, "how", []urgency{false, true})
				s.Sent.Remove(l)
				s.Read = append(s.Read, l)
				return true
			}),
			action("Shake", func(s *letters, c *model.Choice) bool {
				if !c.Bool("") || s.Sent.Len() > 0 || len(s.Read) == 0 {
					return false
				}
				model.Pick(c, "why", []string{"a letter, inside"})
				s.Empty = true
				return true
			}),
		},
		Properties: []model.Property[letters]{
			model.Always("NotAllIsRead", func(s *letters) bool { return len(s.Read) < 2 || !s.Empty }),
		},
	}
}

// counterexample is the trace of a model's first property.
func counterexample[S any](t *testing.T, m *model.Model[S]) *trace.Trace {
	t.Helper()
	way := check(t, m, Options{}).Properties[0].Trace
	if way == nil {
		t.Fatal("there is no counterexample")
	}
	return way
}

// replayed runs a trace that must be possible.
func replayed[S any](t *testing.T, m *model.Model[S], way *trace.Trace) *trace.Trace {
	t.Helper()
	w, err := Replay(context.Background(), m, way)
	if err != nil {
		t.Fatal(err)
	}
	return w.Trace()
}

// A trace is what its JSON says.
func jsonOf(t *testing.T, way *trace.Trace) string {
	t.Helper()
	text, err := json.Marshal(way)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// A trace replays to itself: with elements, names and texts as arguments, and a
// question that is asked twice by one name.
func TestReplay(t *testing.T) {
	m := newLetters()
	way := counterexample(t, m)
	want := "Init Send(node=0, node#2=1) Send(node=0, node#2=1) " +
		"Read(letter={From:0 To:1}, how=\"at leisure\") Read(letter={From:0 To:1}, how=\"at leisure\") Shake(true, why=\"a letter, inside\")"
	if got := pathOf(way); got != want {
		t.Fatalf("got the way  %s\nwant %s", got, want)
	}
	if got, want := jsonOf(t, replayed(t, m, way)), jsonOf(t, way); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// So does one that was written to a file and read back, when the types of its
// arguments and states are forgotten.
func TestReplayFromJSON(t *testing.T) {
	m := newLetters()
	want := jsonOf(t, counterexample(t, m))
	var way trace.Trace
	if err := json.Unmarshal([]byte(want), &way); err != nil {
		t.Fatal(err)
	}
	if got := jsonOf(t, replayed(t, m, &way)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// A trace of a state that has everything in it replays from JSON too.
func TestReplayEverything(t *testing.T) {
	m := postOffice()
	for _, p := range check(t, m, Options{KeepGoing: true, MaxStates: 3_000}).Properties {
		if p.Trace == nil {
			continue
		}
		want := jsonOf(t, p.Trace)
		var way trace.Trace
		if err := json.Unmarshal([]byte(want), &way); err != nil {
			t.Fatal(err)
		}
		if got := jsonOf(t, replayed(t, m, &way)); got != want {
			t.Errorf("%s: got  %s\nwant %s", p.Name, got, want)
		}
	}
}

// Of several steps with the same label, the one is taken that leads where the
// trace says.
func TestReplayOfStepsThatLookAlike(t *testing.T) {
	type path struct {
		to int `muster:"-"` // is not shown
	}
	ways := map[int][]path{0: {{1}, {2}}, 1: {{3}}, 2: {{4}}}
	m := graph(nil, never(4))
	m.Actions[0].Do = func(s *place, c *model.Choice) bool {
		s.N = model.Pick(c, "path", ways[s.N]).to
		return true
	}
	way := counterexample(t, m)
	if got, want := pathOf(way), "Init Go(path={}) Go(path={})"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	if got, want := jsonOf(t, replayed(t, m, way)), jsonOf(t, way); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// Where a model no longer does what a trace says, the step is named, and the run
// up to there returned.
func TestReplayOfAChangedModel(t *testing.T) {
	way := counterexample(t, graph(edges{0: {1, 2}, 2: {3}, 3: {4}}, never(4)))
	for _, c := range []struct {
		name   string
		model  *model.Model[place]
		want   string
		length int
	}{
		{"a step is gone", graph(edges{0: {1, 2}, 2: {4}}, never(9)), "step 3: Go(to=3) is not possible here", 2},
		{"a step is new", graph(edges{0: {5, 2}, 2: {0, 3}, 3: {4}}, never(9)), "", 4},
		{
			"it begins elsewhere",
			func() *model.Model[place] {
				m := graph(edges{7: {2}}, never(9))
				m.Init = func(s *place, _ *model.Choice) bool { s.N = 7; return true }
				return m
			}(),
			"step 1: Init leads to another state than it did", 1,
		},
		{
			"it is asked how to begin",
			func() *model.Model[place] {
				m := graph(edges{0: {2}}, never(9))
				m.Init = from(0)
				return m
			}(),
			"step 1: Init is not possible here", 0,
		},
		{
			"a step leads elsewhere",
			func() *model.Model[place] {
				m := graph(edges{0: {2}, 2: {3}, 3: {4}}, never(9))
				walk := m.Actions[0].Do
				m.Actions[0].Do = func(s *place, c *model.Choice) bool {
					enabled := walk(s, c)
					if s.N == 3 {
						s.N = 5
					}
					return enabled
				}
				return m
			}(),
			"step 3: Go(to=3) leads to another state than it did", 3,
		},
		{
			"an action has another name",
			func() *model.Model[place] {
				m := graph(edges{0: {2}, 2: {3}}, never(9))
				m.Actions[0].Name = "Walk"
				return m
			}(),
			"step 2: Go(to=2) is not possible here", 1,
		},
		{
			"a panic is no step",
			func() *model.Model[place] {
				m := graph(edges{}, never(9))
				m.Actions[0].Do = func(s *place, c *model.Choice) bool {
					s.N = model.Pick(c, "to", []int{2})
					return boom()
				}
				return m
			}(),
			"step 2: Go(to=2) is not possible here", 1,
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			w, err := Replay(context.Background(), c.model, way)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
			} else if e, ok := err.(*ReplayError); !ok || e.Error() != c.want {
				t.Errorf("got the error %v, want %s", err, c.want)
			}
			if got := w.Trace().Length; got != c.length {
				t.Errorf("the run has %d states, want %d", got, c.length)
			}
		})
	}
}

// A replay can be interrupted, and is refused of a model that cannot be checked.
func TestReplayErrors(t *testing.T) {
	m := graph(edges{0: {1}}, never(1))
	way := counterexample(t, m)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Replay(ctx, m, way); !errors.Is(err, context.Canceled) {
		t.Errorf("got the error %v, want %v", err, context.Canceled)
	}
	var refused *ModelError
	if _, err := Replay(context.Background(), &model.Model[place]{Name: "none"}, way); !errors.As(err, &refused) {
		t.Errorf("got the error %v, want a %T", err, refused)
	}
}
