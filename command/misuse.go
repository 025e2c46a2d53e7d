package command

import (
	"errors"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
)

// misuse is an error in the command line: one line that says what is wrong,
// and perhaps one that helps.
type misuse struct{ problem, hint string }

func (e misuse) Error() string { return e.problem }

func misusef(format string, args ...any) error {
	return misuse{problem: fmt.Sprintf(format, args...)}
}

// message is what an error says on the first line.
func message(err error) string {
	var unknown *catalog.UnknownError
	text := strings.ReplaceAll(err.Error(), "\n", "; ")
	if errors.As(err, &unknown) {
		text = strings.TrimRight(strings.TrimSuffix(text, unknown.Choices()), "; ")
	}
	return text
}

// hintOf is what an error says on the second line, or nothing.
func hintOf(err error) string {
	var unknown *catalog.UnknownError
	if errors.As(err, &unknown) {
		return unknown.Choices()
	}
	var m misuse
	errors.As(err, &m)
	return m.hint
}
