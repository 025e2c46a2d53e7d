package catalog

import (
	"fmt"
	"strings"
)

// RangeError is a setting that its parameter does not permit.
type RangeError struct {
	Parameter Parameter
	Got       string
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("--%s %s: want %s", e.Parameter.Name, e.Got, e.Parameter.Range())
}

// UnknownError is a name that nothing has.
type UnknownError struct {
	What    string   // what was looked for: model, bug
	Of      string   // whose it would be: the model that has no such bug, or ""
	Got     string   // the name that nothing has
	Nearest string   // the known name that was probably meant, or ""
	Known   []string // what there is
}

// Unknown makes an UnknownError, and finds the nearest name.
func Unknown(what, of, got string, known []string) *UnknownError {
	return &UnknownError{What: what, Of: of, Got: got, Nearest: nearest(got, known), Known: known}
}

func (e *UnknownError) Error() string {
	if e.Nearest != "" {
		return e.Problem() + " " + e.Choices() // a question, and what else there is
	}
	return e.Problem() + "; " + e.Choices()
}

// Problem says what is wrong: the first half of the error.
func (e *UnknownError) Problem() string {
	s := fmt.Sprintf("no %s %q", e.What, e.Got)
	if e.Of != "" {
		s = e.Of + " has " + s
	}
	if e.Nearest != "" {
		s += fmt.Sprintf("; did you mean %s?", e.Nearest)
	}
	return s
}

// Choices says what there is: the second half of the error.
func (e *UnknownError) Choices() string {
	switch len(e.Known) {
	case 0:
		return "there is no " + e.What
	case 1:
		return "there is only " + e.Known[0]
	}
	return "there are " + strings.Join(e.Known, ", ")
}
