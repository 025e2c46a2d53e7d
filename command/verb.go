package command

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/spf13/pflag"
)

// verb is one command of the tool: what its help says, and how to make a call
// of it.
type verb struct {
	name     string
	operands string // as its usage shows them
	summary  string // a line in the list of commands
	about    string // a paragraph or more in its own help
	hidden   bool   // not for people

	// modelFlag says, where the operand may be something else than a model, that
	// it is one. So does the name of a model.
	modelFlag string

	action func() action
}

// action is one call of a verb: the values of its flags, and what to do.
type action interface {
	// flags declares the flags that every call has.
	flags(*pflag.FlagSet)

	// run does it. With an error, the status is at least 2 unless it says 1.
	run(*tool, *call) (int, error)
}

// modelled is an action on one model, whose parameters are flags too.
type modelled interface {
	action

	// about declares the parameters of the model.
	about(catalog.Entry, *pflag.FlagSet)
}

// verbs are all commands, in the order in which one meets them.
func verbs() []verb {
	return []verb{
		listVerb, showVerb, checkVerb, resumeVerb, bugsVerb, auditVerb, simulateVerb, replayVerb, growthVerb, graphVerb,
		completionVerb, helpVerb, completeVerb,
	}
}

func findVerb(name string) (verb, error) {
	var known []string
	for _, v := range verbs() {
		if v.name == name {
			return v, nil
		}
		if !v.hidden {
			known = append(known, v.name)
		}
	}
	return verb{}, catalog.Unknown("command", "", name, known)
}
