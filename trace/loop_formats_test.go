package trace_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/muster-mc/muster/trace"
)

// goingRound is an infinite run with a loop from its second state.
func goingRound() *trace.Trace {
	t := counting(arguments("node", 0), arguments("node", 1), arguments("node", 0))
	t.Loop = 2
	t.Fair = []trace.Alibi{{Action: "Go(node=1)", Fairness: "weak", Reason: trace.Taken, State: 3}}
	return t
}

// ITF preserves the loop and the reasons why it is fair.
func TestITFOfALoop(t *testing.T) {
	text := itfOf(t, goingRound(), map[string]any{"by": "us"})
	if !strings.Contains(text, "\n  ],\n  \"loop\": 1\n}") {
		t.Errorf("it has no loop:\n%s", text)
	}
	got, meta, err := trace.ReadITF(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if want := goingRound(); got.Loop != want.Loop || !reflect.DeepEqual(got.Fair, want.Fair) {
		t.Errorf("got the loop %d, %v; want %d, %v", got.Loop, got.Fair, want.Loop, want.Fair)
	}
	if _, ok := meta["fair"]; ok || meta["by"] != "us" {
		t.Errorf("got the meta %v", meta)
	}
	for _, loop := range []string{"-1", "4"} {
		bad := strings.Replace(text, `"loop": 1`, `"loop": `+loop, 1)
		if _, _, err := trace.ReadITF(strings.NewReader(bad)); err == nil || err.Error() != "trace: loop: there is no state "+loop {
			t.Errorf("loop %s: got the error %v", loop, err)
		}
	}
	bad := strings.Replace(text, `"fair":[`, `"fair":[7,`, 1)
	if _, _, err := trace.ReadITF(strings.NewReader(bad)); err == nil || !strings.HasPrefix(err.Error(), "trace: fair: ") {
		t.Errorf("got the error %v", err)
	}
}

// The text and the page show why the loop is fair, and the enabled actions without
// fairness. A reason from an old file has its new text.
func TestFairnessOfALoop(t *testing.T) {
	tr := goingRound()
	tr.Fair = append(tr.Fair,
		trace.Alibi{Action: "Rest", Fairness: "strong", Reason: "never enabled"},
		trace.Alibi{Action: "Stop", Fairness: trace.NotOwed, Reason: trace.Enabled, State: 2})
	_, got, _ := strings.Cut(tr.String(), "-- back to 2\n")
	expect(t, got, `

  the loop is fair to
  Go(node=1)  weak    taken at 3
  Rest        strong  not enabled in the loop

  enabled in the loop, taken nowhere in it, and owed nothing
  Stop  enabled at 2
`)
	page := htmlOf(t, tr, trace.HTMLOptions{})
	for _, want := range []string{
		"<h2>the loop is fair to</h2>", "<tr><td>Go(node=1)</td><td>weak</td><td>taken at 3</td></tr>",
		"<tr><td>Rest</td><td>strong</td><td>not enabled in the loop</td></tr>",
		"<h2>enabled in the loop, taken nowhere in it, and owed nothing</h2>", "<tr><td>Stop</td><td>enabled at 2</td></tr>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in the page", want)
		}
	}
}

// A diagram and a page show the start and the end of the loop.
func TestMarksOfALoop(t *testing.T) {
	stays := goingRound()
	stays.Loop = stays.Length
	for _, c := range []struct {
		run  *trace.Trace
		want []string
	}{
		{goingRound(), []string{"from here on, for ever:", "back to 2"}},
		{stays, []string{"stutters here for ever"}},
		{counting(arguments("node", 0)), nil},
	} {
		var page strings.Builder
		if err := c.run.HTML(&page, trace.HTMLOptions{}); err != nil {
			t.Fatal(err)
		}
		diagram := mermaidOf(t, c.run)
		for _, mark := range []string{"from here on, for ever:", "back to 2", "stutters here for ever"} {
			want := 0
			for _, w := range c.want {
				if w == mark {
					want = 1
				}
			}
			if got := strings.Count(diagram, ": "+mark+"\n"); got != want {
				t.Errorf("the diagram says %q %d times, want %d:\n%s", mark, got, want, diagram)
			}
			if got := strings.Count(page.String(), `<p class="loop">`+mark+"</p>"); got != want {
				t.Errorf("the page says %q %d times, want %d", mark, got, want)
			}
		}
	}
}
