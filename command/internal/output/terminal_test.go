package output

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func TestStyle(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	for _, c := range []struct {
		interactive bool
		color       string
		want        Style
	}{
		{true, "auto", true}, {true, "always", true}, {true, "never", false},
		{false, "auto", false}, {false, "always", true}, {false, "never", false},
	} {
		if got := (&Terminal{Interactive: c.interactive}).Style(c.color); got != c.want {
			t.Errorf("%+v: got %v", c, got)
		}
	}
	t.Setenv("NO_COLOR", "1")
	if (&Terminal{Interactive: true}).Style("auto") || !(&Terminal{}).Style("always") {
		t.Error("NO_COLOR decides, and only where --color does not")
	}
}

func TestABuilderIsNoTerminal(t *testing.T) {
	if got := NewTerminal(new(strings.Builder)); got.Interactive || got.Width != 0 {
		t.Errorf("got %+v", got)
	}
}

// failing is a writer whose writes all fail.
type failing struct{ writes int }

var errFull = errors.New("the disk is full")

func (f *failing) Write([]byte) (int, error) {
	f.writes++
	return 0, errFull
}

func TestTerminalRemembersTheFirstError(t *testing.T) {
	w := new(failing)
	term := NewTerminal(w)
	if _, err := fmt.Fprint(term, "text"); err != errFull {
		t.Errorf("the first write: %v", err)
	}
	if n, err := fmt.Fprint(term, "text"); n != 4 || err != nil {
		t.Errorf("the second write: %d, %v", n, err)
	}
	if term.Err() != errFull || w.writes != 1 {
		t.Errorf("got %v after %d writes", term.Err(), w.writes)
	}
}
