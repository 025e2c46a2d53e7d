// Package cli is a program with commands and models: it finds the command and
// the model that a line names, reads the flags of both, runs the command, prints
// help and errors, and completes unfinished lines.
package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
)

// App is a program during one run.
type App struct {
	Program  string // its name in messages
	Out, Err *output.Terminal
	Models   []catalog.Entry // by name
	Commands []Command       // in the order of the help
}

// New makes a program with these models and commands.
func New(stdout, stderr io.Writer, models []catalog.Entry, commands []Command) *App {
	byName := func(a, b catalog.Entry) int { return cmp.Compare(a.Name, b.Name) }
	return &App{
		Program:  programName(),
		Out:      output.NewTerminal(stdout),
		Err:      output.NewTerminal(stderr),
		Models:   slices.SortedFunc(slices.Values(models), byName),
		Commands: commands,
	}
}

func programName() string {
	if len(os.Args) == 0 {
		return "mc"
	}
	return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
}

// Main runs a command line and returns its exit status. It prints the error, if
// there is one. An answer that could not be written is an error too.
func (a *App) Main(args []string) int {
	status, err := a.runDefined(args)
	if err == nil {
		err = a.Out.Err()
	}
	if err == nil {
		return status
	}
	a.printError(err)
	if status == exit.Holds {
		return exit.Misuse
	}
	return status
}

// runDefined is run, with an error for an entry that is defined wrongly: that is a mistake
// of the model's author, and no failure of the program.
func (a *App) runDefined(args []string) (status int, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case *catalog.DefinitionError:
			status, err = exit.Misuse, p
		default:
			panic(p)
		}
	}()
	return a.run(args)
}

func (a *App) printError(err error) {
	fmt.Fprintf(a.Err, "%s: %s\n", a.Program, exit.Message(err))
	if hint := exit.Hint(err); hint != "" {
		fmt.Fprintf(a.Err, "%s  %s\n", strings.Repeat(" ", len(a.Program)), hint)
	}
}

// run finds the command and runs it.
func (a *App) run(args []string) (int, error) {
	if name := a.ambiguous(); name != "" {
		return exit.Misuse, exit.Errorf("this program has two models %q", name)
	}
	if len(args) == 0 {
		a.Overview(a.Err)
		return exit.Misuse, nil
	}
	switch args[0] {
	case "--help", "-h":
		a.Overview(a.Out)
		return exit.Holds, nil
	case "--version":
		a.version()
		return exit.Holds, nil
	}
	if strings.HasPrefix(args[0], "-") {
		return exit.Misuse, exit.WithHint("want a command before "+args[0], a.Program+" help lists them")
	}
	c, err := a.find(args[0])
	if err != nil {
		return exit.Misuse, err
	}
	return a.runCommand(c, args[1:])
}

func (a *App) runCommand(command Command, args []string) (int, error) {
	c, err := a.parse(command, args)
	if errors.Is(err, flags.ErrHelp) {
		c.Help()
		return exit.Holds, nil
	}
	if err != nil {
		return exit.Misuse, err
	}
	return c.Action.Run(c)
}

// ambiguous is a name that two models have, or "".
func (a *App) ambiguous() string {
	for i := range len(a.Models) - 1 {
		if name := a.Models[i].Name; name == a.Models[i+1].Name {
			return name
		}
	}
	return ""
}

// Find finds a model by name.
func (a *App) Find(name string) (catalog.Entry, error) {
	if i := a.index(name); i >= 0 {
		return a.Models[i], nil
	}
	return catalog.Entry{}, catalog.Unknown("model", "", name, a.modelNames())
}

// index is the index of a model, or -1 if there is none of that name.
func (a *App) index(name string) int {
	return slices.IndexFunc(a.Models, func(e catalog.Entry) bool { return e.Name == name })
}

func (a *App) modelNames() []string {
	var names []string
	for _, e := range a.Models {
		names = append(names, e.Name)
	}
	return names
}
