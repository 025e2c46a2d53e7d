package audit

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"sync"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Options says how mutants are explored. The zero value is useful.
type Options struct {
	// MaxStates is up to how many distinct states the model and each mutant are
	// explored. Zero means 10,000. A mutant that survives so far may be killed
	// further on.
	MaxStates uint64

	// Workers is how many mutants are explored at a time. Zero means one for each
	// processor. It changes how long an audit takes and nothing else.
	Workers int

	// Parameters go into the report as they are.
	Parameters map[string]any

	// Progress, if set, is called before each mutant is explored, never
	// concurrently: how many were begun, of how many, and which one it is.
	Progress func(begun, of int, m Mutant)

	_ struct{}
}

const usualStates = 10_000

// Report is what came of an audit. It is the same for every number of workers.
type Report struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"`
	States     uint64         `json:"states"`   // of the model itself
	Whole      bool           `json:"whole"`    // they are all that there are
	Excluded   []string       `json:"excluded"` // properties that the model itself violates, and which therefore kill nothing
	Mutants    []Mutant       `json:"mutants"`
	Properties []Score        `json:"properties"`
}

// Count is how many mutants had this outcome.
func (r *Report) Count(o Outcome) int {
	n := 0
	for _, m := range r.Mutants {
		if m.Outcome == o {
			n++
		}
	}
	return n
}

// Score is how many mutants a property killed, and how many of them no other did.
type Score struct {
	Property string `json:"property"`
	Kind     string `json:"kind"`
	Kills    int    `json:"kills"`
	Alone    int    `json:"alone"`
}

// Run makes the mutants of a model and explores each of them. The error is that
// of [explore.Check] on the model itself, or the context's.
func Run[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(ctx, explore.Of(m), o)
}

// Of is [Run] on a model whose state type is forgotten.
func Of(ctx context.Context, c explore.Checker, o Options) (*Report, error) {
	m := c.System
	if o.MaxStates == 0 {
		o.MaxStates = usualStates
	}
	if m.Refused != nil {
		return nil, &explore.ModelError{Model: m.Name, Problem: m.Refused.Error()}
	}
	a := &trial{model: m, options: o}
	if err := a.judgeModel(ctx); err != nil {
		return nil, err
	}
	list := a.survey()
	outcomes, err := a.tryAll(ctx, list)
	if err != nil {
		return nil, err
	}
	return a.report(outcomes), nil
}

// trial is one audit.
type trial struct {
	model    *system.System
	options  Options
	base     *explore.Report
	digest   digest
	sample   []system.State // states of the model, the first ones there are
	checked  []string       // the properties that can kill
	excluded []string
}

// judgeModel explores the model as it is.
func (a *trial) judgeModel(ctx context.Context) error {
	w := newWitness(a.model.Codec)
	r, err := explore.Checker{System: w.on(a.model)}.Check(ctx, explore.Options{
		Workers: 1, KeepGoing: true, MaxStates: a.options.MaxStates, Store: explore.StoreExact,
	})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	a.base, a.digest = r, w.digest()
	for _, s := range w.sample {
		if a.model.Constraint == nil || a.model.Constraint(s) {
			a.sample = append(a.sample, s)
		}
	}
	for _, p := range r.Properties {
		switch {
		case isOurs(p.Name):
		case p.Name == explore.Panic:
			return a.refused("panics as it is: " + p.Detail)
		case p.Verdict == explore.Violated || p.Verdict == explore.Unreached:
			a.excluded = append(a.excluded, p.Name)
		default:
			a.checked = append(a.checked, p.Name)
		}
	}
	if len(a.checked) == 0 {
		return a.refused("has no property that holds: there is nothing to put on trial")
	}
	return nil
}

func (a *trial) refused(why string) error {
	return fmt.Errorf("%s cannot be audited: it %s", a.model.Name, why)
}

// tryAll explores all mutants, some at a time.
func (a *trial) tryAll(ctx context.Context, list []Mutant) ([]Mutant, error) {
	workers := a.options.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		wait  sync.WaitGroup
		mu    sync.Mutex
		begun int
		first error
	)
	next := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		if begun == len(list) || first != nil || ctx.Err() != nil {
			return 0, false
		}
		begun++
		if a.options.Progress != nil {
			a.options.Progress(begun, len(list), list[begun-1])
		}
		return begun - 1, true
	}
	for range workers {
		wait.Go(func() {
			for i, ok := next(); ok; i, ok = next() {
				if err := a.try(ctx, &list[i]); err != nil {
					mu.Lock()
					first = err
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	if first == nil {
		first = ctx.Err()
	}
	return list, first
}

// report adds up what the properties killed.
func (a *trial) report(list []Mutant) *Report {
	r := &Report{
		Model: a.model.Name, Parameters: map[string]any{},
		States: a.base.Counts.Distinct, Whole: a.base.Reason == "",
		Excluded: append([]string{}, a.excluded...), Mutants: list, Properties: []Score{},
	}
	maps.Copy(r.Parameters, a.options.Parameters)
	for _, p := range a.base.Properties {
		if isOurs(p.Name) {
			continue
		}
		s := Score{Property: p.Name, Kind: p.Kind}
		for _, m := range list {
			if m.killedBy(p.Name) {
				s.Kills++
				if len(m.By) == 1 {
					s.Alone++
				}
			}
		}
		r.Properties = append(r.Properties, s)
	}
	return r
}
