package cli

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
)

// Call is one call of a command.
type Call struct {
	*App
	*flags.Line
	Command Command
	Action  Action
	Entry   *catalog.Entry // the model that the line names, or nil
	Color   string         // the value of --color
}

// colorFlag is a flag of every command.
var colorFlag = catalog.Parameter{
	Name: "color", Type: "string", Default: "auto", OneOf: []string{"auto", "always", "never"},
	Help: "whether to colour the answer",
}

// NewCall declares the flags of a command, and those of a model if it is known.
func (a *App) NewCall(command Command, e *catalog.Entry) *Call {
	model := ""
	if e != nil {
		model = e.Name
	}
	c := &Call{App: a, Line: flags.NewLine(a.Program, command.Name, model), Command: command, Action: command.New(), Entry: e}
	if m, ok := c.Action.(ModelAction); ok && e != nil {
		m.Parameters(*e, c.Parameters)
	}
	c.Action.Flags(c.Own)
	c.Own.Choice(&c.Color, colorFlag)
	c.Join()
	return c
}

// parse reads the arguments of a command. With [flags.ErrHelp] the call is
// complete enough to print its help.
func (a *App) parse(command Command, args []string) (*Call, error) {
	if _, ok := command.New().(ModelAction); ok {
		return a.parseWithModel(command, args)
	}
	return a.parsePlain(command, args)
}

func (a *App) parsePlain(command Command, args []string) (*Call, error) {
	c := a.NewCall(command, nil)
	err := c.Parse(args)
	return c, err
}

// parseWithModel finds the model among the arguments. Only with the model's
// flags it is known which arguments are values of flags. Each model whose name
// occurs is tried: it is the right one if its name is the only operand when the
// line is read with its flags, or the first one where files may follow.
func (a *App) parseWithModel(command Command, args []string) (*Call, error) {
	named := a.namedIn(args)
	if len(named) == 0 {
		return a.parseWithoutModel(command, args)
	}
	for i := range named {
		c := a.NewCall(command, &named[i])
		if err := c.Parse(args); err == nil && c.isModelFirst() {
			return c, nil
		}
	}
	c := a.NewCall(command, &named[0])
	err := c.Parse(args)
	switch {
	case err == nil && command.Files:
		err = exit.Errorf("%s: the model comes first; got %s", command.Name, strings.Join(c.Operands, " "))
	case err == nil:
		err = exit.Errorf("%s takes one model; got %s", command.Name, strings.Join(c.Operands, " "))
	}
	return c, err
}

// isModelFirst reports whether the operands are the model, and files if the command takes
// any.
func (c *Call) isModelFirst() bool {
	n := len(c.Operands)
	return n > 0 && c.Operands[0] == c.Entry.Name && (n == 1 || c.Command.Files)
}

// namedIn are the models whose names occur among the arguments, in the order of
// the arguments.
func (a *App) namedIn(args []string) []catalog.Entry {
	var list []catalog.Entry
	for _, arg := range args {
		if i := a.index(arg); i >= 0 {
			list = append(list, a.Models[i])
		}
	}
	return list
}

// parseWithoutModel reads a line with no argument that is the name of a model.
// That is an error unless the command takes something else than a model too.
// Flags that are unknown may be those of the model that is missing.
func (a *App) parseWithoutModel(command Command, args []string) (*Call, error) {
	c := a.NewCall(command, nil)
	c.AllowUnknown()
	if err := c.Parse(args); err != nil {
		return c, err
	}
	if command.ModelFlag != "" && !c.Own.Changed(command.ModelFlag) {
		return a.parsePlain(command, args)
	}
	if len(c.Operands) == 0 {
		return c, c.whichModel()
	}
	_, err := a.Find(c.Operands[0])
	return c, err
}

// NoOperand checks that the line has no operands.
func (c *Call) NoOperand() error {
	if len(c.Operands) > 0 {
		return exit.Errorf("%s takes no arguments; got %s", c.Command.Name, strings.Join(c.Operands, " "))
	}
	return nil
}

// OneOperand is the only operand. Without one, the error is missing.
func (c *Call) OneOperand(missing error) (string, error) {
	switch len(c.Operands) {
	case 0:
		return "", missing
	case 1:
		return c.Operands[0], nil
	}
	return "", exit.Errorf("%s takes one argument; got %s", c.Command.Name, strings.Join(c.Operands, " "))
}

// CheckPicture refuses to pour a picture, or a page, into a terminal.
func (c *Call) CheckPicture(format string) error {
	if !c.Out.IsTerminal || format != "svg" && format != "html" {
		return nil
	}
	return exit.WithHint(
		fmt.Sprintf("--format %s: that is nothing to read in a terminal", format),
		fmt.Sprintf("%s > FILE.%s writes it to a file", c.Repeat(), format))
}

// OneModel is the model that the only operand names.
func (c *Call) OneModel() (catalog.Entry, error) {
	name, err := c.OneOperand(c.whichModel())
	if err != nil {
		return catalog.Entry{}, err
	}
	return c.Find(name)
}

func (c *Call) whichModel() error {
	return exit.WithHint(c.Command.Name+": which model?", catalog.Unknown("model", "", "", c.modelNames()).Choices())
}
