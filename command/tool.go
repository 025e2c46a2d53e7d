package command

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
	"github.com/muster-mc/muster/command/internal/output"
)

// tool is one run of the program.
type tool struct {
	name    string // what the program is called in messages
	out     *output.Terminal
	err     *output.Terminal
	entries []catalog.Entry // by name
}

func newTool(stdout, stderr io.Writer, entries []catalog.Entry) *tool {
	byName := func(a, b catalog.Entry) int { return cmp.Compare(a.Name, b.Name) }
	return &tool{
		name:    programName(),
		out:     output.NewTerminal(stdout),
		err:     output.NewTerminal(stderr),
		entries: slices.SortedFunc(slices.Values(entries), byName),
	}
}

func programName() string {
	if len(os.Args) == 0 {
		return "mc"
	}
	return strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
}

// run finds the command and runs it.
func (t *tool) run(args []string) (int, error) {
	if name := t.ambiguous(); name != "" {
		return exit.Misuse, exit.Errorf("this program has two models %q", name)
	}
	if len(args) == 0 {
		t.overview(t.err)
		return exit.Misuse, nil
	}
	switch args[0] {
	case "--help", "-h":
		t.overview(t.out)
		return exit.Holds, nil
	case "--version":
		t.version()
		return exit.Holds, nil
	}
	if strings.HasPrefix(args[0], "-") {
		return exit.Misuse, exit.WithHint("want a command before "+args[0], t.name+" help lists them")
	}
	v, err := findVerb(args[0])
	if err != nil {
		return exit.Misuse, err
	}
	return t.runVerb(v, args[1:])
}

func (t *tool) runVerb(v verb, args []string) (int, error) {
	c, err := t.parse(v, args)
	if errors.Is(err, errHelp) {
		t.helpFor(c)
		return exit.Holds, nil
	}
	if err != nil {
		return exit.Misuse, err
	}
	return c.action.run(t, c)
}

// finish prints an error and decides the exit status. An answer that could not
// be written is no answer.
func (t *tool) finish(status int, err error) int {
	if err == nil {
		err = t.out.Err()
	}
	if err == nil {
		return status
	}
	fmt.Fprintf(t.err, "%s: %s\n", t.name, exit.Message(err))
	if hint := exit.Hint(err); hint != "" {
		fmt.Fprintf(t.err, "%s  %s\n", strings.Repeat(" ", len(t.name)), hint)
	}
	if status == exit.Holds {
		return exit.Misuse
	}
	return status
}

// ambiguous is a name that two models have, or nothing.
func (t *tool) ambiguous() string {
	for i := range len(t.entries) - 1 {
		if name := t.entries[i].Name; name == t.entries[i+1].Name {
			return name
		}
	}
	return ""
}

// entry finds a model by name.
func (t *tool) entry(name string) (catalog.Entry, error) {
	if i := t.index(name); i >= 0 {
		return t.entries[i], nil
	}
	var known []string
	for _, e := range t.entries {
		known = append(known, e.Name)
	}
	return catalog.Entry{}, catalog.Unknown("model", "", name, known)
}

// index is where among the models one is, or -1 if there is none of that name.
func (t *tool) index(name string) int {
	return slices.IndexFunc(t.entries, func(e catalog.Entry) bool { return e.Name == name })
}
