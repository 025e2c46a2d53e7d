package command

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

var completionVerb = verb{
	name:     "completion",
	operands: "bash|zsh|fish",
	summary:  "a script that teaches a shell to complete the command line",
	about: `Prints a script that makes the shell complete commands, models, flags and their
values. To have it in every shell, put this line into the shell's start file:

	bash  ~/.bashrc                    source <(PROGRAM completion bash)
	zsh   ~/.zshrc, after compinit     source <(PROGRAM completion zsh)
	fish  ~/.config/fish/config.fish   PROGRAM completion fish | source`,
	action: func() action { return completion{} },
}

var (
	//go:embed shells/bash.sh
	bashScript string
	//go:embed shells/zsh.sh
	zshScript string
	//go:embed shells/fish.fish
	fishScript string

	scripts = map[string]string{"bash": bashScript, "zsh": zshScript, "fish": fishScript}
)

type completion struct{}

func (completion) flags(*pflag.FlagSet) {}

func (completion) run(t *tool, c *call) (int, error) {
	shells := slices.Sorted(maps.Keys(scripts))
	shell, err := c.oneOperand(exit.WithHint("completion: for which shell?", "there are "+strings.Join(shells, ", ")))
	if err != nil {
		return exit.Misuse, err
	}
	script, ok := scripts[shell]
	if !ok {
		return exit.Misuse, catalog.Unknown("completion", "", shell, shells)
	}
	r := strings.NewReplacer("PROGRAM", t.name, "FUNCTION", identifier(t.name))
	fmt.Fprint(t.out, r.Replace(script))
	return exit.Holds, nil
}

// identifier is the program's name as part of a shell function's.
func identifier(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, name)
}
