package conform

import (
	"context"
	"strings"
)

// TB is the part of testing.TB that tests of logs need.
type TB interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
	Log(args ...any)
}

// Accepts fails the test unless the model has a run that matches the logs, and unless the
// run violates no property of states and steps. It prints the report, and with -v also that
// of a log that is accepted. The files are those of one run: one file, or one for each node.
func Accepts[S any](t TB, l Log[S], files ...string) {
	t.Helper()
	logs, err := Files(files...)
	if err != nil {
		t.Fatal(err)
	}
	accepts(t, l, logs)
}

// AcceptsRecorded is Accepts of the logs that a [Recorder] has recorded.
func AcceptsRecorded[S any](t TB, l Log[S], recorded *Recorder) {
	t.Helper()
	accepts(t, l, recorded.Logs())
}

func accepts[S any](t TB, l Log[S], logs []Input) {
	t.Helper()
	r, err := Check(t.Context(), l, logs, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	r.WriteText(&text)
	if r.Verdict != Accepted || len(r.Violations) > 0 {
		t.Fatal("\n" + text.String())
	}
	t.Log("\n" + text.String())
}
