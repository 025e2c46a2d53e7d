package viewer

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
)

// written counts how often the page changes its address.
const written = `window.written = 0; for (const name of ["replaceState", "pushState"]) {
	const of = history[name].bind(history);
	history[name] = (...a) => { window.written++; of(...a); };
}`

// Moving along a long run leaves the address alone, until moving ends or the address is wanted.
func TestLinkFollowsTheRun(t *testing.T) {
	b := open(t, serve(t, explorer.Options{Model: explore.Of(longs()), Open: explorer.Position{Steps: strings.Repeat("Tick See(node=1) ", 614)}}))
	b.want("#place", "state 1229 of 1229")
	b.address()
	b.do(chromedp.Evaluate[chromedp.Void](written))
	const back = `(async () => {
		for (let i = 0; i < 20; i++) {
			const at = document.querySelector("#place").textContent;
			document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
			while (document.querySelector("#place").textContent === at || document.body.classList.contains("waiting")) await new Promise(requestAnimationFrame);
		}
	})()`
	b.do(chromedp.Evaluate[chromedp.Void](back, chromedp.EvalAwaitPromise))
	if n := read[int](t, b, `window.written`); n > 5 {
		t.Errorf("20 moves change the address %d times", n)
	}
	b.until(`location.hash.includes("&at=1209&")`) // by itself

	for what, leave := range map[string]string{
		"the window loses the focus":  `window.dispatchEvent(new Event("blur"))`,
		"the page is left":            `window.dispatchEvent(new PageTransitionEvent("pagehide"))`,
		"the page is hidden":          `document.dispatchEvent(new Event("visibilitychange"))`,
		"the pointer leaves the page": `document.documentElement.dispatchEvent(new MouseEvent("mouseleave"))`,
		"a key of the browser":        `document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "l", ctrlKey: true, bubbles: true }))`,
	} {
		const step = `document.querySelector("#back").click(); `
		got := read[string](t, b, step+leave+`; document.querySelector("#place").textContent + " " + /&at=\d+/.exec(location.hash)[0]`)
		at := read[string](t, b, `/&at=(\d+)/.exec(location.hash)[1]`)
		b.settled()
		b.want("#place", "state "+at+" of 1229")
		if !strings.HasSuffix(got, "&at="+at) {
			t.Errorf("%s: the link is %s", what, got)
		}
		b.address()
		if now := read[string](t, b, `/&at=(\d+)/.exec(location.hash)[1]`); now != at {
			t.Errorf("%s: the link was at %s; want %s", what, at, now)
		}
	}
}

// The entries of the history keep where the run was when each was left.
func TestHistoryKeepsPlaces(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{})))
	b.press("1")
	b.press("1")
	b.press(kb.ArrowLeft)
	b.press("d") // a copy, as an entry of its own
	b.want("[aria-label='which run'] option", "run 1|run 2")
	b.do(chromedp.Evaluate[chromedp.Void](`history.back()`))
	b.until(`!document.querySelector("[aria-label='which run']")`)
	b.settled()
	b.want("#place", "state 2 of 3")
}
