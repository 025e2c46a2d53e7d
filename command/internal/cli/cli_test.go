package cli

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/model"
)

type config struct {
	Size int `flag:"size" default:"2" min:"1" max:"4" help:"how large it is"`
	Bug  string
}

func entry(name string) catalog.Entry {
	return catalog.Define(name, "the model "+name, func(config) *model.Model[struct{ N int8 }] {
		return &model.Model[struct{ N int8 }]{Name: name}
	})
}

// plain takes anything.
type plain struct{}

func (plain) Flags(*flags.Set) {}

func (plain) Run(c *Call) (int, error) {
	fmt.Fprintf(c.Out, "plain %q\n", c.Operands)
	return exit.Holds, nil
}

// modelled takes a model, or with no name of a model and no --by-hand a file.
type modelled struct{ file, byHand, size string }

func (a *modelled) Parameters(e catalog.Entry, fs *flags.Set) {
	for _, p := range e.Parameters() {
		fs.Parameter(p, func(value string) { a.size = value })
	}
}

func (a *modelled) Flags(fs *flags.Set) {
	fs.StringVar(&a.file, "file", "", "a `file`")
	fs.StringVar(&a.byHand, "by-hand", "", "some `steps`")
}

func (a *modelled) Run(c *Call) (int, error) {
	name := "no model"
	if c.Entry != nil {
		name = c.Entry.Name
	}
	fmt.Fprintf(c.Out, "%s %q size=%s file=%s\n", name, c.Operands, a.size, a.file)
	return exit.Holds, nil
}

func app(stdout, stderr *strings.Builder) *App {
	a := New(stdout, stderr, []catalog.Entry{entry("queue"), entry("lock")}, []Command{
		{Name: "show", Operands: "[NAME]", Summary: "print it", About: "Prints a name.", New: func() Action { return plain{} }},
		{Name: "check", Operands: "MODEL", Summary: "check it", About: "Checks with PROGRAM.",
			Candidates: (*App).ModelCandidates, New: func() Action { return &modelled{} }},
		{Name: "replay", Operands: "MODEL|FILE", Summary: "replay it", ModelFlag: "by-hand", New: func() Action { return &modelled{} }},
		{Name: "secret", Hidden: true, New: func() Action { return plain{} }},
	})
	a.Program = "mc"
	return a
}

func run(line string) (status int, stdout, stderr string) {
	var out, err strings.Builder
	status = app(&out, &err).Main(strings.Fields(line))
	return status, out.String(), err.String()
}

func TestTheModelIsFoundAmongTheArguments(t *testing.T) {
	for line, want := range map[string]string{
		"check lock":                        `lock ["lock"] size= file=`,
		"check --size 3 lock":               `lock ["lock"] size=3 file=`,
		"check lock --size=3 --file x":      `lock ["lock"] size=3 file=x`,
		"check --file lock queue":           `queue ["queue"] size= file=lock`,
		"check --file queue queue --size 1": `queue ["queue"] size=1 file=queue`,
		"replay t.json":                     `no model ["t.json"] size= file=`,
		"replay lock":                       `lock ["lock"] size= file=`,
		"replay lock --by-hand Tick":        `lock ["lock"] size= file=`,
		"show lock queue":                   `plain ["lock" "queue"]`,
		"secret":                            `plain []`,
	} {
		if status, stdout, stderr := run(line); status != exit.Holds || stdout != want+"\n" {
			t.Errorf("%s: status %d, got %s%s; want %s", line, status, stdout, stderr, want)
		}
	}
}

func TestALineThatIsWrong(t *testing.T) {
	for line, want := range map[string]string{
		"chekc":                   "mc: no command \"chekc\"; did you mean check?\n    there are show, check, replay\n",
		"--size 3":                "mc: want a command before --size\n    mc help lists them\n",
		"check":                   "mc: check: which model?\n    there are lock, queue\n",
		"check --size 3":          "mc: check: which model?\n    there are lock, queue\n",
		"check lokc --size 3":     "mc: no model \"lokc\"; did you mean lock?\n    there are lock, queue\n",
		"check lock queue":        "mc: check takes one model; got lock queue\n",
		"check lock --size 9":     "mc: --size 9: want a number from 1 to 4\n",
		"check lock --sise 1":     "mc: check has no flag \"--sise\"; did you mean --size?\n    mc check lock --help shows all flags\n",
		"replay lokc --by-hand x": "mc: no model \"lokc\"; did you mean lock?\n    there are lock, queue\n",
		"show --color blue":       "mc: --color blue: want one of auto, always, never\n",
	} {
		if status, stdout, stderr := run(line); status != exit.Misuse || stdout != "" || stderr != want {
			t.Errorf("%s: status %d, got %s%s; want %s", line, status, stdout, stderr, want)
		}
	}
}

func TestHelpNamesTheModel(t *testing.T) {
	const flagLines = "  --file FILE                 a file\n" +
		"  --by-hand STEPS             some steps\n" +
		"  --color auto|always|never   whether to colour the answer (default auto)\n"
	for line, want := range map[string]string{
		"check --help": "mc check MODEL [parameters of the model] [flags]\n\nChecks with mc.\n\n  flags\n" + flagLines,
		"check --help lock": "mc check lock [parameters] [flags]\n\nChecks with mc.\n\n  parameters of lock\n" +
			"  --size 1..4          how large it is (default 2)\n\n  flags\n" + flagLines,
		"show --help": "mc show [NAME] [flags]\n\nPrints a name.\n\n  flags\n" +
			"  --color auto|always|never   whether to colour the answer (default auto)\n",
	} {
		if status, stdout, _ := run(line); status != exit.Holds || stdout != want {
			t.Errorf("%s: status %d, got\n%s\nwant\n%s", line, status, stdout, want)
		}
	}
	status, overview, _ := run("--help")
	if status != exit.Holds || !strings.Contains(overview, "  check MODEL         check it\n") || strings.Contains(overview, "secret") {
		t.Errorf("status %d, got\n%s", status, overview)
	}
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		line []string
		want []string
	}{
		{nil, []string{"show\tprint it", "check\tcheck it", "replay\treplay it"}},
		{[]string{"ch"}, []string{"check\tcheck it"}},
		{[]string{"check", ""}, []string{"lock\tthe model lock", "queue\tthe model queue"}},
		{[]string{"check", "q"}, []string{"queue\tthe model queue"}},
		{[]string{"check", "lock", "--s"}, []string{"--size\thow large it is"}},
		{[]string{"check", "--s"}, nil},
		{[]string{"check", "lock", "--size", ""}, []string{"1", "2", "3", "4"}},
		{[]string{"check", "lock", "--size="}, []string{"--size=1", "--size=2", "--size=3", "--size=4"}},
		{[]string{"check", "lock", "--size", "=", "3"}, []string{"3"}},
		{[]string{"check", "lock", "--size", "="}, []string{"1", "2", "3", "4"}},
		{[]string{"replay", ""}, nil},
		{[]string{"other", ""}, nil},
	} {
		var out, err strings.Builder
		app(&out, &err).Complete(c.line)
		if got := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n"); !slices.Equal(got, c.want) && out.Len()+len(c.want) > 0 {
			t.Errorf("%q: got %q; want %q", c.line, got, c.want)
		}
	}
}

// A picture goes to a file or another program.
func TestNoPictureForATerminal(t *testing.T) {
	var out, err strings.Builder
	a := app(&out, &err)
	c := a.NewCall(a.Commands[0], nil)
	for _, isTerminal := range []bool{false, true} {
		a.Out.IsTerminal = isTerminal
		for format, isPicture := range map[string]bool{"svg": true, "html": true, "dot": false, "json": false, "text": false} {
			if err := c.CheckPicture(format); (err != nil) != (isTerminal && isPicture) {
				t.Errorf("%s, terminal %v: got %v", format, isTerminal, err)
			}
		}
	}
}
