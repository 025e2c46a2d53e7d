package viewer

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/model"
)

// long is a state of a run that goes on for a long time.
type long struct {
	Clock uint16
	Nodes [4]struct{ Seen, Term uint16 }
}

func longs() *model.Model[long] {
	return &model.Model[long]{
		Name: "long",
		Actions: []model.Action[long]{
			{Name: "Tick", Do: func(s *long, _ *model.Choice) bool { s.Clock++; return true }},
			{Name: "See", Do: func(s *long, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", 4)]
				if n.Seen == s.Clock {
					return false
				}
				n.Seen = s.Clock
				n.Term++
				return true
			}},
		},
		Properties: []model.Property[long]{model.Always("Bounded", func(s *long) bool { return s.Clock < 60000 })},
	}
}

// large is a state of ten thousand values.
type large struct {
	Count uint16
	Cells [2500]struct{ A, B, C, D uint16 }
}

func larges() *model.Model[large] {
	return &model.Model[large]{
		Name: "large",
		Init: func(s *large, _ *model.Choice) bool {
			for i := range s.Cells {
				s.Cells[i].A, s.Cells[i].D = uint16(i), uint16(i*7)
			}
			return true
		},
		Actions: []model.Action[large]{{Name: "Set", Do: func(s *large, c *model.Choice) bool {
			at := c.Int("at", 4)*800 + 7
			s.Cells[at].B++
			s.Count++
			return true
		}}},
		Properties: []model.Property[large]{model.Always("Bounded", func(s *large) bool { return s.Count < 60000 })},
	}
}

// timed presses a key some times, and logs how long the slowest and the median took, until
// the page shows the new state.
func (b *tab) timed(what, key string, times int) {
	b.t.Helper()
	script := fmt.Sprintf(`(async () => {
		const took = [], shown = () => document.querySelector("#place-heading").textContent;
		for (let i = 0; i < %d; i++) {
			const before = shown(), start = performance.now();
			document.body.dispatchEvent(new KeyboardEvent("keydown", { key: %q, bubbles: true }));
			while (shown() === before || document.body.classList.contains("waiting")) await new Promise(r => setTimeout(r));
			document.body.offsetHeight; // the layout too
			took.push(performance.now() - start);
		}
		took.sort((x, y) => x - y);
		return "median " + took[took.length >> 1].toFixed(0) + " ms, slowest " + took[took.length - 1].toFixed(0) + " ms";
	})()`, times, key)
	got, err := chromedp.Run(b, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Logf("%s: %s", what, got)
}

// Times are logged, and not asserted: machines differ.
func TestSpeed(t *testing.T) {
	began := time.Now()
	link := serve(t, explorer.Options{Model: explore.Of(longs()), Open: explorer.Position{Steps: strings.Repeat("Tick See(node=1) ", 1000)}})
	t.Logf("the server is there after %v", time.Since(began))
	b := open(t, link)
	b.until(`document.querySelector("#place").innerText === "state 2001 of 2001"`)
	t.Logf("a run of 2,001 states is there after %.0f ms", read[float64](t, b, `performance.now()`))
	b.want("#steps .more", "1,601 earlier steps")
	b.timed("back in 2,001 states", "ArrowLeft", 30)
	b.timed("on again", "ArrowRight", 30)
	b.timed("a step more", "1", 30)
	b.press(kb.Home)
	b.timed("on from the first state", "ArrowRight", 30)

	l := open(t, serve(t, explorer.Options{Model: explore.Of(larges())}))
	t.Logf("a state of 10,001 values is there after %.0f ms", read[float64](t, l, `performance.now()`))
	l.timed("a step of 10,001 values", "1", 10)
	l.timed("back", "ArrowLeft", 5)
	if n := read[int](t, l, `document.querySelectorAll("#tree *").length`); n > 3000 {
		t.Errorf("the tree has %d elements at once", n)
	}
	sizes := read[string](t, b, `performance.getEntriesByType("resource").filter(e => e.name.includes("/page/")).map(e => e.name.split("/").pop() + " " + e.decodedBodySize).join(", ")`)
	t.Logf("the page loads %s", sizes)
	p := open(t, serve(t, catalogued(t, "lease", catalog.Settings{})))
	t.Logf("the page of lease is there after %.0f ms", read[float64](t, p, `performance.now()`))
}
