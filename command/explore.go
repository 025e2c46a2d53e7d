package command

import (
	"context"
	"fmt"
	"net"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/command/internal/options"
	"github.com/muster-mc/muster/command/internal/progress"
	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/explorer/steps"
)

var exploreCommand = cli.Command{
	Name:     "explore",
	Operands: "MODEL",
	Summary:  "walk through a model in the browser",
	About: `Serves a page that walks through a model: the state and what changed, the steps
that lead on and what each would break, why the other actions do not, the truth
of each property, searches, pictures. It prints the address of the page and
opens it. An interrupt ends it.

The server listens on this machine alone, unless --listen says otherwise: then
everyone with the link can run the model, and the link is not encrypted on its
way.`,
	Candidates: (*cli.App).ModelCandidates,
	New:        func() cli.Action { return &exploreAction{} },
}

// exploreAction is one call of explore.
type exploreAction struct {
	options.Model
	desk
	steps   string
	workers uint
	beyond  bool
}

func (x *exploreAction) Flags(fs *flags.Set) {
	fs.StringVar(&x.steps, stepsFlag, "", "open the page after this `list` of steps, written as for replay")
	addBeyond(fs, &x.beyond)
	options.AddWorkers(fs, &x.workers)
	x.desk.flags(fs)
}

func (x *exploreAction) Run(c *cli.Call) (int, error) {
	m, err := x.Open()
	if err != nil {
		return exit.Misuse, err
	}
	if _, err := steps.Parse(x.steps, m.Name(), actionNames(m)); err != nil {
		return exit.Misuse, err
	}
	w := progress.NewMonitor(c.Err)
	defer w.Stop()
	o := explorer.Options{Open: explorer.Position{Steps: x.steps}, Beyond: x.beyond, Check: explore.Options{Workers: int(x.workers)}}
	if err := x.serve(w, c, m, o, nil); err != nil {
		return exit.Misuse, err
	}
	return exit.Holds, nil
}

// beyondFlag is the flag by which runs go on where a search does not.
const beyondFlag = "beyond"

func addBeyond(fs *flags.Set, beyond *bool) {
	fs.BoolVar(beyond, beyondFlag, false, "let steps lead on from states outside the model's constraint, which bounds searches; the run of a log may need it")
}

func actionNames(m catalog.Model) []string {
	var names []string
	for _, a := range m.Actions() {
		names = append(names, a.Name)
	}
	return names
}

// desk is where the page is served, by explore and by check.
type desk struct {
	listen string
	noOpen bool
}

func (d *desk) flags(fs *flags.Set) {
	fs.StringVar(&d.listen, "listen", "127.0.0.1:0", "serve the page at this `address`; port 0 is any that is free (default 127.0.0.1:0)")
	fs.BoolVar(&d.noOpen, "no-open", false, "print the address of the page, and leave the browser alone")
}

// serve serves a model's page until the context ends. The log is one that was compared with
// the model, or nil.
func (d *desk) serve(ctx context.Context, c *cli.Call, m catalog.Model, o explorer.Options, log *conform.Report) error {
	e, s := m.Entry(), m.Settings()
	o.Model, o.Name, o.Parameters = m.Checker(), m.Name(), changed(e, s)
	words := ""
	for _, w := range flags.Words(e, stripped(e, s)) {
		words += " " + w
	}
	if o.Beyond {
		o.Parameters = append(o.Parameters, explorer.Parameter{Name: beyondFlag, Value: "true"})
		words += " --" + beyondFlag
	}
	o.Replay = fmt.Sprintf("%s replay %s%s --steps", c.Program, m.Name(), words)
	o.Explore = fmt.Sprintf("%s explore %s%s", c.Program, m.Name(), words)
	code := e.Code(s)
	o.GoModel, o.GoImports = code.Expression, code.Imports
	server, err := explorer.New(o)
	if err != nil {
		return err
	}
	defer server.Close()
	if log != nil {
		if err := server.FollowLog(ctx, log); err != nil {
			return fmt.Errorf("--explore: %w", err)
		}
	}
	l, err := explorer.Listen(d.listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", d.listen, err)
	}
	d.announce(c, server.Link(l.Addr()), l.Addr())
	return server.Serve(ctx, l)
}

// announce prints the address, and opens it.
func (d *desk) announce(c *cli.Call, link string, at net.Addr) {
	if !explorer.IsLocal(at) {
		fmt.Fprintf(c.Err, "%s: warning: %s can be reached from other machines; everyone with the link can run the model\n", c.Program, at)
	}
	fmt.Fprintf(c.Out, "%s\n", link)
	fmt.Fprintf(c.Err, "%s: an interrupt (Ctrl-C) ends the explorer\n", c.Program)
	if d.noOpen {
		return
	}
	if err := explorer.OpenBrowser(link); err != nil {
		fmt.Fprintf(c.Err, "%s: no browser could be opened (%v): open the address above\n", c.Program, err)
	}
}

// changed are the settings that are not at their defaults, in the order of the parameters.
func changed(e catalog.Entry, s catalog.Settings) []explorer.Parameter {
	var list []explorer.Parameter
	for _, p := range e.Parameters() {
		if value, set := s.With[p.Name]; set && value != p.Default {
			list = append(list, explorer.Parameter{Name: p.Name, Value: value})
		}
	}
	if s.Bug != "" {
		list = append(list, explorer.Parameter{Name: "bug", Value: s.Bug})
	}
	return list
}

// stripped are the settings without those at their defaults.
func stripped(e catalog.Entry, s catalog.Settings) catalog.Settings {
	with := catalog.With{}
	for _, p := range e.Parameters() {
		if value, set := s.With[p.Name]; set && value != p.Default {
			with[p.Name] = value
		}
	}
	return catalog.Settings{With: with, Bug: s.Bug}
}
