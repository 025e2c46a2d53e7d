package command

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

// completeVerb is what the shells' scripts call. Its operands are the words of
// a command line without the program, the last one unfinished; it prints what
// that one could become, a candidate a line, with a tab before its description.
// Printing nothing leaves it to the shell, which offers files.
var completeVerb = verb{
	name:     "__complete",
	operands: "-- WORD…",
	hidden:   true,
	action:   func() action { return complete{} },
}

type complete struct{}

func (complete) flags(*pflag.FlagSet) {}

func (complete) run(t *tool, c *call) (int, error) {
	words := joined(c.operands)
	if len(words) == 0 {
		words = []string{""}
	}
	current := words[len(words)-1]
	for _, x := range t.candidates(words[:len(words)-1], current) {
		if strings.HasPrefix(x.word, current) {
			fmt.Fprintln(t.out, strings.TrimRight(x.word+"\t"+x.doc, "\t"))
		}
	}
	return exit.Holds, nil
}

// candidate is what a word could become.
type candidate struct{ word, doc string }

// joined undoes what bash does to --flag=value, which is three words to it: the
// value stands alone, after its flag.
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

// candidates for the word that follows these.
func (t *tool) candidates(before []string, current string) []candidate {
	if len(before) == 0 {
		return verbCandidates()
	}
	v, err := findVerb(before[0])
	if err != nil {
		return nil
	}
	c := t.callSoFar(v, before[1:])
	if flag, _, ok := strings.Cut(current, "="); ok {
		return c.valuesOf(flag, flag+"=")
	}
	if last := before[len(before)-1]; c.takesValue(last) {
		return c.valuesOf(last, "")
	}
	if o, ok := c.action.(offers); ok && len(c.operands) == 0 && !strings.HasPrefix(current, "-") {
		return o.offer(t)
	}
	if len(c.operands) > 0 || strings.HasPrefix(current, "-") {
		return c.flagCandidates()
	}
	return nil
}

// offers is an action that knows what its operand may be.
type offers interface{ offer(*tool) []candidate }

func (*check) offer(t *tool) []candidate        { return t.modelCandidates() }
func (show) offer(t *tool) []candidate          { return t.modelCandidates() }
func (*simulate) offer(t *tool) []candidate     { return t.modelCandidates() }
func (*auditing) offer(t *tool) []candidate     { return t.modelCandidates() }
func (*graphAction) offer(t *tool) []candidate  { return t.modelCandidates() }
func (*growthAction) offer(t *tool) []candidate { return t.modelCandidates() }
func (*bugs) offer(t *tool) []candidate         { return t.modelCandidates() }
func (help) offer(*tool) []candidate            { return verbCandidates() }
func (completion) offer(*tool) []candidate {
	return []candidate{{"bash", ""}, {"fish", ""}, {"zsh", ""}}
}

func verbCandidates() []candidate {
	var list []candidate
	for _, v := range verbs() {
		if !v.hidden {
			list = append(list, candidate{v.name, v.summary})
		}
	}
	return list
}

func (t *tool) modelCandidates() []candidate {
	var list []candidate
	for _, e := range t.entries {
		list = append(list, candidate{e.Name, e.Summary})
	}
	return list
}

// callSoFar understands as much as it can of an unfinished command line.
func (t *tool) callSoFar(v verb, args []string) *call {
	var e *catalog.Entry
	if named := t.named(args); len(named) > 0 {
		e = &named[0]
	}
	c := newCall(v, e)
	c.all.ParseErrorsAllowlist.UnknownFlags = true
	_ = c.all.Parse(args) // the last flag may lack its value
	c.operands = c.all.Args()
	return c
}

func (c *call) flagCandidates() []candidate {
	list := []candidate{{"--help", "show what the command does"}}
	c.all.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		list = append(list, candidate{"--" + f.Name, usage})
	})
	return list
}

// takesValue: the word is a flag whose value is the next word.
func (c *call) takesValue(word string) bool {
	f := c.flag(word)
	return f != nil && f.NoOptDefVal == ""
}

func (c *call) flag(word string) *pflag.Flag {
	name, ok := strings.CutPrefix(word, "--")
	if !ok {
		return nil
	}
	return c.all.Lookup(name)
}

// valuesOf are what a flag may be, each after a prefix.
func (c *call) valuesOf(word, prefix string) []candidate {
	f := c.flag(word)
	if f == nil {
		return nil
	}
	var list []candidate
	for _, s := range c.suggested(f) {
		value, doc, _ := strings.Cut(s, "\t")
		list = append(list, candidate{prefix + value, doc})
	}
	return list
}

// suggested: what only the model knows is asked of it.
func (c *call) suggested(f *pflag.Flag) []string {
	if list := f.Annotations[suggestions]; list != nil || c.entry == nil {
		return list
	}
	m, err := c.entry.Open(catalog.Settings{})
	if err != nil {
		return nil
	}
	switch c.ownName(f) {
	case "property":
		return propertyNames(m)
	case "without-fault":
		return faultKinds(m)
	}
	return nil
}
