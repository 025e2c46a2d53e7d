package command

import (
	"github.com/muster-mc/muster/command/internal/cli"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
)

var helpCommand = cli.Command{
	Name:     "help",
	Operands: "[COMMAND]",
	Summary:  "what the tool does, or one command",
	About: `Prints what there is to know of a command. Followed by a model, as in
"check MODEL --help", a command shows the flags of the model too.`,
	Candidates: (*cli.App).CommandCandidates,
	New:        func() cli.Action { return help{} },
}

type help struct{}

func (help) Flags(*flags.Set) {}

func (help) Run(c *cli.Call) (int, error) {
	if len(c.Operands) == 0 {
		c.Overview(c.Out)
		return exit.Holds, nil
	}
	name, err := c.OneOperand(nil)
	if err != nil {
		return exit.Misuse, err
	}
	if err := c.HelpFor(name); err != nil {
		return exit.Misuse, err
	}
	return exit.Holds, nil
}
