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

// The kinds of mutants; see the package comment.
const (
	Lost    Kind = "lost"
	Skipped Kind = "skipped"
	Twice   Kind = "twice"
	Swapped Kind = "swapped"
	Torn    Kind = "torn"
	Stale   Kind = "stale"
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Lost, Skipped, Twice, Swapped, Torn, Stale} }

// Outcome is the result of exploring a mutant; see the package comment.
type Outcome string

// The outcomes.
const (
	Killed     Outcome = "killed"
	Survived   Outcome = "survived"
	Equivalent Outcome = "equivalent"
	Hidden     Outcome = "hidden"
)

// Contract is the name, in Mutant.By, for a mutant that breaks the contract of package
// model, such as an action that is not deterministic.
const Contract = "Contract"

// Mutant is a model with one defect.
type Mutant struct {
	Kind     Kind   `json:"kind"`
	Action   string `json:"action"`
	Field    string `json:"field,omitempty"`    // the field whose update is lost, or which is stale
	Argument string `json:"argument,omitempty"` // the argument that is swapped

	Outcome Outcome  `json:"outcome"`
	By      []string `json:"by"`     // the properties that killed the mutant, including Panic and Contract
	States  uint64   `json:"states"` // the number of explored states
	Whole   bool     `json:"whole"`  // the mutant was explored completely, or a contract error ended the exploration

	action int // the index of the action
	field  int // the index of the field
	limit  int // the number of values of the argument
}

// String describes the defect in a few words.
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

// explore explores a mutant and sets its outcome.
func (a *auditor) explore(ctx context.Context, m *Mutant) error {
	w := newRecorder(a.model.Codec)
	r, err := explore.Checker{System: w.on(a.mutated(*m))}.Check(ctx, explore.Options{
		Symmetry: explore.SymmetryOff, // a mutant need not treat all values alike
		Workers:  1, KeepGoing: true, MaxStates: a.options.MaxStates, Store: explore.StoreExact,
		Properties: append(slices.Clone(a.checked), stateRecorder, stepRecorder),
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
