package flags

import (
	"strings"

	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

// Line is a command line: the flags that it may have, and after [Line.Parse]
// its operands.
type Line struct {
	Own        *Set // the flags of the command
	Parameters *Set // the flags of the model
	Operands   []string

	program, command, model string
	all                     *pflag.FlagSet // both sets
}

// NewLine makes a line of a program, a command and perhaps a model, without
// flags. They are declared in Own and Parameters, and [Line.Join] ends the
// declarations.
func NewLine(program, command, model string) *Line {
	return &Line{Own: newSet(command), Parameters: newSet(command), program: program, command: command, model: model}
}

// runPrefix precedes the name of a command's flag if a parameter of the model
// has the same name.
const runPrefix = "run-"

// Join makes one set of the two. A parameter of the model keeps its name, and a
// flag of the command with the same name is prefixed.
func (l *Line) Join() {
	l.all = newSet(l.command).FlagSet
	l.all.AddFlagSet(l.Parameters.FlagSet)
	l.Own.VisitAll(func(f *pflag.Flag) {
		if l.Parameters.Lookup(f.Name) != nil {
			f.Name = runPrefix + f.Name
		}
		l.all.AddFlag(f)
	})
}

// Parse reads the arguments after the command. Its error is [ErrHelp], or says
// what is wrong with a flag.
func (l *Line) Parse(args []string) error {
	err := l.all.Parse(args)
	l.Operands = l.all.Args()
	if err != nil {
		return l.explain(err)
	}
	return nil
}

// AllowUnknown has Parse skip flags that are not declared. They may be a model's
// that is not known yet.
func (l *Line) AllowUnknown() { l.all.ParseErrorsAllowlist.UnknownFlags = true }

// ParsePart reads as much as it can of a line that is not finished.
func (l *Line) ParsePart(args []string) {
	l.AllowUnknown()
	_ = l.all.Parse(args) // the last flag may lack its value
	l.Operands = l.all.Args()
}

// SetParameter sets a parameter of the model to a value that a checkpoint has.
func (l *Line) SetParameter(name, value string) error {
	f := l.Parameters.Lookup(name)
	if f == nil {
		return exit.Errorf("%s has no parameter %q, which the checkpoint has", l.model, name)
	}
	if err := l.Parameters.Set(name, value); err != nil {
		return exit.Errorf("the checkpoint has --%s %s: want %s", name, value, wanted(f))
	}
	return nil
}

// MustSet sets a flag of the command to a value that is known to be valid.
func (s *Set) MustSet(flag, value string) {
	if err := s.Set(flag, value); err != nil {
		panic(err)
	}
}

// CopyChanged sets the flags that are set here in another set too. A repeatable
// flag is set once for each of its values.
func (s *Set) CopyChanged(other *Set) {
	s.VisitAll(func(f *pflag.Flag) {
		if f.Changed {
			for _, value := range valuesOf(f) {
				other.MustSet(f.Name, value)
			}
		}
	})
}

func valuesOf(f *pflag.Flag) []string {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		return list.GetSlice()
	}
	return []string{f.Value.String()}
}

// silent are the flags of commands that do not change the answer.
var silent = map[string]bool{
	"workers": true, "color": true, "json": true, "trace-out": true, "full": true,
	"format": true, "actor": true, "reproduce": true,
	"checkpoint": true, "checkpoint-every": true,
	"explore": true, "listen": true, "no-open": true,
}

// Repeat is the command line that gives the same answer again.
func (l *Line) Repeat() string {
	words := append([]string{l.program, l.command}, l.Operands...)
	write := func(f *pflag.Flag) {
		if f.Changed {
			words = append(words, written(f)...)
		}
	}
	l.Parameters.VisitAll(write)
	l.Own.VisitAll(func(f *pflag.Flag) {
		if !silent[strings.TrimPrefix(f.Name, runPrefix)] {
			write(f)
		}
	})
	return strings.Join(words, " ")
}

// written is a flag as it can be typed.
func written(f *pflag.Flag) []string {
	var words []string
	for _, value := range valuesOf(f) {
		switch {
		case f.Value.Type() == "bool" && value == "true":
			words = append(words, "--"+f.Name)
		case f.Value.Type() == "bool":
			words = append(words, "--"+f.Name+"="+value)
		case f.Value.Type() == "duration":
			words = append(words, "--"+f.Name, Quote(shortDuration(value)))
		default:
			words = append(words, "--"+f.Name, Quote(value))
		}
	}
	return words
}

// shortDuration drops the zeros at the end: 10m0s is 10m.
func shortDuration(s string) string {
	if short, ok := strings.CutSuffix(s, "m0s"); ok {
		s = short + "m"
	}
	if short, ok := strings.CutSuffix(s, "h0m"); ok {
		s = short + "h"
	}
	return s
}

// Quote writes a word so that a shell reads it as one word.
func Quote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./,:=@%+", r)
	}
	if word != "" && strings.TrimFunc(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
