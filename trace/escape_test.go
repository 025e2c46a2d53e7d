package trace_test

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/trace"
)

func TestEscape(t *testing.T) {
	for in, want := range map[string]string{
		"":                         "",
		"node 1: größer\n\tthan 2": "node 1: größer\n\tthan 2",
		"\x1b[2J":                  `\x1b[2J`,
		"a\rb\x00\u202e\u009b":     `a\rb\x00\u202e\u009b`,
		"\xff'":                    `\xff'`,
	} {
		if got := trace.Escape(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Nothing that a model or a file calls something makes a terminal do anything.
func TestTracesHaveNoControlCharacters(t *testing.T) {
	const evil = "a\x1b]0;b\x07\r"
	var tr trace.Trace
	tr.Append(evil, trace.ArgumentsOf(asked(evil, evil)), trace.ValueOf(&map[string]string{evil: evil}))
	tr.AppendFault(evil, evil, trace.ArgumentsOf(asked(evil, evil)), trace.ValueOf(&map[string]string{evil: "b"}))
	tr.Loop, tr.Fair = 2, []trace.Alibi{{Action: evil, Fairness: evil, Reason: evil}}
	for name, text := range map[string]string{
		"text": tr.String(), "full": textOf(t, &tr, trace.TextOptions{Full: true}), "mermaid": mermaidOf(t, &tr),
	} {
		if i := strings.IndexFunc(text, func(r rune) bool { return r < ' ' && r != '\n' }); i >= 0 {
			t.Errorf("%s: got %q at %d", name, text, i)
		}
	}
}
