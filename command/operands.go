package command

import (
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
)

// noOperands: the verb takes none.
func (c *call) noOperands() error {
	if len(c.operands) > 0 {
		return exit.Errorf("%s takes no arguments; got %s", c.verb.name, strings.Join(c.operands, " "))
	}
	return nil
}

// oneOperand is the only one there is; missing asks for it.
func (c *call) oneOperand(missing error) (string, error) {
	switch len(c.operands) {
	case 0:
		return "", missing
	case 1:
		return c.operands[0], nil
	}
	return "", exit.Errorf("%s takes one argument; got %s", c.verb.name, strings.Join(c.operands, " "))
}

// oneModel is the model that the only operand names.
func (t *tool) oneModel(c *call) (catalog.Entry, error) {
	name, err := c.oneOperand(t.whichModel(c.verb))
	if err != nil {
		return catalog.Entry{}, err
	}
	return t.entry(name)
}

func (t *tool) whichModel(v verb) error {
	var known []string
	for _, e := range t.entries {
		known = append(known, e.Name)
	}
	return exit.WithHint(v.name+": which model?", catalog.Unknown("model", "", "", known).Choices())
}
