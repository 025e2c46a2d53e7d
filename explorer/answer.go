package explorer

import (
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// The answers of the API, which API.md describes. Lists are never null, but for those that
// may be left out.

// modelAnswer is what the page says of the model.
type modelAnswer struct {
	Name       string         `json:"name"`
	Model      string         `json:"model"` // the model's own name
	Parameters []Parameter    `json:"parameters"`
	Actions    []actionAnswer `json:"actions"`
	Properties []claimAnswer  `json:"properties"`
	Picture    bool           `json:"picture"`
	Log        bool           `json:"log,omitempty"`
	Beyond     bool           `json:"beyond,omitempty"`
	Replay     string         `json:"replay,omitempty"`
	Explore    string         `json:"explore,omitempty"`
	GoModel    string         `json:"goModel,omitempty"`
	GoImports  []string       `json:"goImports,omitempty"`
	StepsMax   int            `json:"stepsMax"`
	AroundMax  int            `json:"aroundMax"`
	FindMax    int            `json:"findMax"`
}

type actionAnswer struct {
	Name  string `json:"name"`
	Fault string `json:"fault,omitempty"`
	Fair  string `json:"fair,omitempty"`
}

type claimAnswer struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// stepAnswer is a step of a run.
type stepAnswer struct {
	Number  int            `json:"number"`
	Label   string         `json:"label"`
	Step    string         `json:"step"` // as it is written in steps
	Action  string         `json:"action"`
	Fault   string         `json:"fault,omitempty"`
	Changes []trace.Change `json:"changes"`
}

func stepOf(number int, s trace.Step) stepAnswer {
	changes := s.Changes
	if changes == nil {
		changes = []trace.Change{}
	}
	return stepAnswer{number, s.Label(), steps.Write(s), s.Action, s.Fault, changes}
}

// moveAnswer is a step that leads on.
type moveAnswer struct {
	stepAnswer
	Violates []string `json:"violates"`
	Reaches  []string `json:"reaches"`
	Stays    bool     `json:"stays,omitempty"`
	Outside  bool     `json:"outside,omitempty"`
}

// triedAnswer says how an action was tried.
type triedAnswer struct {
	Name    string          `json:"name"`
	Fault   string          `json:"fault,omitempty"`
	Tried   int             `json:"tried"`
	Enabled int             `json:"enabled"`
	Guards  []refusalAnswer `json:"guards"`
	Nothing []refusalAnswer `json:"nothing"`
	Unnamed int             `json:"unnamed,omitempty"`
	Panics  int             `json:"panics,omitempty"`
	Panic   string          `json:"panic,omitempty"`
}

type refusalAnswer struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// truthAnswer is what a property says of a place.
type truthAnswer struct {
	Name   string       `json:"name"`
	Kind   string       `json:"kind"`
	Value  string       `json:"value"`
	Detail string       `json:"detail,omitempty"`
	Parts  []partAnswer `json:"parts,omitempty"`
}

type partAnswer struct {
	Label string `json:"label,omitempty"`
	Role  string `json:"role"`
	True  bool   `json:"true"`
}

// viewAnswer is what there is to see at a place.
type viewAnswer struct {
	State         trace.Value   `json:"state"`
	Tree          node          `json:"tree"`
	Moves         []moveAnswer  `json:"moves"`
	More          int           `json:"more,omitempty"`
	Actions       []triedAnswer `json:"actions"`
	Properties    []truthAnswer `json:"properties"`
	Outside       bool          `json:"outside,omitempty"`
	Bound         bool          `json:"bound,omitempty"`
	Deadlock      bool          `json:"deadlock,omitempty"`
	Waits         []model.Wait  `json:"waits,omitempty"`
	Panic         string        `json:"panic,omitempty"`
	Picture       string        `json:"picture,omitempty"`
	PictureFailed string        `json:"pictureFailed,omitempty"`
}

func viewOf(p *explore.Place, v *explore.View) viewAnswer {
	a := viewAnswer{
		State: p.State(), Moves: []moveAnswer{}, More: v.More, Actions: []triedAnswer{}, Properties: []truthAnswer{},
		Outside: v.Outside, Bound: v.Bound, Deadlock: v.Deadlock, Waits: v.Waits, Panic: v.Panic, Picture: v.Picture, PictureFailed: v.PictureFailed,
	}
	a.Tree = nodeOf(trace.Part{Value: a.State})
	for _, m := range v.Moves {
		a.Moves = append(a.Moves, moveAnswer{
			stepOf(p.Number()+1, m.Step), list(m.Violates), list(m.Reaches), m.Stays, m.Outside,
		})
	}
	for _, t := range v.Actions {
		a.Actions = append(a.Actions, triedAnswer{
			t.Name, t.Fault, t.Tried, t.Enabled, refusals(t.Guards), refusals(t.Nothing), t.Unnamed, t.Panics, t.Panic,
		})
	}
	for _, t := range v.Properties {
		truth := truthAnswer{Name: t.Name, Kind: string(t.Kind), Value: string(t.Value), Detail: t.Detail}
		for _, part := range t.Parts {
			truth.Parts = append(truth.Parts, partAnswer(part))
		}
		a.Properties = append(a.Properties, truth)
	}
	return a
}

func refusals(from []explore.Refusal) []refusalAnswer {
	to := []refusalAnswer{}
	for _, r := range from {
		to = append(to, refusalAnswer(r))
	}
	return to
}

// list is a list that is not null.
func list[E any](l []E) []E {
	if l == nil {
		return []E{}
	}
	return l
}

// node is a part of a state as the page shows it, with its step in a path. Unlike the
// state in JSON it tells a map from a struct and a set from a list.
type node struct {
	Step  string `json:"step,omitempty"`
	Name  string `json:"name,omitempty"`
	Kind  string `json:"kind"`
	Text  string `json:"text,omitempty"`  // of a leaf, as a trace shows it
	Dull  bool   `json:"dull,omitempty"`  // it is zero, and no text says more
	Parts []node `json:"parts,omitempty"` // of another value
}

func nodeOf(p trace.Part) node {
	n := node{Step: p.Step, Name: p.Name, Kind: p.Value.Kind(), Dull: p.Value.IsMute()}
	parts := p.Value.Parts()
	if len(parts) == 0 {
		n.Text = p.Value.String()
		return n
	}
	n.Parts = make([]node, len(parts))
	for i, q := range parts {
		n.Parts[i] = nodeOf(q)
	}
	return n
}

// describe is the answer about the model.
func (s *Server) describe() modelAnswer {
	o, m := s.options, s.options.Model.System
	a := modelAnswer{
		Name: o.Name, Model: m.Name, Parameters: list(o.Parameters), Actions: []actionAnswer{}, Properties: []claimAnswer{},
		Picture: m.Picture != nil, Beyond: o.Beyond, Replay: o.Replay, Explore: o.Explore, GoModel: o.GoModel, GoImports: o.GoImports,
		StepsMax: stepsMax, AroundMax: aroundMax, FindMax: findMax,
	}
	for _, x := range m.Actions {
		a.Actions = append(a.Actions, actionAnswer{x.Name, x.Fault, string(x.Fair)})
	}
	for _, p := range m.Properties {
		a.Properties = append(a.Properties, claimAnswer{p.Name, string(p.Kind)})
	}
	return a
}
