package explore

import (
	"bytes"
	"context"
	"fmt"
	"go/format"
	"regexp"
	"strings"
	"unicode"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Reproduce writes the run to a violation as a Go test that calls the real code of the
// model, and nothing of Muster: see package inplace, whose machines have a Source for it.
// The property is one of a report that has a trace.
func Reproduce[S any](ctx context.Context, m *model.Model[S], p PropertyReport) ([]byte, error) {
	return Of(m).Reproduce(ctx, p)
}

// Reproduce writes the run to a violation as a test: see [Reproduce].
func (c Checker) Reproduce(ctx context.Context, p PropertyReport) ([]byte, error) {
	m := c.System
	var sources []model.CodeSource
	for _, code := range m.Code {
		if s := code.Reproduce(); s != nil {
			sources = append(sources, s)
		}
	}
	switch {
	case len(m.Code) == 0:
		return nil, &ModelError{m.Name, "it runs no real code, so there is nothing to reproduce a run with"}
	case len(sources) == 0:
		return nil, &ModelError{m.Name, "none of its machines has a Source, which says how a test calls the code"}
	case p.Trace == nil || p.Trace.Loop > 0:
		return nil, &ModelError{m.Name, p.Name + " has no run of finite length to reproduce"}
	}
	w := &reproduction{sources: sources}
	if err := w.follow(ctx, m, p); err != nil {
		return nil, err
	}
	return w.test(m.Name, p)
}

// reproduction is a test in the making.
type reproduction struct {
	sources []model.CodeSource
	lines   []string
}

// follow takes the steps of the run, and writes down the calls of each.
func (w *reproduction) follow(ctx context.Context, m *system.System, p PropertyReport) error {
	path := newPath(m, m.Actions)
	path.walk.Around = w.watch
	for i, want := range p.Trace.Steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		w.comment(fmt.Sprintf("%d  %s", i+1, want.Label()))
		if err := path.takeStep(i, want); err != nil {
			return err
		}
	}
	if p.Name == Panic {
		w.followPanic(path.walk.Stepper, p)
	}
	return nil
}

// followPanic tries what is possible at the end of the run until the code panics. The
// trace ends in the state before.
func (w *reproduction) followPanic(at *system.Stepper, p PropertyReport) {
	head, _, _ := strings.Cut(p.Detail, " panicked: ")
	for action, o := range at.Ways() {
		if _, _, panicked := at.Try(action, o); panicked {
			var again model.Odometer
			again.Record(o.Answers(nil))
			w.comment(head)
			w.watch(func() { _, _, _ = at.Try(action, &again) })
			return
		}
	}
}

// watch notes what is called while run runs.
func (w *reproduction) watch(run func()) {
	for _, s := range w.sources {
		s.Watch(func(statements string) { w.lines = append(w.lines, statements) })
	}
	defer func() {
		for _, s := range w.sources {
			s.Rest()
		}
	}()
	run()
}

func (w *reproduction) comment(text string) {
	w.lines = append(w.lines, "// "+strings.ReplaceAll(text, "\n", " "))
}

// test is the text of the test.
func (w *reproduction) test(name string, p PropertyReport) ([]byte, error) {
	var b bytes.Buffer
	for _, s := range w.sources {
		if text := strings.TrimSpace(s.Preamble()); text != "" {
			fmt.Fprintf(&b, "%s\n\n", text)
		}
	}
	fmt.Fprintf(&b, "// %s is a run of %s that violates %s", testName(p.Name), name, p.Name)
	if p.Detail != "" {
		fmt.Fprintf(&b, ": %s", strings.ReplaceAll(trace.Escape(p.Detail), "\n", "\n// "))
	}
	fmt.Fprintf(&b, ".\nfunc %s(t *testing.T) {\n%s\n}\n", testName(p.Name), strings.Join(w.lines, "\n"))
	formatted, err := format.Source(withoutNeedlessUses(b.Bytes()))
	if err != nil {
		return nil, &ModelError{name, "the Source of its machines makes a test that is no Go: " + err.Error()}
	}
	return formatted, nil
}

var blankUse = regexp.MustCompile(`(?m)^_ = (\w+)\n`)

// withoutNeedlessUses drops the lines that use a variable for nothing, as far as other lines
// use it: an object that takes no step needs such a line.
func withoutNeedlessUses(text []byte) []byte {
	return blankUse.ReplaceAllFunc(text, func(line []byte) []byte {
		name := blankUse.FindSubmatch(line)[1]
		uses := regexp.MustCompile(`\b`+string(name)+`\b`).FindAllIndex(text, -1)
		if len(uses) > 2 { // one declares it, and one is this line
			return nil
		}
		return line
	})
}

// testName is the name of a test about a property.
func testName(property string) string {
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return r
		}
		return -1
	}, property)
	return "Test" + strings.ToUpper(letters[:min(1, len(letters))]) + letters[min(1, len(letters)):]
}
