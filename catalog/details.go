package catalog

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// details are the parts of an entry that are computed on demand, since computing them
// takes reflection, and validating them completes the settings of every bug and fix.
type details struct {
	name       string // the entry's
	parameters []Parameter
	bugs       []Bug
	fixes      []Fix

	config reflect.Type // of the constructor
	build  uintptr      // the constructor, see pointerOf
}

// detailsOf returns the details of an entry. It panics if they are invalid.
func detailsOf(name string, config reflect.Type, build uintptr, variants []Variant) *details {
	parameters, err := parametersOf(config)
	d := &details{name: name, parameters: parameters, config: config, build: build}
	for _, v := range variants {
		v.addTo(d)
	}
	if err == nil {
		err = d.validate(hasBug(config))
	}
	if err != nil {
		panicf("%s: %v", name, err)
	}
	return d
}

// complete returns a value for every parameter.
func (d *details) complete(s Settings) (With, error) {
	bug, err := d.bug(s.Bug)
	if err != nil {
		return nil, err
	}
	fix, err := d.fix(s.Fix)
	if err != nil {
		return nil, err
	}
	with := With{}
	for _, p := range d.parameters {
		with[p.Name] = p.Default
	}
	for _, layer := range []With{bug.With, fix.With, s.With} {
		if err := d.overlay(with, layer); err != nil {
			return nil, err
		}
	}
	return with, nil
}

// overlay replaces the values of with by those of over, in canonical form.
func (d *details) overlay(with, over With) error {
	for _, p := range d.parameters { // in their order, so that the first error is deterministic
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
			return Unknown("parameter", d.name, name, d.parameterNames())
		}
	}
	return nil
}

// bug returns the bug with a name, or no bug for the empty name.
func (d *details) bug(name string) (Bug, error) {
	if name == "" {
		return Bug{}, nil
	}
	for _, b := range d.bugs {
		if b.Name == name {
			return b, nil
		}
	}
	return Bug{}, Unknown("bug", d.name, name, names(d.bugs, func(b Bug) string { return b.Name }))
}

// fix returns the fix with a name, or no fix for the empty name.
func (d *details) fix(name string) (Fix, error) {
	if name == "" {
		return Fix{}, nil
	}
	for _, f := range d.fixes {
		if f.Name == name {
			return f, nil
		}
	}
	return Fix{}, Unknown("fix", d.name, name, names(d.fixes, func(f Fix) string { return f.Name }))
}

func (d *details) parameterNames() []string {
	return names(d.parameters, func(p Parameter) string { return p.Name })
}

func names[E any](list []E, name func(E) string) []string {
	all := make([]string, len(list))
	for i, item := range list {
		all[i] = name(item)
	}
	return all
}

const letters = "abcdefghijklmnopqrstuvwxyz0123456789"

// isWord reports whether a name consists of words of letters and digits with single
// dashes between them, so that it needs no quoting on a command line.
func isWord(name string) bool {
	for part := range strings.SplitSeq(name, "-") {
		if part == "" || strings.Trim(part, letters) != "" {
			return false
		}
	}
	return true
}

// isGrouped reports whether a name consists of letters, digits and dashes, with slashes
// after groups.
func isGrouped(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if part == "" || strings.Trim(part, letters+"-") != "" {
			return false
		}
	}
	return true
}

// isReserved reports whether a name is a flag of the command line itself.
func isReserved(name string) bool { return name == "bug" || name == "fix" || name == "help" }

// validate returns an error if the details are invalid.
func (d *details) validate(hasBug bool) error {
	err := cmp.Or(
		validateNames("parameter", d.parameterNames()),
		validateNames("bug", names(d.bugs, func(b Bug) string { return b.Name })),
		validateNames("fix", names(d.fixes, func(f Fix) string { return f.Name })),
	)
	if err != nil {
		return err
	}
	if len(d.bugs) > 0 && !hasBug {
		return errors.New("it has bugs, but its Config has no field Bug of type string")
	}
	return d.validateVariants()
}

func validateNames(what string, names []string) error {
	seen := map[string]bool{}
	for _, name := range names {
		switch {
		case !isWord(name):
			return fmt.Errorf("%s %q: want a name of small letters, digits and dashes", what, name)
		case what == "parameter" && isReserved(name):
			return fmt.Errorf("no parameter can have the name %q", name)
		case seen[name]:
			return fmt.Errorf("there are two of the %s %q", what, name)
		}
		seen[name] = true
	}
	return nil
}

func (d *details) validateVariants() error {
	for _, b := range d.bugs {
		if b.Breaks == "" {
			return fmt.Errorf("bug %s: which property does it break?", b.Name)
		}
		if _, err := d.complete(Settings{Bug: b.Name}); err != nil {
			return fmt.Errorf("bug %s: %w", b.Name, err)
		}
	}
	for _, f := range d.fixes {
		if _, err := d.complete(Settings{Fix: f.Name}); err != nil {
			return fmt.Errorf("fix %s: %w", f.Name, err)
		}
	}
	return nil
}

func panicf(format string, args ...any) {
	panic(&DefinitionError{fmt.Sprintf(format, args...)})
}
