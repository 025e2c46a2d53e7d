package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
)

// Overview prints the help of the program.
func (a *App) Overview(w io.Writer) {
	fmt.Fprintf(w, "%s explores every reachable state of a model and checks its properties.\n\n", a.Program)
	tab := &output.Table{Heading: []string{"command", ""}}
	for _, c := range a.Commands {
		if !c.Hidden {
			tab.Add(strings.TrimSpace(c.Name+" "+c.Operands), c.Summary)
		}
	}
	tab.Print(w)
	fmt.Fprintf(w, "\n%s COMMAND --help says more; start with: %s list\n", a.Program, a.Program)
}

// HelpFor prints the help of the command of this name.
func (a *App) HelpFor(name string) error {
	command, err := a.find(name)
	if err != nil {
		return err
	}
	a.NewCall(command, nil).Help()
	return nil
}

// Help prints the help of the call's command, with the flags of the model that
// the call names.
func (c *Call) Help() {
	s := c.Out.Style(c.Color)
	about := strings.ReplaceAll(c.Command.About, "PROGRAM", c.Program)
	fmt.Fprintf(c.Out, "%s\n\n%s\n", s.Bold(c.usage()), about)
	if c.Entry != nil {
		c.printFlags("parameters of "+c.Entry.Name, c.Parameters, s)
	}
	c.printFlags("flags", c.Own, s)
}

func (c *Call) usage() string {
	words := []string{c.Program, c.Command.Name}
	_, hasParameters := c.Action.(ModelAction)
	switch {
	case c.Entry != nil:
		words = append(words, c.Entry.Name, "[parameters]")
	case hasParameters:
		words = append(words, c.Command.Operands, "[parameters of the model]")
	case c.Command.Operands != "":
		words = append(words, c.Command.Operands)
	}
	return strings.Join(append(words, "[flags]"), " ")
}

func (a *App) printFlags(title string, set *flags.Set, s output.Style) {
	tab := &output.Table{Style: s, Heading: []string{title, ""}, Rows: set.Help()}
	if len(tab.Rows) > 0 {
		fmt.Fprintln(a.Out)
		tab.Print(a.Out)
	}
}
