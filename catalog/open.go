package catalog

import (
	"fmt"
	"runtime"
)

// Settings say which configuration of a model is wanted. Their zero value is
// the default configuration.
type Settings struct {
	With With   // parameters that are set, by name
	Bug  string // the bug to seed; it sets its own parameters where With does not
	Fix  string // the fix to apply; it sets its own parameters where With does not
}

// Open makes the model with these settings. A parameter takes its value from
// the first of these that sets it: With, the fix, the bug, its default. An error
// is an [UnknownError], a [RangeError], or whatever the model's constructor has
// against this combination of parameters.
func (e Entry) Open(s Settings) (Model, error) {
	with, err := e.details().complete(s)
	if err != nil {
		return nil, err
	}
	return e.make(Settings{With: with, Bug: s.Bug, Fix: s.Fix})
}

// Values are parameters as what they are, numbers as numbers. What is out of
// range is left out.
func (e Entry) Values(with With) map[string]any {
	all := map[string]any{}
	for _, p := range e.Parameters() {
		if value, err := p.Parse(with[p.Name]); err == nil {
			all[p.Name] = value
		}
	}
	return all
}

// make calls the constructor. A constructor can only panic when it dislikes a
// combination of parameters, which is the user's error and no crash.
func (e Entry) make(s Settings) (m Model, err error) {
	defer func() {
		switch p := recover().(type) {
		case nil:
		case runtime.Error:
			panic(p)
		default:
			err = fmt.Errorf("%s: %v", e.Name, p)
		}
	}()
	return e.build(e, s), nil
}
