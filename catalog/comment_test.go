package catalog_test

import (
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// The entry of the package comment.

type Config struct {
	Workers int    `flag:"workers" default:"2" min:"1" max:"4" help:"workers that take jobs"`
	Lossy   bool   `flag:"lossy" help:"let the network lose messages"`
	Retry   string `flag:"retry" default:"never" oneof:"never always" help:"when a lost message is sent again"`
	Bug     string // the seeded bug, or ""
}

// State has a job for each worker.
type State struct{ Jobs [4]phase }

type phase uint8

const (
	waiting phase = iota
	taken
	done
	lost
)

func New(c Config) *model.Model[State] {
	c = catalog.Settle(c) // fill in the defaults
	return &model.Model[State]{
		Name: "queue",
		Actions: []model.Action[State]{
			c.action("Take", waiting, taken),
			c.action("Acknowledge", taken, done),
			c.action("Crash", taken, c.crashed()),
			c.action("Lose", waiting, c.missing()),
		},
		Properties: []model.Property[State]{
			model.Always("NoJobIsLost", func(s *State) bool {
				for _, j := range s.Jobs {
					if j == lost {
						return false
					}
				}
				return true
			}),
		},
		AllowDeadlock: true,
	}
}

func (c Config) crashed() phase {
	if c.Bug == "ack-early" {
		return lost
	}
	return waiting
}

func (c Config) missing() phase {
	if c.Lossy && c.Retry == "never" {
		return lost
	}
	return waiting
}

// action moves the job of any worker.
func (c Config) action(name string, from, to phase) model.Action[State] {
	return model.Action[State]{Name: name, Do: func(s *State, choice *model.Choice) bool {
		j := &s.Jobs[choice.Int("worker", c.Workers)]
		if *j != from {
			return false
		}
		*j = to
		return true
	}}
}

var Entry = catalog.Define("queue", "a job queue and its workers", New,
	catalog.Bug{Name: "ack-early", Doc: "a worker acknowledges a job before the job has run",
		Breaks: "NoJobIsLost", Length: 3},
	catalog.Fix{Name: "retry", Doc: "what is lost is sent again",
		With: catalog.With{"lossy": "true", "retry": "always"}},
)

func TestPackageComment(t *testing.T) {
	for _, trial := range Entry.Trials() {
		outcome, err := trial.Run(t.Context(), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if problem := outcome.Problem(); problem != "" {
			t.Errorf("%s: %s", trial.Name(), problem)
		}
	}
	if m, err := Entry.Open(catalog.Settings{With: catalog.With{"lossy": "true"}}); err != nil {
		t.Error(err)
	} else if r, err := m.Check(t.Context(), explore.Options{}); err != nil || r.Verdict != explore.Violated {
		t.Errorf("without the fix: got %v (%v), want violated", r, err)
	}

	comment, _, _ := strings.Cut(source(t, "entry.go"), "\npackage ")
	test := source(t, "comment_test.go")
	lines := 0
	for line := range strings.Lines(comment) {
		code, ok := strings.CutPrefix(line, "//\t")
		if !ok || strings.TrimSpace(code) == "..." { // for the rest of a function
			continue
		}
		lines++
		if !strings.Contains(test, "\n"+code) {
			t.Errorf("the package comment shows a line that is not in its model:\n%s", code)
		}
	}
	if lines == 0 {
		t.Error("the package comment shows no code")
	}
}

func source(t *testing.T, name string) string {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
