package cli

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/flags"
)

// Complete prints the words that the last word of a line may become, each with a
// tab before its description. The line is without the program's name, and its
// last word is unfinished.
func (a *App) Complete(line []string) {
	words := joined(line)
	if len(words) == 0 {
		words = []string{""}
	}
	last := len(words) - 1
	for _, x := range a.candidates(words[:last], words[last]) {
		if strings.HasPrefix(x.Word, words[last]) {
			fmt.Fprintln(a.Out, strings.TrimRight(x.Word+"\t"+x.Doc, "\t"))
		}
	}
}

// joined drops the word = that bash makes of --flag=value. The value follows its
// flag as a word of its own.
func joined(words []string) []string {
	var out []string
	for i, w := range words {
		switch {
		case w != "=":
			out = append(out, w)
		case i == len(words)-1:
			out = append(out, "")
		}
	}
	return out
}

// candidates are the candidates for the word that follows these.
func (a *App) candidates(before []string, current string) []flags.Candidate {
	if len(before) == 0 {
		return a.CommandCandidates()
	}
	command, err := a.find(before[0])
	if err != nil {
		return nil
	}
	c := a.partialCall(command, before[1:])
	if flag, _, ok := strings.Cut(current, "="); ok {
		return c.valueCandidates(flag, flag+"=")
	}
	if last := before[len(before)-1]; c.TakesValue(last) {
		return c.valueCandidates(last, "")
	}
	switch {
	case len(c.Operands) > 0, strings.HasPrefix(current, "-"):
		return c.FlagCandidates()
	case command.Candidates != nil:
		return command.Candidates(a)
	}
	return nil
}

// CommandCandidates are the commands.
func (a *App) CommandCandidates() []flags.Candidate {
	var list []flags.Candidate
	for _, c := range a.Commands {
		if !c.Hidden {
			list = append(list, flags.Candidate{Word: c.Name, Doc: c.Summary})
		}
	}
	return list
}

// ModelCandidates are the models.
func (a *App) ModelCandidates() []flags.Candidate {
	var list []flags.Candidate
	for _, e := range a.Models {
		list = append(list, flags.Candidate{Word: e.Name, Doc: e.Summary})
	}
	return list
}

// partialCall reads as much as it can of an unfinished line.
func (a *App) partialCall(command Command, args []string) *Call {
	var e *catalog.Entry
	if named := a.namedIn(args); len(named) > 0 {
		e = &named[0]
	}
	c := a.NewCall(command, e)
	c.ParsePart(args)
	return c
}

func (c *Call) valueCandidates(flag, prefix string) []flags.Candidate {
	if c.Entry == nil {
		return c.ValueCandidates(flag, prefix, nil)
	}
	return c.ValueCandidates(flag, prefix, func() (catalog.Model, error) { return c.Entry.Open(catalog.Settings{}) })
}
