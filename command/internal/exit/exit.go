// Package exit defines how a command ends: with one of the exit statuses, and
// with an error that is printed as one line, perhaps with a hint on a second
// line.
package exit

import (
	"errors"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
)

// The exit statuses. The documentation of package command defines them.
const (
	Holds       = 0
	Violated    = 1
	Misuse      = 2
	Incomplete  = 3
	Interrupted = 130
)

// ErrInterrupted is the error of a command that an interrupt ended. Its status
// is [Incomplete].
var ErrInterrupted = errors.New("interrupted")

// Error is an error in the command line. The problem says what is wrong, and
// the hint, which may be empty, says what helps.
type Error struct{ problem, hint string }

func (e Error) Error() string { return e.problem }

// Hint is what helps, or "".
func (e Error) Hint() string { return e.hint }

// Errorf makes an [Error] without a hint.
func Errorf(format string, args ...any) error {
	return Error{problem: fmt.Sprintf(format, args...)}
}

// WithHint makes an [Error] with a hint.
func WithHint(problem, hint string) error { return Error{problem, hint} }

// Message is the text of an error on one line, without its hint.
func Message(err error) string {
	var unknown *catalog.UnknownError
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	if errors.As(err, &unknown) {
		text = strings.TrimRight(strings.TrimSuffix(text, unknown.Choices()), "; ")
	}
	return text
}

// Hint is the hint of an error, or "". The hint of an unknown name is the list
// of the known ones.
func Hint(err error) string {
	var unknown *catalog.UnknownError
	if errors.As(err, &unknown) {
		return unknown.Choices()
	}
	var hinted interface{ Hint() string }
	if errors.As(err, &hinted) {
		return hinted.Hint()
	}
	return ""
}

// Status is the exit status of an error that ended a command early.
func Status(err error) int {
	if errors.Is(err, ErrInterrupted) {
		return Incomplete
	}
	return Misuse
}
