package command

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/spf13/pflag"
)

// subject is the model that a command is about, and its settings.
type subject struct {
	entry    catalog.Entry
	settings catalog.Settings
}

// about declares the model's parameters, and its bugs and fixes.
func (s *subject) about(e catalog.Entry, fs *pflag.FlagSet) {
	s.entry, s.settings.With = e, catalog.With{}
	for _, p := range e.Parameters() {
		addSetting(fs, p, func(value string) { s.settings.With[p.Name] = value })
	}
	fs.StringVar(&s.settings.Bug, "bug", "", "seed the `bug` of this name (show lists them)")
	suggest(fs, "bug", bugNames(e))
	fs.StringVar(&s.settings.Fix, "fix", "", "apply the `fix` of this name (show lists them)")
	suggest(fs, "fix", fixNames(e))
}

func (s *subject) open() (catalog.Model, error) { return s.entry.Open(s.settings) }

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
