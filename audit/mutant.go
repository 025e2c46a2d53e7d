package audit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/muster-mc/muster/explore"
)

// Kind is a way to break an action.
type Kind string

// The ways; see the package comment.
const (
	Lost    Kind = "lost"
	Skipped Kind = "skipped"
	Twice   Kind = "twice"
	Swapped Kind = "swapped"
	Torn    Kind = "torn"
	Stale   Kind = "stale"
)

// Kinds lists all of them.
func Kinds() []Kind { return []Kind{Lost, Skipped, Twice, Swapped, Torn, Stale} }

// Outcome is what became of a mutant; see the package comment.
type Outcome string

// The outcomes.
const (
	Killed     Outcome = "killed"
	Survived   Outcome = "survived"
	Equivalent Outcome = "equivalent"
	Hidden     Outcome = "hidden"
)

// Contract is what a mutant is killed by that makes the model break the rules of
// package model.
const Contract = "Contract"

// Mutant is a model with one defect.
type Mutant struct {
	Kind     Kind   `json:"kind"`
	Action   string `json:"action"`
	Field    string `json:"field,omitempty"`    // whose update is lost, or which is stale
	Argument string `json:"argument,omitempty"` // that is swapped

	Outcome Outcome  `json:"outcome"`
	By      []string `json:"by"`     // the properties that killed it; Panic and Contract are as good
	States  uint64   `json:"states"` // that were explored
	Whole   bool     `json:"whole"`  // they are all that there are, or it was killed for good

	action int // its place in the model
	field  int
	limit  int // how many answers the argument has
}

// String says in a few words what is wrong.
func (m Mutant) String() string {
	switch m.Kind {
	case Lost:
		return fmt.Sprintf("%s: its update of %s is lost", m.Action, m.Field)
	case Skipped:
		return fmt.Sprintf("%s: it changes nothing, and claims that it did", m.Action)
	case Twice:
		return fmt.Sprintf("%s: it may happen twice", m.Action)
	case Swapped:
		return fmt.Sprintf("%s: it writes to another %s than it was asked for", m.Action, m.Argument)
	case Torn:
		return fmt.Sprintf("%s: it may change only some of its fields", m.Action)
	}
	return fmt.Sprintf("%s: it may act on a stale %s", m.Action, m.Field)
}

func (m Mutant) killedBy(property string) bool { return slices.Contains(m.By, property) }

// try explores a mutant, and says what became of it.
func (a *trial) try(ctx context.Context, m *Mutant) error {
	w := newWitness(a.model.Codec)
	r, err := explore.Checker{System: w.on(a.mutated(*m))}.Check(ctx, explore.Options{
		Workers: 1, KeepGoing: true, MaxStates: a.options.MaxStates, Store: explore.StoreExact,
		Properties: append(slices.Clone(a.checked), stateWitness, stepWitness),
	})
	m.By = []string{}
	if contract := new(explore.ContractError); errors.As(err, &contract) {
		m.Outcome, m.By, m.Whole = Killed, []string{Contract}, true
		return nil
	}
	if err != nil {
		return fmt.Errorf("%s: %w", m, err)
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	m.States, m.Whole = r.Counts.Distinct, r.Reason == ""
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated || p.Verdict == explore.Unreached {
			m.By = append(m.By, p.Name)
		}
	}
	m.Outcome = Survived
	same := a.base.Reason == "" && m.Whole
	switch d := w.digest(); {
	case len(m.By) > 0:
		m.Outcome = Killed
	case same && d == a.digest:
		m.Outcome = Equivalent
	case same && d.states == a.digest.states:
		m.Outcome = Hidden
	}
	return nil
}
