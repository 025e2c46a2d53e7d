package command

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/output"
	"github.com/spf13/pflag"
)

var helpVerb = verb{
	name:     "help",
	operands: "[COMMAND]",
	summary:  "what the tool does, or one command",
	about: `Prints what there is to know of a command. Followed by a model, as in
"check MODEL --help", a command shows the flags of the model too.`,
	action: func() action { return help{} },
}

type help struct{}

func (help) flags(*pflag.FlagSet) {}

func (help) run(t *tool, c *call) (int, error) {
	if len(c.operands) == 0 {
		t.overview(t.out)
		return exit.Holds, nil
	}
	name, err := c.oneOperand(nil)
	if err != nil {
		return exit.Misuse, err
	}
	v, err := findVerb(name)
	if err != nil {
		return exit.Misuse, err
	}
	t.helpFor(newCall(v, nil))
	return exit.Holds, nil
}

// overview is the help of the tool.
func (t *tool) overview(w io.Writer) {
	s := output.Style(false)
	fmt.Fprintf(w, "%s explores every reachable state of a model and checks its properties.\n\n", t.name)
	tab := &output.Table{Style: s, Heading: []string{"command", ""}}
	for _, v := range verbs() {
		if !v.hidden {
			tab.Add(strings.TrimSpace(v.name+" "+v.operands), v.summary)
		}
	}
	tab.Print(w)
	fmt.Fprintf(w, "\n%s COMMAND --help says more; start with: %s list\n", t.name, t.name)
}

// helpFor is the help of one command, with the flags of the model if one was
// named.
func (t *tool) helpFor(c *call) {
	s := t.out.Style(c.color)
	about := strings.ReplaceAll(c.verb.about, "PROGRAM", t.name)
	fmt.Fprintf(t.out, "%s\n\n%s\n", s.Bold(t.usage(c)), about)
	if c.entry != nil {
		t.flagTable(c.parameters, "parameters of "+c.entry.Name, s)
	}
	t.flagTable(c.own, "flags", s)
}

func (t *tool) usage(c *call) string {
	words := []string{t.name, c.verb.name}
	_, hasParameters := c.action.(modelled)
	switch {
	case c.entry != nil:
		words = append(words, c.entry.Name, "[parameters]")
	case hasParameters:
		words = append(words, c.verb.operands, "[parameters of the model]")
	case c.verb.operands != "":
		words = append(words, c.verb.operands)
	}
	return strings.Join(append(words, "[flags]"), " ")
}

// flagTable lists flags with what they take, as they were declared.
func (t *tool) flagTable(fs *pflag.FlagSet, title string, s output.Style) {
	tab := &output.Table{Style: s, Heading: []string{title, ""}}
	fs.VisitAll(func(f *pflag.Flag) {
		_, usage := pflag.UnquoteUsage(f)
		tab.Add(strings.TrimSpace("--"+f.Name+" "+placeholder(f)), usage+byDefault(f))
	})
	if len(tab.Rows) > 0 {
		fmt.Fprintln(t.out)
		tab.Print(t.out)
	}
}

// placeholder is what a flag takes, in a word or two.
func placeholder(f *pflag.Flag) string {
	if s, ok := f.Value.(*setting); ok {
		return s.placeholder()
	}
	if f.Value.Type() == "bool" {
		return ""
	}
	name, _ := pflag.UnquoteUsage(f)
	return strings.ToUpper(name)
}

func (s *setting) placeholder() string {
	p := s.parameter
	switch p.Type {
	case "int":
		return fmt.Sprintf("%d..%d", p.Min, p.Max)
	case "bool":
		return ""
	}
	return strings.Join(p.OneOf, "|")
}

// byDefault is what a flag is unless it is set, where that is worth a word.
func byDefault(f *pflag.Flag) string {
	if s, ok := f.Value.(*setting); ok && s.parameter.Type != "bool" {
		return fmt.Sprintf(" (default %s)", f.DefValue)
	}
	return ""
}
