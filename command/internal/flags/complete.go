package flags

import (
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/spf13/pflag"
)

// Candidate is a word that an unfinished word may become, and its description.
type Candidate struct{ Word, Doc string }

// suggestions is the annotation with the values that a flag may have: each is a
// word, or a word, a tab and its description.
const suggestions = "suggestions"

// Suggest says which values a flag may have.
func (s *Set) Suggest(flag string, values []string) {
	if err := s.SetAnnotation(flag, suggestions, values); err != nil {
		panic(err) // a flag that was not declared
	}
}

// SuggestOfModel says which values a flag may have, where that depends on the
// model.
func (s *Set) SuggestOfModel(flag string, values func(catalog.Model) []string) {
	s.ofModel[s.Lookup(flag)] = values
}

// FlagCandidates are all flags.
func (l *Line) FlagCandidates() []Candidate {
	list := []Candidate{{"--help", "show what the command does"}}
	l.all.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		list = append(list, Candidate{"--" + f.Name, usage})
	})
	return list
}

// TakesValue reports whether a word is a flag whose value is the next word.
func (l *Line) TakesValue(word string) bool {
	f := l.lookup(word)
	return f != nil && f.NoOptDefVal == ""
}

// lookup is the flag that a word names, or nil.
func (l *Line) lookup(word string) *pflag.Flag {
	name, ok := strings.CutPrefix(word, "--")
	if !ok {
		return nil
	}
	return l.all.Lookup(name)
}

// ValueCandidates are the values of the flag that a word names, each after a
// prefix. The model is opened only if they depend on it; open may be nil.
func (l *Line) ValueCandidates(word, prefix string, open func() (catalog.Model, error)) []Candidate {
	f := l.lookup(word)
	if f == nil {
		return nil
	}
	var list []Candidate
	for _, s := range l.suggested(f, open) {
		value, doc, _ := strings.Cut(s, "\t")
		list = append(list, Candidate{prefix + value, doc})
	}
	return list
}

func (l *Line) suggested(f *pflag.Flag, open func() (catalog.Model, error)) []string {
	ofModel := l.Own.ofModel[f]
	if ofModel == nil || open == nil {
		return f.Annotations[suggestions]
	}
	m, err := open()
	if err != nil {
		return nil
	}
	return ofModel(m)
}
