package exit_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
)

func TestMessageAndHint(t *testing.T) {
	unknown := catalog.Unknown("bug", "lock", "nowait", []string{"no-wait", "recount"})
	for _, c := range []struct {
		err           error
		message, hint string
	}{
		{errors.New("the disk is full"), "the disk is full", ""},
		{errors.New("two\nlines"), "two; lines", ""},
		{exit.Errorf("--walks %d: want more", 0), "--walks 0: want more", ""},
		{exit.WithHint("which file?", "- is standard input"), "which file?", "- is standard input"},
		{fmt.Errorf("step 2: %w", exit.WithHint("no", "Tick is possible")), "step 2: no", "Tick is possible"},
		{unknown, `lock has no bug "nowait"; did you mean no-wait?`, "there are no-wait, recount"},
		{fmt.Errorf("here: %w", unknown), `here: lock has no bug "nowait"; did you mean no-wait?`, "there are no-wait, recount"},
		{catalog.Unknown("fix", "lock", "x", nil), `lock has no fix "x"`, "there is no fix"},
	} {
		if got := exit.Message(c.err); got != c.message {
			t.Errorf("message %q; want %q", got, c.message)
		}
		if got := exit.Hint(c.err); got != c.hint {
			t.Errorf("hint of %q: %q; want %q", c.message, got, c.hint)
		}
	}
}

func TestStatus(t *testing.T) {
	if got := exit.Status(fmt.Errorf("lease: %w", exit.ErrInterrupted)); got != exit.Incomplete {
		t.Errorf("an interrupt has status %d", got)
	}
	if got := exit.Status(errors.New("no such file")); got != exit.Misuse {
		t.Errorf("another error has status %d", got)
	}
}
