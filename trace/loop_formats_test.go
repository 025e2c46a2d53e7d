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
