package command

import (
	"strings"

	"github.com/spf13/pflag"
)

// silent are the flags that change nothing in the answer.
var silent = map[string]bool{
	"workers": true, "color": true, "json": true, "trace-out": true, "full": true,
	"format": true, "actor": true,
	"checkpoint": true, "checkpoint-every": true,
}

// repeat is the command line that gives the same answer again.
func (c *call) repeat(t *tool) string {
	words := append([]string{t.name, c.verb.name}, c.operands...)
	c.all.VisitAll(func(f *pflag.Flag) {
		if f.Changed && !silent[c.ownName(f)] {
			words = append(words, written(f)...)
		}
	})
	return strings.Join(words, " ")
}

// written is a flag as it can be typed.
func written(f *pflag.Flag) []string {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		var words []string
		for _, value := range list.GetSlice() {
			words = append(words, "--"+f.Name, quote(value))
		}
		return words
	}
	value := f.Value.String()
	switch {
	case f.Value.Type() == "bool" && value == "true":
		return []string{"--" + f.Name}
	case f.Value.Type() == "bool":
		return []string{"--" + f.Name + "=" + value}
	case f.Value.Type() == "duration":
		value = shortDuration(value)
	}
	return []string{"--" + f.Name, quote(value)}
}

// shortDuration leaves out the zeros at the end: 10m0s is 10m.
func shortDuration(s string) string {
	if short, ok := strings.CutSuffix(s, "m0s"); ok {
		s = short + "m"
	}
	if short, ok := strings.CutSuffix(s, "h0m"); ok {
		s = short + "h"
	}
	return s
}

// quote writes a word so that a shell reads it as one.
func quote(word string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./,:=@%+", r)
	}
	if word != "" && strings.TrimFunc(word, plain) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
