package cli

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/flags"
)

// Command is one command of a program: its help, and how to make a call of it.
type Command struct {
	Name     string
	Operands string // in the usage
	Summary  string // one line, for the list of commands
	About    string // a paragraph or more, for its own help
	Hidden   bool   // from help and completion

	// ModelFlag is for a command whose operand is a model or something else. The
	// flag, or the name of a model, says that it is a model.
	ModelFlag string

	// Files says that names of files come after the model.
	Files bool

	// Candidates are the candidates for the operand. A nil function leaves the
	// operand to the shell.
	Candidates func(*App) []flags.Candidate

	// New makes an action for one call.
	New func() Action
}

// Action is one call of a command: the values of its flags, and the code that
// runs.
type Action interface {
	// Flags declares the command's flags.
	Flags(*flags.Set)

	// Run returns the exit status. With an error, the status is at least 2
	// unless it is 1.
	Run(*Call) (int, error)
}

// ModelAction is an action on one model. The model's parameters are flags too.
type ModelAction interface {
	Action

	// Parameters declares the parameters of the model.
	Parameters(catalog.Entry, *flags.Set)
}

// find finds a command by name.
func (a *App) find(name string) (Command, error) {
	var known []string
	for _, c := range a.Commands {
		if c.Name == name {
			return c, nil
		}
		if !c.Hidden {
			known = append(known, c.Name)
		}
	}
	return Command{}, catalog.Unknown("command", "", name, known)
}
