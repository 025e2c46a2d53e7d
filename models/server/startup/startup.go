// Package startup models how a server comes to its configuration. It may keep
// its data in memory or in FoundationDB, and the latter needs a cluster file. That
// can be checked when it starts, or be made impossible to get wrong.
package startup

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config says how the server guards its configuration, and seeds bugs into it.
type Config struct {
	Guard string `flag:"guard" default:"proof" oneof:"proof variant" help:"proof: start only what was validated; variant: the choice of FoundationDB carries its file"`
	Bug   string // "" or the name of a seeded bug
}

// Backend is where the server keeps its data.
type Backend uint8

const (
	Unset Backend = iota
	Memory
	FoundationDB
)

func (b Backend) String() string { return [...]string{"Unset", "Memory", "FoundationDB"}[b] }

var backends = []Backend{Memory, FoundationDB}

// Storage is a configuration.
type Storage struct {
	Backend     Backend
	ClusterFile bool // there is one
}

func (st Storage) valid() bool {
	return st.Backend == Memory || st.Backend == FoundationDB && st.ClusterFile
}

// State is a global state: the configuration as it is, as it was when it was
// validated, and as the server runs with it.
type State struct{ Configured, Validated, Running Storage }

type protocol struct{ Config }

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{catalog.Settle(c)}
	m := &model.Model[State]{
		Name: "server/startup",
		Actions: []model.Action[State]{
			{Name: "Configure", Do: p.configure},
			{Name: "Start", Do: p.start},
		},
		Properties: []model.Property[State]{
			model.Always("FdbNeedsClusterFile", p.fdbNeedsClusterFile),
			model.Reachable("StartsWithFdb", p.startsWithFdb),
		},
		Terminal: p.started,
	}
	if p.Guard == "proof" {
		m.Actions = append(m.Actions, model.Action[State]{Name: "Validate", Do: p.validate})
	}
	return m
}

// configure: flags, files and the environment each may change it.
func (p *protocol) configure(s *State, c *model.Choice) bool {
	to := Storage{model.Pick(c, "backend", backends), c.Bool("clusterFile")}
	if p.started(s) || p.Guard == "variant" && !to.valid() {
		return false // what is not valid has no way to be written down
	}
	s.Configured = to
	return true
}

func (p *protocol) validate(s *State, _ *model.Choice) bool {
	if p.started(s) || !s.Configured.valid() {
		return false
	}
	s.Validated = s.Configured
	return true
}

func (p *protocol) start(s *State, _ *model.Choice) bool {
	with := p.startWith(s)
	if p.started(s) || with.Backend == Unset {
		return false
	}
	s.Running = with
	return true
}

// startWith: with a proof, what was validated, and not what it is now.
func (p *protocol) startWith(s *State) Storage {
	validated := s.Validated.Backend != Unset
	switch {
	case p.Guard == "variant", p.Bug == "skip-validate", p.Bug == "validated-once" && validated:
		return s.Configured
	}
	return s.Validated
}

func (p *protocol) started(s *State) bool { return s.Running.Backend != Unset }

func (p *protocol) fdbNeedsClusterFile(s *State) bool {
	return s.Running.Backend != FoundationDB || s.Running.ClusterFile
}

func (p *protocol) startsWithFdb(s *State) bool { return s.Running.Backend == FoundationDB }
