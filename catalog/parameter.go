package catalog

import (
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
// Fields of type int, bool and string are settings. An int needs a range, a
// string the words it may be; a bool is false unless it is set. A field named
// Bug holds the name of the seeded bug and needs no tag.
type Parameter struct {
	Name    string
	Help    string
	Default string
	Min     int      // of an int
	Max     int      // of an int
	OneOf   []string // of a string
	Type    string   // int, bool or string

	field int
}

// Range says in words what a parameter permits.
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

// parametersOf reads the tags of a Config type.
func parametersOf[C any]() []Parameter {
	t := reflect.TypeFor[C]()
	if t.Kind() != reflect.Struct {
		panicf("Config %s is no struct", t)
	}
	var list []Parameter
	for i := range t.NumField() {
		if f := t.Field(i); f.Tag.Get("flag") != "" {
			list = append(list, parameterOf(i, f))
		}
	}
	return list
}

func parameterOf(i int, f reflect.StructField) Parameter {
	p := Parameter{
		Name: f.Tag.Get("flag"), Help: f.Tag.Get("help"), Default: f.Tag.Get("default"),
		Type: f.Type.String(), OneOf: strings.Fields(f.Tag.Get("oneof")), field: i,
	}
	switch p.Type {
	case "int":
		p.Min, p.Max = number(f, "min"), number(f, "max")
	case "bool":
		p.Default = "false" // as the zero Config has it
	case "string":
	default:
		panicf("Config field %s is a %s; want an int, a bool or a string", f.Name, f.Type)
	}
	p.validate(f)
	return p
}

func (p Parameter) validate(f reflect.StructField) {
	switch {
	case !f.IsExported():
		panicf("Config field %s has a flag, but is not exported", f.Name)
	case p.Type == "bool" && f.Tag.Get("default") == "true":
		panicf("Config field %s is a bool that is true by default; name it for its opposite", f.Name)
	case p.Min < 0 && p.Default != "0":
		panicf("Config field %s may be negative, so its default must be 0", f.Name)
	}
	if err := p.Check(p.Default); err != nil {
		panicf("Config field %s: the default is out of range: %v", f.Name, err)
	}
}

func number(f reflect.StructField, tag string) int {
	n, err := strconv.Atoi(f.Tag.Get(tag))
	if err != nil {
		panicf("Config field %s: the tag %s must be a number", f.Name, tag)
	}
	return n
}

func panicf(format string, args ...any) {
	panic("catalog: " + fmt.Sprintf(format, args...))
}
