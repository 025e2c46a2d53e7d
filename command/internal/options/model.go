// Package options has the flags that several commands share, and turns them into
// the settings of a model and the options of a search.
package options

import (
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/flags"
)

// Model is the model of a command, and its settings.
type Model struct {
	Entry    catalog.Entry
	Settings catalog.Settings
}

// Parameters declares the model's parameters, and the flags for its bugs and
// fixes.
func (m *Model) Parameters(e catalog.Entry, fs *flags.Set) {
	m.Entry, m.Settings.With = e, catalog.With{}
	for _, p := range e.Parameters() {
		fs.Parameter(p, func(value string) { m.Settings.With[p.Name] = value })
	}
	fs.StringVar(&m.Settings.Bug, "bug", "", "seed the `bug` of this name (show lists them)")
	fs.Suggest("bug", bugNames(e))
	fs.StringVar(&m.Settings.Fix, "fix", "", "apply the `fix` of this name (show lists them)")
	fs.Suggest("fix", fixNames(e))
}

// Open makes the model with its settings.
func (m *Model) Open() (catalog.Model, error) { return m.Entry.Open(m.Settings) }

func bugNames(e catalog.Entry) []string {
	var list []string
	for _, b := range e.Bugs() {
		list = append(list, b.Name+"\t"+b.Doc)
	}
	return list
}

func fixNames(e catalog.Entry) []string {
	var list []string
	for _, f := range e.Fixes() {
		list = append(list, f.Name+"\t"+f.Doc)
	}
	return list
}

// AddFaults declares the flag for the kinds of fault to leave out.
func AddFaults(fs *flags.Set, kinds *[]string) {
	fs.StringArrayVar(kinds, "without-fault", nil, "leave out the actions with this `kind` of fault (repeatable)")
	fs.SuggestOfModel("without-fault", faultKinds)
}

// CheckFaults checks that the model has these kinds of fault.
func CheckFaults(m catalog.Model, kinds ...string) error {
	return checkNames("fault", m, kinds, faultKinds(m))
}

// CheckProperties checks that the model has these properties.
func CheckProperties(m catalog.Model, names ...string) error {
	return checkNames("property", m, names, PropertyNames(m))
}

func checkNames(what string, m catalog.Model, names, known []string) error {
	for _, name := range names {
		if !slices.Contains(known, name) {
			return catalog.Unknown(what, m.Name(), name, known)
		}
	}
	return nil
}

// PropertyNames are the names of the model's properties.
func PropertyNames(m catalog.Model) []string {
	var names []string
	for _, p := range m.Properties() {
		names = append(names, p.Name)
	}
	return names
}

// faultKinds are the kinds of fault of the model's actions, each once.
func faultKinds(m catalog.Model) []string {
	var kinds []string
	for _, a := range m.Actions() {
		if a.Fault != "" && !slices.Contains(kinds, a.Fault) {
			kinds = append(kinds, a.Fault)
		}
	}
	return kinds
}
