package catalog

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// details are what an entry consists of. To find them out takes reflection, and
// to check them is to complete the settings of every bug and fix.
type details struct {
	name       string // the entry's
	parameters []Parameter
	bugs       []Bug
	fixes      []Fix
}

// detailsOf panics when the entry cannot work.
func detailsOf(name string, config reflect.Type, variants []Variant) *details {
	parameters, err := parametersOf(config)
	d := &details{name: name, parameters: parameters}
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

// complete gives every parameter a value.
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
		if err := d.lay(with, layer); err != nil {
			return nil, err
		}
	}
	return with, nil
}

// lay sets over what is there, and writes each value the one way.
func (d *details) lay(with, over With) error {
	for _, p := range d.parameters { // in their order, so that of two errors it is always the same
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

// bug finds a bug by name; no name is no bug.
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

// fix finds a fix by name; no name is no fix.
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
