package suite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/drive/suite"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/migration"
	"github.com/muster-mc/muster/models/registry"
	"github.com/muster-mc/muster/trace"
)

func Example() {
	type light struct{ Green, Broken bool }
	m := &model.Model[light]{
		Name: "light",
		Actions: []model.Action[light]{
			{Name: "Switch", Do: func(s *light, c *model.Choice) bool { s.Green = !s.Green; return !s.Broken }},
			{Name: "Break", Do: func(s *light, c *model.Choice) bool { s.Broken = true; return s.Green }},
			{Name: "Repair", Do: func(s *light, c *model.Choice) bool { s.Broken = false; return s.Green }},
		},
		Properties: []model.Property[light]{model.Always("RedIsWhole", func(s *light) bool { return s.Green || !s.Broken })},
	}
	s, err := suite.Make(context.Background(), m, suite.Options{Cover: suite.Arguments})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range s.All() {
		fmt.Print(t)
	}
	// Output:
	//   1  Init      (all zero)
	//   2  Switch    Green: false -> true
	//   3  Break     Broken: false -> true
	//   4  Repair    Broken: true -> false
}

// Every test is a run of the model, in every form in which it is written.
func TestTestsAreRuns(t *testing.T) {
	m := migration.New(migration.Config{})
	s, err := suite.Make(t.Context(), m, suite.Options{Cover: suite.Pairs | suite.States, Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	tests, steps := 0, 0
	for i, tr := range s.All() {
		if tests++; i != tests {
			t.Errorf("test %d is numbered %d", tests, i)
		}
		steps += tr.Length - 1
		if _, err := explore.Replay(t.Context(), m, tr); err != nil {
			t.Errorf("test %d: %v", i, err)
		}
		var file bytes.Buffer
		if err := tr.ITF(&file, nil); err != nil {
			t.Fatal(err)
		}
		read, _, err := trace.ReadITF(&file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := explore.Replay(t.Context(), m, read); err != nil {
			t.Errorf("test %d, from ITF: %v", i, err)
		}
	}
	if tests != s.Tests || steps != s.Steps || s.States != 59 {
		t.Errorf("%d tests of %d steps, counted %d of %d; %d states", s.Tests, s.Steps, tests, steps, s.States)
	}
	for _, c := range s.Coverage {
		if c.Covered != c.Goals || c.Goals == 0 {
			t.Errorf("%+v", c)
		}
	}
}

// A view makes the edges of a large model few: they are 22,845 without it.
func TestView(t *testing.T) {
	s, err := suite.Make(t.Context(), registry.New(registry.Config{}), suite.Options{View: []string{"Placement", "Status"}})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Coverage[0]; c.Goals != 320 || c.Covered != c.Goals {
		t.Errorf("got %+v in %d tests", c, s.Tests)
	}
	s, err = suite.Make(t.Context(), registry.New(registry.Config{}), suite.Options{View: []string{"Cached"}})
	if err == nil {
		t.Fatalf("a field that there is not gives %d tests", s.Tests)
	}
	if f, ok := errors.AsType[*explore.FieldError](err); !ok || f.Field != "Cached" || len(f.Known) == 0 {
		t.Fatalf("got %v", err)
	}
}

func TestWhatCannotBeMade(t *testing.T) {
	for want, o := range map[string]suite.Options{
		"it has more than 10 states, too many to make tests of its graph": {MaxStates: 10},
		"there is no Cover 128":                      {Cover: 128},
		"must not be negative":                       {MaxSteps: -1},
		"neither states nor edges are to be covered": {View: []string{"Phase"}, Cover: suite.Pairs},
		`it has no fault "flood"; there are `:        {WithoutFaults: []string{"flood"}},
	} {
		_, err := suite.Make(t.Context(), migration.New(migration.Config{}), o)
		if m, ok := errors.AsType[*explore.ModelError](err); !ok || !strings.Contains(m.Problem, want) {
			t.Errorf("got %v; want %s", err, want)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := suite.Make(ctx, migration.New(migration.Config{}), suite.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}
