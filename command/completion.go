package command

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
)

var completionCommand = cli.Command{
	Name:     "completion",
	Operands: "bash|zsh|fish",
	Summary:  "a script that teaches a shell to complete the command line",
	About: `Prints a script that makes the shell complete commands, models, flags and their
values. To have it in every shell, put this line into the shell's start file:

	bash  ~/.bashrc                    source <(PROGRAM completion bash)
	zsh   ~/.zshrc, after compinit     source <(PROGRAM completion zsh)
	fish  ~/.config/fish/config.fish   PROGRAM completion fish | source`,
	Candidates: shellCandidates,
	New:        func() cli.Action { return completion{} },
}

var (
	//go:embed shells/bash.sh
	bashScript string
	//go:embed shells/zsh.sh
	zshScript string
	//go:embed shells/fish.fish
	fishScript string

	scripts = map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}
	shells  = slices.Sorted(maps.Keys(scripts))
)

type completion struct{}

func (completion) Flags(*flags.Set) {}

func (completion) Run(c *cli.Call) (int, error) {
	shell, err := c.OneOperand(exit.WithHint("completion: for which shell?", "there are "+strings.Join(shells, ", ")))
	if err != nil {
		return exit.Misuse, err
	}
	script, ok := scripts[shell]
	if !ok {
		return exit.Misuse, catalog.Unknown("completion", "", shell, shells)
	}
	r := strings.NewReplacer("PROGRAM", c.Program, "FUNCTION", identifier(c.Program))
	fmt.Fprint(c.Out, r.Replace(script))
	return exit.Holds, nil
}

func shellCandidates(*cli.App) []flags.Candidate {
	var list []flags.Candidate
	for _, shell := range shells {
		list = append(list, flags.Candidate{Word: shell})
	}
	return list
}

// identifier is a program's name as part of the name of a shell function.
func identifier(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}

// completeCommand is called by the scripts of the shells. Its operands are the
// words of a line without the program, and the last one is unfinished. It prints
// the words that the last one may become. Printing nothing leaves the completion
// to the shell, which offers files.
var completeCommand = cli.Command{
	Name:     "__complete",
	Operands: "-- WORD…",
	Hidden:   true,
	New:      func() cli.Action { return complete{} },
}

type complete struct{}

func (complete) Flags(*flags.Set) {}

func (complete) Run(c *cli.Call) (int, error) {
	c.Complete(c.Operands)
	return exit.Holds, nil
}
