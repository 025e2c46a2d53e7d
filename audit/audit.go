package audit

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Options configures an audit. The zero value is useful.
type Options struct {
	// MaxStates is the largest number of distinct states to explore of the model and
	// of each mutant. Zero means 10,000. A larger limit may kill more mutants.
	MaxStates uint64

	// Workers is the number of mutants that are explored at the same time. Zero means
	// one for each processor. It does not influence the report.
	Workers int

	// Parameters is copied to the report.
	Parameters map[string]any

	// Progress, if set, is called before each mutant is explored, with the number of
	// mutants begun, the number of all, and the mutant. Calls are not concurrent.
	Progress func(begun, of int, m Mutant)

	_ struct{}
}

const defaultStates = 10_000

// Run makes the mutants of a model and explores each of them. The error is that of
// [explore.Check] on the model, or that of the context.
func Run[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(ctx, explore.Of(m), o)
}

// Of is [Run] for a model whose state type is erased.
func Of(ctx context.Context, c explore.Checker, o Options) (*Report, error) {
	m := c.System
	if o.MaxStates == 0 {
		o.MaxStates = defaultStates
	}
	if m.Refused != nil {
		return nil, &explore.ModelError{Model: m.Name, Problem: m.Refused.Error()}
	}
	a := &auditor{model: m, options: o}
	if err := a.judgeModel(ctx); err != nil {
		return nil, err
	}
	list := a.survey()
	outcomes, err := a.exploreAll(ctx, list)
	if err != nil {
		return nil, err
	}
	return a.report(outcomes), nil
}

// auditor has the state of an audit.
type auditor struct {
	model    *system.System
	options  Options
	base     *explore.Report
	digest   digest
	sample   []system.State // the first states of the model
	checked  []string       // the properties that the model satisfies
	excluded []string       // the properties that the model violates
}

// judgeModel explores the unchanged model.
func (a *auditor) judgeModel(ctx context.Context) error {
	w := newRecorder(a.model.Codec)
	r, err := explore.Checker{System: w.on(a.model)}.Check(ctx, explore.Options{
		Symmetry: explore.SymmetryOff, // a mutant need not treat all values alike
		Workers:  1, KeepGoing: true, MaxStates: a.options.MaxStates, Store: explore.StoreExact,
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
		case isRecorder(p.Name):
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

func (a *auditor) refused(why string) error {
	return fmt.Errorf("%s cannot be audited: it %s", a.model.Name, why)
}

// exploreAll explores all mutants, several at the same time.
func (a *auditor) exploreAll(ctx context.Context, list []Mutant) ([]Mutant, error) {
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
				if err := a.explore(ctx, &list[i]); err != nil {
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
