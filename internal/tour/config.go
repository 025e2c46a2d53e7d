package tour

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/system"
)

// Config says what tests are wanted. Its zero value is useful.
type Config struct {
	Cover         Cover    // zero: Arguments and Pairs, or Edges with a view
	View          []string // the fields by which states are told apart
	Seed          uint64   // zero: the model's own order
	MaxSteps      int      // of a test, after Init; zero: StepsMax
	MaxStates     int      // zero: StatesMax
	WithoutFaults []string // kinds of faults to leave out
}

// The limits unless others are set. Tests of more steps are longer to read and to shorten
// and cover little more; a graph of a million states takes some hundred megabytes.
const (
	StepsMax  = 40
	StatesMax = 1_000_000
)

// ProblemError is a model or a configuration that no tests can be made of.
type ProblemError struct{ Model, Problem string }

func (e *ProblemError) Error() string { return e.Model + ": " + e.Problem }

// Open explores a model and lists the goals. The configuration that it returns has no
// zero values. The error is a [*ProblemError], a [*FieldError], or that of the context.
func Open(ctx context.Context, m *system.System, c Config) (*Graph, *Goals, Config, error) {
	c, problem := c.settle(m)
	if problem != "" {
		return nil, nil, c, &ProblemError{m.Name, problem}
	}
	var actions []int
	for i, a := range m.Actions {
		if !slices.Contains(c.WithoutFaults, a.Fault) {
			actions = append(actions, i)
		}
	}
	g, err := NewGraph(ctx, m, actions, c.MaxStates)
	if err != nil {
		return nil, nil, c, err
	}
	// Goals are numbered and planned for in the order of edges, so to shuffle the edges first is
	// all that another seed needs.
	if c.Seed != 0 {
		g.Shuffle(c.Seed)
	}
	goals, err := NewGoals(ctx, g, c.Cover, c.View)
	return g, goals, c, err
}

// settle puts the values in that a zero stands for, and says what is wrong with the rest. It
// comes before the exploration, which can take a minute: a mistake is to be told at once.
func (c Config) settle(m *system.System) (settled Config, problem string) {
	// What a view tells apart has few edges, so that all of them can be covered.
	if c.Cover == 0 {
		c.Cover = Arguments | Pairs
		if len(c.View) > 0 {
			c.Cover = Edges
		}
	}
	if c.MaxSteps == 0 {
		c.MaxSteps = StepsMax
	}
	if c.MaxStates == 0 {
		c.MaxStates = StatesMax
	}
	if problem := m.Problem(); problem != "" {
		return c, problem
	}
	switch {
	case m.Refused != nil:
		return c, m.Refused.Error()
	case c.Cover >= 1<<len(Kinds):
		return c, fmt.Sprintf("there is no Cover %d", c.Cover)
	case c.MaxSteps < 0 || c.MaxStates < 0:
		return c, "MaxSteps and MaxStates must not be negative"
	case len(c.View) > 0 && c.Cover&(States|Edges) == 0:
		return c, "a view tells states apart, and neither states nor edges are to be covered"
	}
	return c, problemOfFaults(m, c.WithoutFaults)
}

// problemOfFaults says which fault that is to be left out no action has. To leave out what is
// not there is a mistake, mostly in writing, and would leave faults in without a word.
func problemOfFaults(m *system.System, without []string) string {
	var known []string
	for _, a := range m.Actions {
		if a.Fault != "" && !slices.Contains(known, a.Fault) {
			known = append(known, a.Fault)
		}
	}
	for _, fault := range without {
		switch {
		case len(known) == 0:
			return fmt.Sprintf("it has no fault %q; none of its actions is a fault", fault)
		case !slices.Contains(known, fault):
			return fmt.Sprintf("it has no fault %q; there are %s", fault, strings.Join(known, ", "))
		}
	}
	return ""
}
