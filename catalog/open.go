package catalog

import (
	"fmt"
	"maps"
	"runtime"
	"slices"
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
	with, err := e.complete(s)
	if err != nil {
		return nil, err
	}
	return e.make(Settings{With: with, Bug: s.Bug, Fix: s.Fix})
}

// complete gives every parameter a value.
func (e Entry) complete(s Settings) (With, error) {
	bug, err := e.bug(s.Bug)
	if err != nil {
		return nil, err
	}
	fix, err := e.fix(s.Fix)
	if err != nil {
		return nil, err
	}
	with := With{}
	for _, p := range e.Parameters {
		with[p.Name] = p.Default
	}
	for _, layer := range []With{bug.With, fix.With, s.With} {
		if err := e.lay(with, layer); err != nil {
			return nil, err
		}
	}
	return with, nil
}

// lay sets over what is there, and writes each value the one way.
func (e Entry) lay(with, over With) error {
	for _, p := range e.Parameters { // in their order, so that of two errors it is always the same
		value, set := over[p.Name]
		if !set {
			continue
		}
		parsed, err := p.Parse(value)
		if err != nil {
			return err
		}
		with[p.Name] = fmt.Sprint(parsed)
	}
	for _, name := range slices.Sorted(maps.Keys(over)) {
		if _, ok := with[name]; !ok {
			return Unknown("parameter", e.Name, name, e.parameters())
		}
	}
	return nil
}

// Values are parameters as what they are, numbers as numbers. What is out of
// range is left out.
func (e Entry) Values(with With) map[string]any {
	all := map[string]any{}
	for _, p := range e.Parameters {
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
	return e.build(s), nil
}

// bug finds a bug by name; no name is no bug.
func (e Entry) bug(name string) (Bug, error) {
	if name == "" {
		return Bug{}, nil
	}
	for _, b := range e.Bugs {
		if b.Name == name {
			return b, nil
		}
	}
	return Bug{}, Unknown("bug", e.Name, name, names(e.Bugs, func(b Bug) string { return b.Name }))
}

// fix finds a fix by name; no name is no fix.
func (e Entry) fix(name string) (Fix, error) {
	if name == "" {
		return Fix{}, nil
	}
	for _, f := range e.Fixes {
		if f.Name == name {
			return f, nil
		}
	}
	return Fix{}, Unknown("fix", e.Name, name, names(e.Fixes, func(f Fix) string { return f.Name }))
}

func (e Entry) parameters() []string {
	return names(e.Parameters, func(p Parameter) string { return p.Name })
}

func names[E any](list []E, name func(E) string) []string {
	all := make([]string, len(list))
	for i, item := range list {
		all[i] = name(item)
	}
	return all
}
