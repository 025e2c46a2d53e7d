package command

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// The types below are the JSON of list and show. No list is nil.

// summary is a model in the list.
type summary struct {
	Name       string      `json:"name"`
	Summary    string      `json:"summary"`
	Parameters []parameter `json:"parameters"`
}

// parameter is one setting. Least and Most are those of an int, Words of a string.
type parameter struct {
	Name    string   `json:"name"`
	Help    string   `json:"help"`
	Type    string   `json:"type"`
	Default any      `json:"default"`
	Least   *int     `json:"least,omitempty"`
	Most    *int     `json:"most,omitempty"`
	Words   []string `json:"words,omitempty"`
}

// description is all of a model that show prints.
type description struct {
	summary
	Actions    []action   `json:"actions"`
	Properties []property `json:"properties"`
	Bugs       []bug      `json:"bugs"`
	Fixes      []fix      `json:"fixes"`

	Symmetry explore.Interchangeable `json:"symmetry"`
}

type action struct {
	Name  string `json:"name"`
	Fault string `json:"fault,omitempty"`
	Fair  string `json:"fair,omitempty"`
}

type property struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

// bug is a seeded defect. Length is left out if any length is right.
type bug struct {
	Name   string       `json:"name"`
	Doc    string       `json:"doc"`
	Breaks string       `json:"breaks"`
	Length int          `json:"length,omitempty"`
	With   catalog.With `json:"with,omitempty"`
}

type fix struct {
	Name string       `json:"name"`
	Doc  string       `json:"doc"`
	With catalog.With `json:"with,omitempty"`
}

func summaryOf(e catalog.Entry) summary {
	s := summary{Name: e.Name, Summary: e.Summary, Parameters: []parameter{}}
	for _, p := range e.Parameters() {
		s.Parameters = append(s.Parameters, parameterOf(p))
	}
	return s
}

func parameterOf(p catalog.Parameter) parameter {
	q := parameter{Name: p.Name, Help: p.Help, Type: p.Type, Words: p.OneOf}
	q.Default, _ = p.Parse(p.Default) // the entry has checked it
	if p.Type == "int" {
		q.Least, q.Most = &p.Min, &p.Max
	}
	return q
}

func descriptionOf(e catalog.Entry, m catalog.Model) description {
	d := description{
		summary: summaryOf(e), Symmetry: m.Interchangeable(), Actions: []action{}, Properties: []property{}, Bugs: []bug{}, Fixes: []fix{},
	}
	for _, a := range m.Actions() {
		d.Actions = append(d.Actions, action{a.Name, a.Fault, string(a.Fair)})
	}
	for _, p := range m.Properties() {
		d.Properties = append(d.Properties, property{p.Name, string(p.Kind)})
	}
	for _, b := range e.Bugs() {
		d.Bugs = append(d.Bugs, bug{b.Name, b.Doc, b.Breaks, b.Length, b.With})
	}
	for _, f := range e.Fixes() {
		d.Fixes = append(d.Fixes, fix{f.Name, f.Doc, f.With})
	}
	return d
}
