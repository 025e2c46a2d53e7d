package command

import (
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/spf13/pflag"
)

// call is a command line as far as it is understood.
type call struct {
	verb       verb
	action     action
	entry      *catalog.Entry // the model that was named, if any
	own        *pflag.FlagSet // the verb's flags
	parameters *pflag.FlagSet // the model's
	all        *pflag.FlagSet // both
	operands   []string
	color      string
}

// newCall declares the flags of a verb and of a model, if there is one yet.
func newCall(v verb, e *catalog.Entry) *call {
	c := &call{verb: v, action: v.action(), entry: e}
	c.own, c.parameters, c.all = newFlagSet(v.name), newFlagSet(v.name), newFlagSet(v.name)
	if m, ok := c.action.(modelled); ok && e != nil {
		m.about(*e, c.parameters)
	}
	c.action.flags(c.own)
	addChoice(c.own, &c.color, colorFlag)
	c.merge()
	return c
}

// runPrefix is put before a flag whose name a model's parameter has.
const runPrefix = "run-"

// merge makes all flags one set. A model's parameter keeps its name; a flag of
// the verb that has the same one gives way.
func (c *call) merge() {
	c.all.AddFlagSet(c.parameters)
	c.own.VisitAll(func(f *pflag.Flag) {
		if c.parameters.Lookup(f.Name) != nil {
			f.Name = runPrefix + f.Name
		}
		c.all.AddFlag(f)
	})
}

// ownName is the name of a flag of the verb, whatever merge made of it; nothing
// for a parameter of the model.
func (c *call) ownName(f *pflag.Flag) string {
	if c.parameters.Lookup(f.Name) != nil {
		return ""
	}
	return strings.TrimPrefix(f.Name, runPrefix)
}

// ownFlag is a flag of the verb, whatever merge made of its name.
func (c *call) ownFlag(name string) *pflag.Flag {
	if c.parameters.Lookup(name) != nil {
		name = runPrefix + name
	}
	return c.all.Lookup(name)
}

// parse understands the arguments of a verb. With errHelp the call is good
// enough to be helped.
func (t *tool) parse(v verb, args []string) (*call, error) {
	if _, ok := v.action().(modelled); ok {
		return t.parseModelled(v, args)
	}
	return t.parsePlain(v, args)
}

func (t *tool) parsePlain(v verb, args []string) (*call, error) {
	c := newCall(v, nil)
	err := c.parse(t, args)
	return c, err
}

// parseModelled has to find the model among the arguments before it can know
// which of them are values of the model's flags. So each model whose name
// occurs is tried: it is the one if, read with its flags, its name is all that
// is left over.
func (t *tool) parseModelled(v verb, args []string) (*call, error) {
	named := t.named(args)
	if len(named) == 0 {
		return t.parseWithoutModel(v, args)
	}
	for i := range named {
		c := newCall(v, &named[i])
		if err := c.parse(t, args); err == nil && len(c.operands) == 1 && c.operands[0] == c.entry.Name {
			return c, nil
		}
	}
	c := newCall(v, &named[0])
	err := c.parse(t, args)
	if err == nil {
		err = exit.Errorf("%s takes one model; got %s", v.name, strings.Join(c.operands, " "))
	}
	return c, err
}

// named are the models whose names occur among the arguments, in that order.
func (t *tool) named(args []string) []catalog.Entry {
	var list []catalog.Entry
	for _, arg := range args {
		if i := t.index(arg); i >= 0 {
			list = append(list, t.entries[i])
		}
	}
	return list
}

// parseWithoutModel: no argument is the name of a model. It finds out why, unless
// that is as it should be.
func (t *tool) parseWithoutModel(v verb, args []string) (*call, error) {
	c := newCall(v, nil)
	c.all.ParseErrorsAllowlist.UnknownFlags = true // they may be the model's
	if err := c.parse(t, args); err != nil {
		return c, err
	}
	if v.modelFlag != "" && !c.own.Changed(v.modelFlag) {
		return t.parsePlain(v, args)
	}
	if len(c.operands) == 0 {
		return c, t.whichModel(v)
	}
	_, err := t.entry(c.operands[0])
	return c, err
}

// parse reads the arguments with the flags declared.
func (c *call) parse(t *tool, args []string) error {
	err := c.all.Parse(args)
	c.operands = c.all.Args()
	if err != nil {
		return c.explain(t, err)
	}
	return nil
}
