package explore

import (
	"errors"
	"strings"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// ModelError is a model, or options, that cannot be used.
type ModelError struct {
	Model   string
	Problem string
}

func (e *ModelError) Error() string {
	if e.Model == "" {
		return "the model cannot be checked: " + e.Problem
	}
	return trace.Escape(e.Model) + " cannot be checked: " + e.Problem
}

// ContractError is a model that breaks the rules which a sound search relies on:
// an action that changes the state and then says that it is not enabled, one
// that does not do the same every time, a property that changes the state.
type ContractError struct {
	Model   string
	Problem string
	Trace   *trace.Trace // to the state on which it was seen
}

func (e *ContractError) Error() string { return e.Model + ": " + e.Problem }

// CheckpointError is a directory that cannot keep a checkpoint, or a checkpoint
// that cannot be resumed: because it is damaged, or is that of another run.
type CheckpointError struct {
	Directory string
	Problem   string
}

func (e *CheckpointError) Error() string { return e.Directory + ": " + e.Problem }

// checkpointError keeps an error in one line: joined errors have one each.
func checkpointError(directory string, err error) error {
	if err == nil {
		return nil
	}
	return &CheckpointError{directory, strings.ReplaceAll(err.Error(), "\n", "; ")}
}

// WorkDirError is a work directory that cannot be used, or that has lost what is
// needed for a trace.
type WorkDirError struct {
	Directory string
	Problem   string
}

func (e *WorkDirError) Error() string { return e.Directory + ": " + e.Problem }

// public gives an error of the engine the type that this package promises. The errors of
// files come first, because other errors may wrap them. An error of no known type, such
// as the context's, stays as it is.
func (r *run) public(err error) error {
	var unusable *search.WorkDirError
	var files *spill.Error
	var breach *search.BreachError
	var refused *system.ModelError
	switch {
	case errors.As(err, &files):
		problem := files.Problem.Error()
		if errors.As(err, &unusable) {
			problem += "; want a directory for what does not fit in memory"
		}
		return &WorkDirError{files.Directory, problem}
	case errors.As(err, &breach):
		return &ContractError{Model: r.system.Name, Problem: breach.Problem, Trace: breach.Trace}
	case errors.As(err, &refused):
		return &ModelError{r.system.Name, refused.Problem}
	}
	return err
}
