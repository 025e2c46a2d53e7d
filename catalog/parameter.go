package catalog

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Parameter is one setting of a model: a field of its Config with these tags.
//
//	Nodes  int    `flag:"nodes" default:"2" min:"1" max:"4" help:"nodes that compete"`
//	Skewed bool   `flag:"skewed" help:"let clocks run apart"`
//	Fence  string `flag:"fence" default:"none" oneof:"none token self" help:"who stops a stale writer"`
//
// A parameter has the type int, bool or string. An int needs a range, and a string a
// list of words. A bool is false unless the default says otherwise:
//
//	Fence bool `flag:"fence" default:"true" help:"compare tokens"` // --fence=false
//
// Go cannot tell such a field that was left out from one that is false. So a Config that
// has one is not for [Settle]: the constructor takes it as it is, the catalogue gives it
// a value for every field, and users of the library begin with [Defaults]. A *bool whose
// default is true may be settled. Nil then means the default, and Settle leaves no nil:
//
//	Fence *bool `flag:"fence" default:"true" help:"compare tokens"` // in Go, new(false)
//
// A field named Bug has the name of the seeded bug and needs no tag.
type Parameter struct {
	Name    string
	Help    string
	Default string
	Min     int      // of an int
	Max     int      // of an int
	OneOf   []string // of a string
	Type    string   // int, bool or string

	field     int
	isPointer bool // the field is a *bool
}

// Range describes the permitted values in words.
func (p Parameter) Range() string {
	switch p.Type {
	case "int":
		return fmt.Sprintf("a number from %d to %d", p.Min, p.Max)
	case "bool":
		return "true or false"
	}
	return "one of " + strings.Join(p.OneOf, ", ")
}

// Check reports whether the parameter permits the value.
func (p Parameter) Check(value string) error {
	_, err := p.Parse(value)
	return err
}

// Parse reads a value as the parameter's type: an int, a bool or a string. The
// error is a [RangeError].
func (p Parameter) Parse(value string) (any, error) {
	switch p.Type {
	case "int":
		if n, err := strconv.Atoi(value); err == nil && p.Min <= n && n <= p.Max {
			return n, nil
		}
	case "bool":
		if b, err := strconv.ParseBool(value); err == nil {
			return b, nil
		}
	case "string":
		if slices.Contains(p.OneOf, value) {
			return value, nil
		}
	}
	return nil, &RangeError{p, value}
}

// parametersOf reads the parameters from the tags of a Config type.
func parametersOf(config reflect.Type) ([]Parameter, error) {
	if config.Kind() != reflect.Struct {
		return nil, fmt.Errorf("the Config %s is no struct", config)
	}
	var list []Parameter
	for i := range config.NumField() {
		f := config.Field(i)
		if f.Tag.Get("flag") == "" {
			continue
		}
		p, err := parameterOf(i, f)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, nil
}

// parameterOf reads a parameter from the tags of the i-th field. The error says why
// the field cannot be a parameter.
func parameterOf(i int, f reflect.StructField) (Parameter, error) {
	p := Parameter{
		Name: f.Tag.Get("flag"), Help: f.Tag.Get("help"), Default: f.Tag.Get("default"),
		Type: strings.TrimPrefix(f.Type.String(), "*"), OneOf: strings.Fields(f.Tag.Get("oneof")),
		field: i, isPointer: f.Type == reflect.TypeFor[*bool](),
	}
	isPlain := f.Type.Kind() != reflect.Pointer || p.isPointer
	switch {
	case p.Type == "int" && isPlain:
		var err error
		if p.Min, err = number(f, "min"); err != nil {
			return p, err
		}
		if p.Max, err = number(f, "max"); err != nil {
			return p, err
		}
	case p.Type == "bool":
		p.Default = cmp.Or(p.Default, "false")
	case p.Type == "string" && isPlain:
	default:
		return p, fmt.Errorf("the Config field %s is a %s; want an int, a bool, a *bool or a string", f.Name, f.Type)
	}
	return p, p.validate(f)
}

func (p Parameter) validate(f reflect.StructField) error {
	switch {
	case !f.IsExported():
		return fmt.Errorf("the Config field %s has a flag, but is not exported", f.Name)
	case p.Min < 0 && p.Default != "0":
		return fmt.Errorf("the Config field %s may be negative, so its default must be 0", f.Name)
	}
	if p.Type == "string" && len(p.OneOf) == 0 {
		return fmt.Errorf(`the Config field %s is a string: want its words in the tag oneof, such as oneof:"none all"`, f.Name)
	}
	if err := p.Check(p.Default); err != nil {
		return fmt.Errorf("the Config field %s: the default is out of range: %w", f.Name, err)
	}
	return nil
}

func number(f reflect.StructField, tag string) (int, error) {
	n, err := strconv.Atoi(f.Tag.Get(tag))
	if err != nil {
		return 0, fmt.Errorf("the Config field %s: the tag %s must be a number", f.Name, tag)
	}
	return n, nil
}

// None in a field of a Config sets the parameter to zero. A zero in the field means
// the default.
const None = -1

// Settle returns a Config with its defaults filled in: a field that is zero gets its
// default, and a field that is [None] becomes zero. A parameter that may be negative
// has the default zero, so its field is left alone. Settle panics if a field is out of
// range; the command line checks ranges first. It panics too if a plain bool of the Config
// is true by default: see [Parameter].
func Settle[C any](c C) C {
	settle(reflect.ValueOf(&c).Elem())
	return c
}

// settle is Settle on a Config that can be set. It has no type parameter, as everything
// that reflection does here, so that it is compiled once and not for every Config.
func settle(v reflect.Value) {
	list := mustParameters(v.Type())
	if i := slices.IndexFunc(list, Parameter.isTrueUnlessSet); i >= 0 {
		panicf("%s cannot be settled, for the bool --%s is true by default, and false could mean that it was left out: "+
			"do without Settle, and begin with catalog.Defaults in Go; or make it a *bool", v.Type(), list[i].Name)
	}
	for _, p := range list {
		f := v.Field(p.field)
		value, err := p.Parse(p.settled(f))
		if err != nil {
			panicf("%v", err)
		}
		p.put(f, value)
	}
}

// Defaults returns the Config in which every parameter has its default, for users of the
// library who change some of them:
//
//	c := catalog.Defaults[fenced.Config]()
//	c.Fence = false
//	m := fenced.New(c)
func Defaults[C any]() C {
	var c C
	putDefaults(reflect.ValueOf(&c).Elem())
	return c
}

func putDefaults(v reflect.Value) {
	for _, p := range mustParameters(v.Type()) {
		value, _ := p.Parse(p.Default) // a parameter permits its default
		p.put(v.Field(p.field), value)
	}
}

// isTrueUnlessSet reports whether the zero of the parameter's field is a value other than
// the default.
func (p Parameter) isTrueUnlessSet() bool {
	return p.Type == "bool" && p.Default == "true" && !p.isPointer
}

// put sets the field of a Config.
func (p Parameter) put(f reflect.Value, value any) {
	if p.isPointer {
		value = new(value.(bool))
	}
	f.Set(reflect.ValueOf(value))
}

// mustParameters is parametersOf, with a panic in place of the error.
func mustParameters(config reflect.Type) []Parameter {
	list, err := parametersOf(config)
	if err != nil {
		panicf("%v", err)
	}
	return list
}

// settled returns the value that a field of a Config stands for, as text.
func (p Parameter) settled(f reflect.Value) string {
	switch {
	case f.IsZero():
		return p.Default
	case p.zeroIsNone() && f.Int() == None:
		return "0"
	case p.isPointer:
		f = f.Elem()
	}
	return fmt.Sprint(f.Interface())
}

// zeroIsNone reports whether None stands for zero in the parameter's field.
func (p Parameter) zeroIsNone() bool { return p.Type == "int" && p.Min >= 0 }

// configure is the inverse of Settle: it returns a Config for settings that are
// complete and in range.
func configure[C any](s Settings) C {
	var c C
	putSettings(reflect.ValueOf(&c).Elem(), s)
	return c
}

// putSettings sets the fields of a Config. A Config that is not to be settled has no use
// for None.
func putSettings(v reflect.Value, s Settings) {
	list := mustParameters(v.Type())
	isSettled := !slices.ContainsFunc(list, Parameter.isTrueUnlessSet)
	for _, p := range list {
		value := s.With[p.Name]
		if isSettled && p.zeroIsNone() && value == "0" {
			v.Field(p.field).SetInt(None)
			continue
		}
		parsed, _ := p.Parse(value) // Open has checked the value
		p.put(v.Field(p.field), parsed)
	}
	if hasBug(v.Type()) {
		v.FieldByName("Bug").SetString(s.Bug)
	}
}

// hasBug reports whether the Config has a field for the seeded bug.
func hasBug(config reflect.Type) bool {
	f, ok := config.FieldByName("Bug")
	return ok && f.Type == reflect.TypeFor[string]()
}
