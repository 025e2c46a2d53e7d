package command

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/command/internal/report"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/graph"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/trace"
)

var graphCommand = cli.Command{
	Name:     "graph",
	Operands: "MODEL",
	Summary:  "draw the state graph of a small space, or of a large one by a few fields",
	About: `Prints the graph of all states and steps: as SVG, to look at, as DOT, for
graphviz, or as JSON. With --view, states that agree on the fields named are one
node, and a space of many states becomes a picture of few. A field is named by its
path (Nodes[1].Phase), or by a name anywhere in it (Phase), which then means the
field of every element.

If a property is violated, or is named with --property and reached, the shortest
run there is marked: its nodes are numbered and its steps drawn thick. Initial
states have a thick border, states without successors a double one, and nodes with
a state that violates an invariant are red.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &graphAction{} },
}

// graphAction is one call of graph.
type graphAction struct {
	options.Model
	views         []string
	property      string
	withoutFaults []string
	maxStates     uint
	plain         bool
	format        string
}

var graphFormatFlag = catalog.Parameter{
	Name: "format", Type: "string", Default: "svg", OneOf: []string{"svg", "dot", "json"},
	Help: "how to print it: a picture, the language of graphviz, or data",
}

func (g *graphAction) Flags(fs *flags.Set) {
	fs.StringSliceVar(&g.views, "view", nil, "tell states apart by this `field` only (repeatable, or several with commas between)")
	fs.StringVar(&g.property, "property", "", "mark the run that violates or reaches this `property`, rather than the shortest violation")
	fs.SuggestOfModel("property", options.PropertyNames)
	options.AddFaults(fs, &g.withoutFaults)
	fs.BoolVar(&g.plain, "plain", false, "mark no run")
	fs.UintVar(&g.maxStates, "max-states", explore.GraphStatesMax, "give up after this `number` of states; a million unless set")
	fs.Choice(&g.format, graphFormatFlag)
}

func (g *graphAction) Run(c *cli.Call) (int, error) {
	m, err := g.Open()
	if err != nil {
		return exit.Misuse, err
	}
	if err := g.check(m); err != nil {
		return exit.Misuse, err
	}
	if err := c.CheckPicture(g.format); err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	o := explore.GraphOptions{View: g.views, WithoutFaults: g.withoutFaults, MaxStates: int(g.maxStates)}
	if o.Trace, err = g.marked(w, m); err != nil {
		return exit.Misuse, err
	}
	drawn, err := m.Graph(w, o)
	w.Clear()
	if w.Err() != nil {
		return exit.Incomplete, progress.Interruption(err)
	}
	if err != nil {
		return exit.Misuse, explainField(m, err)
	}
	return exit.Holds, g.print(c, drawn)
}

func (g *graphAction) check(m catalog.Model) error {
	if g.property != "" {
		if err := options.CheckProperties(m, g.property); err != nil {
			return err
		}
	}
	if g.maxStates == 0 {
		return exit.Errorf("--max-states 0: want a number above zero")
	}
	return options.CheckFaults(m, g.withoutFaults...)
}

// marked is the trace of the run to mark, or nil.
func (g *graphAction) marked(w *progress.Monitor, m catalog.Model) (*trace.Trace, error) {
	if g.plain {
		return nil, nil
	}
	check := explore.Options{WithoutFaults: g.withoutFaults, MaxStates: uint64(g.maxStates)}
	if g.property != "" {
		check.Properties = []string{g.property}
	}
	r, err := m.Check(w, w.Over(check))
	if err != nil {
		return nil, err
	}
	shown := catalog.Violations(r)
	if g.property != "" {
		shown = append(shown, r.Properties...)
	}
	if i := slices.IndexFunc(shown, report.HasTrace); i >= 0 {
		return shown[i].Trace, nil
	}
	return nil, nil
}

// explainField turns an unknown field of a view into an error that lists the known ones.
func explainField(m catalog.Model, err error) error {
	if field := new(explore.FieldError); errors.As(err, &field) {
		return catalog.Unknown("field", m.Name(), field.Field, field.Known)
	}
	return err
}

func (g *graphAction) print(c *cli.Call, drawn *explore.Graph) error {
	switch g.format {
	case "json":
		return output.JSON(c.Out, drawn)
	case "dot":
		return graph.DOT(c.Out, drawn)
	}
	if n := len(drawn.Nodes); n > graph.NodesMax {
		return exit.WithHint(
			fmt.Sprintf("a picture of %s nodes cannot be read: --view FIELD,FIELD makes fewer, --format dot writes them all", number.Commas(uint64(n))),
			"fields and how many values they have: "+fieldList(drawn.Fields),
		)
	}
	return graph.SVG(c.Out, drawn)
}

// fieldList lists the fields that vary.
func fieldList(fields []explore.GraphField) string {
	var words []string
	for _, f := range fields {
		if f.Values > 1 {
			words = append(words, fmt.Sprintf("%s %s", f.Name, number.Commas(uint64(f.Values))))
		}
	}
	return strings.Join(words, ", ")
}
