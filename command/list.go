package command

import (
	"fmt"
	"path"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
)

var listCommand = cli.Command{
	Name:    "list",
	Summary: "the models there are",
	About:   "Prints the name of each model, what it models, and its default parameters.",
	New:     func() cli.Action { return &list{} },
}

type list struct{ json bool }

func (l *list) Flags(fs *flags.Set) {
	fs.BoolVar(&l.json, "json", false, "print the list as JSON")
}

func (l *list) Run(c *cli.Call) (int, error) {
	if err := c.NoOperand(); err != nil {
		return exit.Misuse, err
	}
	if l.json {
		all := []summary{}
		for _, e := range c.Models {
			all = append(all, summaryOf(e))
		}
		return exit.Holds, output.JSON(c.Out, all)
	}
	s, width, group := c.Out.Style(c.Color), widest(c.Models), ""
	for _, e := range c.Models {
		if g := path.Dir(e.Name); g != group && g != "." {
			fmt.Fprintln(c.Out, g+"/")
			group = g
		}
		name := fmt.Sprintf("%-*s", width, shortName(e))
		fmt.Fprintf(c.Out, "%s   %s\n", s.Bold(name), e.Summary)
		if len(e.Parameters()) > 0 {
			fmt.Fprintf(c.Out, "%*s   %s\n", width, "", s.Dim(defaults(e)))
		}
	}
	return exit.Holds, nil
}

// shortName is the name of a model under the heading of its group.
func shortName(e catalog.Entry) string {
	if path.Dir(e.Name) == "." {
		return e.Name
	}
	return "  " + path.Base(e.Name)
}

func widest(entries []catalog.Entry) int {
	n := 0
	for _, e := range entries {
		n = max(n, len(shortName(e)))
	}
	return n
}

// defaults are a model's default settings as flags.
func defaults(e catalog.Entry) string {
	with := catalog.With{}
	for _, p := range e.Parameters() {
		with[p.Name] = p.Default
	}
	return strings.Join(flags.Words(e, catalog.Settings{With: with}), " ")
}
