package command

import (
	"fmt"
	"path"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

var listVerb = verb{
	name:    "list",
	summary: "the models there are",
	about:   "Prints the name of each model, what it models, and its default parameters.",
	action:  func() action { return list{} },
}

type list struct{}

func (list) flags(*pflag.FlagSet) {}

func (list) run(t *tool, c *call) (int, error) {
	if err := c.noOperands(); err != nil {
		return exit.Misuse, err
	}
	s, width, group := t.out.Style(c.color), widest(t.entries), ""
	for _, e := range t.entries {
		if g := path.Dir(e.Name); g != group && g != "." {
			fmt.Fprintln(t.out, g+"/")
			group = g
		}
		name := fmt.Sprintf("%-*s", width, shortName(e))
		fmt.Fprintf(t.out, "%s   %s\n", s.Bold(name), e.Summary)
		if len(e.Parameters()) > 0 {
			fmt.Fprintf(t.out, "%*s   %s\n", width, "", s.Dim(defaults(e)))
		}
	}
	return exit.Holds, nil
}

// shortName is the name under its group's heading.
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

// defaults is the default configuration as flags.
func defaults(e catalog.Entry) string {
	with := catalog.With{}
	for _, p := range e.Parameters() {
		with[p.Name] = p.Default
	}
	return strings.Join(flagWords(e, catalog.Settings{With: with}), " ")
}

// flagWords are settings as flags, in the order of the entry's parameters.
func flagWords(e catalog.Entry, s catalog.Settings) []string {
	var words []string
	for _, p := range e.Parameters() {
		value, set := s.With[p.Name]
		switch {
		case !set || p.Type == "bool" && value == "false":
		case p.Type == "bool":
			words = append(words, "--"+p.Name)
		default:
			words = append(words, "--"+p.Name+" "+value)
		}
	}
	if s.Bug != "" {
		words = append(words, "--bug "+s.Bug)
	}
	return words
}
