package catalog

import (
	"fmt"
	"reflect"
)

// None is what a Config field holds for a parameter that is to be zero: in a
// Config, as in any Go struct, zero means the default.
const None = -1

// Settle returns the Config with its defaults filled in: a field that is zero
// gets its default, a field that is [None] gets zero (unless the parameter may
// be negative: then zero is the default, and -1 is -1). It panics when a field
// is out of its range; the command line checks before.
func Settle[C any](c C) C {
	v := reflect.ValueOf(&c).Elem()
	for _, p := range mustParameters(v.Type()) {
		f := v.Field(p.field)
		value, err := p.Parse(p.settle(f))
		if err != nil {
			panicf("%v", err)
		}
		f.Set(reflect.ValueOf(value))
	}
	return c
}

// mustParameters is for a Config that is in use: it panics when it cannot be one.
func mustParameters(config reflect.Type) []Parameter {
	list, err := parametersOf(config)
	if err != nil {
		panicf("%v", err)
	}
	return list
}

// settle is what a field means, as text.
func (p Parameter) settle(f reflect.Value) string {
	switch {
	case f.IsZero():
		return p.Default
	case p.zeroIsNone() && f.Int() == None:
		return "0"
	}
	return fmt.Sprint(f.Interface())
}

// zeroIsNone: zero is written as None in a Config.
func (p Parameter) zeroIsNone() bool { return p.Type == "int" && p.Min >= 0 }

// configure makes the Config that, once settled, has these settings, which are
// complete and in range.
func configure[C any](s Settings) C {
	var c C
	v := reflect.ValueOf(&c).Elem()
	for _, p := range mustParameters(v.Type()) {
		value := s.With[p.Name]
		if p.zeroIsNone() && value == "0" {
			v.Field(p.field).SetInt(None)
			continue
		}
		parsed, _ := p.Parse(value) // Open did so before
		v.Field(p.field).Set(reflect.ValueOf(parsed))
	}
	if hasBug(v.Type()) {
		v.FieldByName("Bug").SetString(s.Bug)
	}
	return c
}

// hasBug: the Config has a field for the seeded bug.
func hasBug(config reflect.Type) bool {
	f, ok := config.FieldByName("Bug")
	return ok && f.Type == reflect.TypeFor[string]()
}
