package trace_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/muster-mc/muster/trace"
)

// letter is a message as package network shows one.
type letter struct {
	From, To int
	Text     string
}

func (l letter) String() string { return fmt.Sprintf("%d->%d:%s", l.From, l.To, l.Text) }

// mail is a state with messages.
type mail struct {
	N   int
	Net []letter `muster:"unordered"`
}

// mailRun: an answer is sent twice, once delivered and once lost, and a node crashes.
func mailRun() *trace.Trace {
	ask, answer := letter{1, 2, "ask"}, letter{2, 1, "answer"}
	var t trace.Trace
	t.Append("Init", nil, trace.ValueOf(&mail{Net: []letter{ask}}))
	t.Append("Deliver", trace.ArgumentsOf(arguments("message", ask)), trace.ValueOf(&mail{N: 1, Net: []letter{answer}}))
	t.Append("Timeout", trace.ArgumentsOf(arguments("node", 2)), trace.ValueOf(&mail{N: 1, Net: []letter{answer, answer}}))
	t.AppendFault("crash", "Crash", trace.ArgumentsOf(arguments("node", 1)), trace.ValueOf(&mail{N: 2, Net: []letter{answer, answer}}))
	t.AppendFault("loss", "Lose", trace.ArgumentsOf(arguments("lost", answer)), trace.ValueOf(&mail{N: 2, Net: []letter{answer}}))
	t.AppendFault("duplication", "Duplicate", trace.ArgumentsOf(arguments("message", answer)), trace.ValueOf(&mail{N: 3, Net: []letter{answer}}))
	return &t
}

func TestMermaidDrawsMessages(t *testing.T) {
	want := []string{
		"participant p0 as node 1\n    participant p1 as node 2\n",
		"p0->>p1: 2. ask\n",
		"p1->>p1: 3. Timeout(node=2)\n",
		"p0-xp0: 4. Crash(node=1) [fault: crash]\n",
		"p1-xp0: 5. Lose answer [fault: loss]\n",
		"p1->>p0: 6. Duplicate answer [fault: duplication]\n",
	}
	got := mermaidOf(t, mailRun())
	for _, line := range want {
		if !strings.Contains(got, line) {
			t.Errorf("no %q in\n%s", line, got)
		}
	}
}

var svgLines = regexp.MustCompile(`<line class="message" x1="(\d+)" y1="(\d+)" x2="(\d+)" y2="(\d+)"( marker-end)?|<path class="cross" d="M(\d+)`)

// A message is a line from the step that sends it to the step that delivers it.
func TestHTMLDrawsMessages(t *testing.T) {
	page := htmlOf(t, mailRun(), trace.HTMLOptions{})
	var got []string
	for _, m := range svgLines.FindAllStringSubmatch(page, -1) {
		got = append(got, strings.Join(strings.Fields(strings.Join(m[1:], " ")), " "))
	}
	expect(t, strings.Join(got, "\n")+"\n", `
110 48 280 74 marker-end
105
280 74 195 152
190
280 100 110 178 marker-end
`)
	if strings.Contains(htmlOf(t, leaseTrace(), trace.HTMLOptions{}), "<svg") {
		t.Error("a run without messages has a diagram")
	}
}

// A trace from a file is drawn as the run was.
func TestMessagesSurviveJSON(t *testing.T) {
	run := mailRun()
	if got, want := mermaidOf(t, reread(t, run)), mermaidOf(t, run); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := htmlOf(t, reread(t, run), trace.HTMLOptions{}), htmlOf(t, run, trace.HTMLOptions{}); got != want {
		t.Error("the pages differ")
	}
}

func reread(t *testing.T, run *trace.Trace) *trace.Trace {
	t.Helper()
	text, err := json.Marshal(run)
	if err != nil {
		t.Fatal(err)
	}
	var again trace.Trace
	if err := json.Unmarshal(text, &again); err != nil {
		t.Fatal(err)
	}
	return &again
}
