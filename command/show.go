package command

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

var showCommand = cli.Command{
	Name:       "show",
	Operands:   "MODEL",
	Summary:    "what one model consists of",
	About:      "Prints a model's parameters, actions, properties, seeded bugs and fixes.",
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &show{} },
}

type show struct{ json bool }

func (a *show) Flags(fs *flags.Set) {
	fs.BoolVar(&a.json, "json", false, "print all of it as JSON")
}

func (a *show) Run(c *cli.Call) (int, error) {
	e, err := c.OneModel()
	if err != nil {
		return exit.Misuse, err
	}
	m, err := e.Open(catalog.Settings{})
	if err != nil {
		return exit.Misuse, err
	}
	if a.json {
		return exit.Holds, output.JSON(c.Out, descriptionOf(e, m))
	}
	s := c.Out.Style(c.Color)
	fmt.Fprintf(c.Out, "%s: %s\n", s.Bold(e.Name), e.Summary)
	for _, section := range []*output.Table{
		parameterTable(e), actionTable(m), propertyTable(m), bugTable(e), fixTable(e),
	} {
		if len(section.Rows) > 0 {
			fmt.Fprintln(c.Out)
			section.Style = s
			section.Print(c.Out)
		}
	}
	a.interchangeable(c, m.Interchangeable())
	return exit.Holds, nil
}

// interchangeable prints which values the model declares to be interchangeable, and which
// others look so.
func (a *show) interchangeable(c *cli.Call, x explore.Interchangeable) {
	several := slices.DeleteFunc(x.Groups, func(g explore.SymmetryGroup) bool { return g.Size < 2 })
	if len(several) > 0 {
		fmt.Fprintf(c.Out, "\ninterchangeable: %s\n", words(several))
	}
	if len(x.Candidates) > 0 {
		fmt.Fprintf(c.Out, "\nnot declared to be interchangeable, though it looks so: %s; check --explain says what it would gain\n", words(x.Candidates))
	}
}

// words are things by their words, with commas between them.
func words[T fmt.Stringer](list []T) string {
	var all []string
	for _, x := range list {
		all = append(all, x.String())
	}
	return strings.Join(all, ", ")
}

func parameterTable(e catalog.Entry) *output.Table {
	tab := &output.Table{Heading: []string{"parameter", "values", ">default", "what it is"}}
	for _, p := range e.Parameters() {
		tab.Add("--"+p.Name, values(p), p.Default, p.Help)
	}
	return tab
}

// values are a parameter's values, in fewer words than its Range.
func values(p catalog.Parameter) string {
	switch p.Type {
	case "int":
		return fmt.Sprintf("%d to %d", p.Min, p.Max)
	case "bool":
		return "true, false"
	}
	return strings.Join(p.OneOf, ", ")
}

func actionTable(m catalog.Model) *output.Table {
	tab := &output.Table{Heading: []string{"action", "fault", "fairness"}}
	for _, a := range m.Actions() {
		tab.Add(a.Name, a.Fault, string(a.Fair))
	}
	return tab
}

func propertyTable(m catalog.Model) *output.Table {
	tab := &output.Table{Heading: []string{"property", "kind"}}
	for _, p := range m.Properties() {
		tab.Add(p.Name, string(p.Kind))
	}
	return tab
}

func bugTable(e catalog.Entry) *output.Table {
	tab := &output.Table{Heading: []string{"bug", "breaks", ">length", "what goes wrong"}}
	for _, b := range e.Bugs() {
		tab.Add(b.Name, b.Breaks, states(b), withSettings(e, b.Doc, b.With))
	}
	return tab
}

// states is the length of the counterexample to a bug. A bug that makes a state
// unreachable has none.
func states(b catalog.Bug) string {
	if b.Length == 0 {
		return ""
	}
	return strconv.Itoa(b.Length)
}

func fixTable(e catalog.Entry) *output.Table {
	tab := &output.Table{Heading: []string{"fix", "sets", "what it does"}}
	for _, f := range e.Fixes() {
		tab.Add(f.Name, strings.Join(flags.Words(e, catalog.Settings{With: f.With}), " "), f.Doc)
	}
	return tab
}

// withSettings adds the parameters that a bug needs to its description.
func withSettings(e catalog.Entry, doc string, with catalog.With) string {
	if len(with) == 0 {
		return doc
	}
	return doc + " (with " + strings.Join(flags.Words(e, catalog.Settings{With: with}), " ") + ")"
}
