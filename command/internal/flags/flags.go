// Package flags declares and reads the flags of a command line. A line has two
// sets of flags: those of the command, and those of the model that it names.
// The package also words the errors of flags, lists flags for help, completes
// them, and writes a line so that it can be repeated. It alone knows the library
// that reads flags.
package flags

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/spf13/pflag"
)

// ErrHelp is the error of a line that asks for help.
var ErrHelp = pflag.ErrHelp

// Set is a set of flags, in the order in which they are declared.
type Set struct {
	*pflag.FlagSet
	ofModel map[*pflag.Flag]func(catalog.Model) []string
}

func newSet(command string) *Set {
	fs := pflag.NewFlagSet(command, pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.SortFlags = false
	return &Set{FlagSet: fs, ofModel: map[*pflag.Flag]func(catalog.Model) []string{}}
}

// parameter is the value of a flag that a [catalog.Parameter] describes. Set
// checks it.
type parameter struct {
	catalog.Parameter
	put   func(string)
	value string
}

func (p *parameter) Set(value string) error {
	if err := p.Check(value); err != nil {
		return err
	}
	p.value = value
	p.put(value)
	return nil
}

func (p *parameter) String() string { return p.value }

func (p *parameter) Type() string { return p.Parameter.Type }

// Parameter declares a parameter as a flag. The value goes to put when the flag
// is set.
func (s *Set) Parameter(p catalog.Parameter, put func(string)) {
	f := s.VarPF(&parameter{p, put, p.Default}, p.Name, "", p.Help)
	if p.Type == "bool" {
		f.NoOptDefVal = "true"
	}
	s.Suggest(p.Name, choices(p))
}

// Choice declares a flag that is one of several words.
func (s *Set) Choice(word *string, p catalog.Parameter) {
	*word = p.Default
	s.Parameter(p, func(value string) { *word = value })
}

// choices are a parameter's values, if they are few.
func choices(p catalog.Parameter) []string {
	if p.Type != "int" || p.Max-p.Min > 20 {
		return p.OneOf
	}
	var all []string
	for n := p.Min; n <= p.Max; n++ {
		all = append(all, fmt.Sprint(n))
	}
	return all
}

// Words are a model's settings as flags, in the order of the entry's parameters.
func Words(e catalog.Entry, s catalog.Settings) []string {
	var words []string
	for _, p := range e.Parameters() {
		value, set := s.With[p.Name]
		switch {
		case !set || p.Type == "bool" && value == "false" && p.Default == "false":
		case p.Type == "bool" && value == "true":
			words = append(words, "--"+p.Name)
		case p.Type == "bool":
			words = append(words, "--"+p.Name+"="+value)
		default:
			words = append(words, "--"+p.Name+" "+value)
		}
	}
	if s.Bug != "" {
		words = append(words, "--bug "+s.Bug)
	}
	return words
}

// Help lists the flags in rows of two cells: the flag with its value, and its
// help.
func (s *Set) Help() [][]string {
	var rows [][]string
	s.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		rows = append(rows, []string{strings.TrimSpace("--" + f.Name + " " + placeholder(f)), usage + byDefault(f)})
	})
	return rows
}

// placeholder stands for a flag's value in help: NUMBER, 1..4, any|first.
func placeholder(f *pflag.Flag) string {
	if p, ok := f.Value.(*parameter); ok {
		return p.placeholder()
	}
	if f.Value.Type() == "bool" {
		return ""
	}
	name, _ := pflag.UnquoteUsage(f)
	return strings.ToUpper(name)
}

func (p *parameter) placeholder() string {
	switch p.Parameter.Type {
	case "int":
		return fmt.Sprintf("%d..%d", p.Min, p.Max)
	case "bool":
		return ""
	}
	return strings.Join(p.OneOf, "|")
}

// byDefault is the default of a parameter or a choice. The help of other flags
// says it in their own words.
func byDefault(f *pflag.Flag) string {
	if p, ok := f.Value.(*parameter); ok && (p.Parameter.Type != "bool" || p.Default == "true") {
		return fmt.Sprintf(" (default %s)", f.DefValue)
	}
	return ""
}
