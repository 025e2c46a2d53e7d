package catalog

import (
	"fmt"
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
