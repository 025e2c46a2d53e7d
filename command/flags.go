package command

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

// errHelp: the command line asks for help.
var errHelp = pflag.ErrHelp

// colorFlag is on every command.
var colorFlag = catalog.Parameter{
	Name: "color", Type: "string", Default: "auto", OneOf: []string{"auto", "always", "never"},
	Help: "whether to colour the answer",
}

func newFlagSet(name string) *pflag.FlagSet {
	fs := pflag.NewFlagSet(name, pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	fs.SortFlags = false // they are shown as they are declared
	return fs
}

// setting is the flag of a parameter: its value is checked when it is read.
type setting struct {
	parameter catalog.Parameter
	put       func(string)
	value     string
}

func (s *setting) Set(value string) error {
	if err := s.parameter.Check(value); err != nil {
		return err
	}
	s.value = value
	s.put(value)
	return nil
}

func (s *setting) String() string { return s.value }

func (s *setting) Type() string { return s.parameter.Type }

// addSetting declares a parameter as a flag.
func addSetting(fs *pflag.FlagSet, p catalog.Parameter, put func(string)) {
	f := fs.VarPF(&setting{p, put, p.Default}, p.Name, "", p.Help)
	if p.Type == "bool" {
		f.NoOptDefVal = "true"
	}
	suggest(fs, p.Name, choices(p))
}

// addChoice declares a flag that is one of several words.
func addChoice(fs *pflag.FlagSet, word *string, p catalog.Parameter) {
	*word = p.Default
	addSetting(fs, p, func(value string) { *word = value })
}

// suggestions is where a flag keeps what its value may be, for completion: each
// a word, or a word, a tab and what it means.
const suggestions = "suggestions"

func suggest(fs *pflag.FlagSet, flag string, values []string) {
	if err := fs.SetAnnotation(flag, suggestions, values); err != nil {
		panic(err) // a flag that was not declared
	}
}

// choices are a parameter's values, when they are few.
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

// explain says in our words what the flag library has against the arguments.
func (c *call) explain(t *tool, err error) error {
	var (
		unknown *pflag.NotExistError
		value   *pflag.InvalidValueError
		missing *pflag.ValueRequiredError
		ranged  *catalog.RangeError
	)
	switch {
	case errors.As(err, &ranged):
		return exit.WithHint(ranged.Error(), c.hintOnParameter(ranged.Parameter))
	case errors.As(err, &unknown):
		return c.unknownFlag(t, unknown)
	case errors.As(err, &value):
		f := value.GetFlag()
		return exit.Errorf("--%s %s: want %s", f.Name, value.GetValue(), wanted(f))
	case errors.As(err, &missing):
		f := missing.GetFlag()
		return exit.Errorf("--%s: want %s after it", f.Name, wanted(f))
	}
	return err
}

// hintOnParameter is for who wanted the flag that gave way to a parameter.
func (c *call) hintOnParameter(p catalog.Parameter) string {
	if c.all.Lookup(runPrefix+p.Name) == nil {
		return ""
	}
	return fmt.Sprintf("--%s is the model's here; %s's own is --%s%s", p.Name, c.verb.name, runPrefix, p.Name)
}

// unknownFlag names the nearest flag.
func (c *call) unknownFlag(t *tool, err *pflag.NotExistError) error {
	got := "--" + err.GetSpecifiedName()
	if letters := err.GetSpecifiedShortnames(); letters != "" {
		got = "-" + letters
	}
	var known []string
	c.all.VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
	u := catalog.Unknown("flag", c.verb.name, got, known)
	words := []string{t.name, c.verb.name}
	if c.entry != nil {
		words = append(words, c.entry.Name)
	}
	return exit.WithHint(u.Problem(), strings.Join(words, " ")+" --help shows all flags")
}

// wanted says in words what the value of a flag must be.
func wanted(f *pflag.Flag) string {
	if s, ok := f.Value.(*setting); ok {
		return s.parameter.Range()
	}
	switch f.Value.Type() {
	case "uint", "uint32", "uint64":
		return "a number, 0 or more"
	case "duration":
		return "a time such as 90s or 10m"
	case "size":
		return "a size such as 512MiB or 4GiB"
	case "bool":
		return "true or false"
	}
	return "a " + strings.ToLower(placeholder(f))
}
