package viewer

import (
	"context"
	"errors"
	"flag"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
)

var pictures = flag.String("pictures", "", "put a picture of the page in each size and colour into this directory")

// page writes the page of a counterexample and returns its address.
func page(t *testing.T) string { return pageOf(t, "lease", "no-check") }

// pages writes the pages of various counterexamples: with small tables, with a table that
// is too wide for a window, with a fault, and with a loop.
func pages(t *testing.T) map[string]string {
	return map[string]string{
		"small": page(t), "wide": pageOf(t, "migration", "skip-transfer"),
		"fault": pageOf(t, "lease", "stale-clock"), "loop": pageOf(t, "lease", "grudge"),
	}
}

func pageOf(t *testing.T, model, bug string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "trace.html")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	status := command.Main([]string{"check", model, "--bug", bug, "--format", "html"}, f, os.Stderr, models.All...)
	if status != 1 {
		t.Fatalf("mc check ended with %d; want 1", status)
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}

// browser starts a browser.
func browser(t *testing.T) context.Context {
	t.Helper()
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); errors.Is(err, exec.ErrNotFound) {
		t.Skip("there is no Chromium here")
	} else if err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// do runs actions of the browser that must succeed.
func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// read returns the result of a script on the page.
func read[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// shown returns the heading of the selected step, which must be the only one shown.
const shown = `[...document.querySelectorAll("section")].filter(s => s.offsetParent).map(s => s.querySelector("h2").innerText.replace(/\s+/g, " ")).join("|")`

func wantShown(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	if got := read[string](t, ctx, shown); got != want {
		t.Errorf("it shows %q; want %q", got, want)
	}
}

const (
	first  = "1 Init"
	second = "2 Acquire(node=0, actor=0)"
	third  = "3 Acquire(node=1, actor=0)"
)

func TestKeysStepThroughTheTrace(t *testing.T) {
	ctx := browser(t)
	address := page(t)
	do(t, ctx, chromedp.Navigate(address))
	wantShown(t, ctx, first)
	for _, press := range []struct{ key, want string }{
		{kb.ArrowLeft, first}, {kb.ArrowRight, second}, {kb.ArrowDown, third}, {kb.ArrowRight, third},
		{kb.ArrowUp, second}, {kb.ArrowLeft, first}, {kb.End, third}, {kb.Home, first},
	} {
		do(t, ctx, chromedp.KeyEvent(press.key))
		wantShown(t, ctx, press.want)
	}
	do(t, ctx, chromedp.Click("#on"))
	wantShown(t, ctx, second)
	do(t, ctx, chromedp.Click(`a[href="#step-3"]`))
	wantShown(t, ctx, third)
	if got := read[string](t, ctx, `document.getElementById("place").innerText`); got != "step 3 of 3" {
		t.Errorf("the place is %q", got)
	}
	do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#2"))
	wantShown(t, ctx, second)
	if got := read[string](t, ctx, `performance.getEntriesByType("resource").map(e => e.name).join()`); got != "" {
		t.Errorf("the page loads %s", got)
	}
}

func TestDifferencesAreHighlighted(t *testing.T) {
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(page(t)), chromedp.KeyEvent(kb.End))
	got := read[string](t, ctx, `[...document.querySelectorAll("section.shown :is(td, .row).changed")].map(r => (r.dataset.column || "") + " " + r.innerText.replace(/\s+/g, " ")).join("; ")`)
	if want := "Holder node 0 → node 1; Token 1 → 2; Beliefs [0].Expiry 0 → 2 [{Expiry:2 Token:0} {} {}]"; got != want {
		t.Errorf("what changed is %q; want %q", got, want)
	}
	colours := `(c => getComputedStyle(document.querySelector("section.shown " + c)).backgroundColor)`
	if read[string](t, ctx, colours+`("td.changed")`) == read[string](t, ctx, colours+`("td:not(.changed)")`) {
		t.Error("what changed looks like the rest")
	}
}

func TestReadableOnAPhone(t *testing.T) {
	ctx := browser(t)
	for name, address := range pages(t) {
		do(t, ctx, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile), chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#3"))
		if width := read[int](t, ctx, `document.documentElement.scrollWidth`); width > 360 {
			t.Errorf("%s: it is %d wide", name, width)
		}
		small := read[int](t, ctx, `[...document.querySelectorAll("section.shown *, aside *")].filter(e => parseFloat(getComputedStyle(e).fontSize) < 12).length`)
		if small > 0 {
			t.Errorf("%s: %d texts are too small", name, small)
		}
		if cut := read[string](t, ctx, cutOff); cut != "" {
			t.Errorf("%s: too wide: %s", name, cut)
		}
		if h := read[float64](t, ctx, `document.getElementById("on").getBoundingClientRect().height`); h < 44 {
			t.Errorf("%s: a button is %v high: too small for a finger", name, h)
		}
	}
}

// cutOff lists parts that need scrolling sideways.
const cutOff = `[...document.querySelectorAll("section.shown dd, aside")].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText).join("; ")`

func TestTablesFitAWindow(t *testing.T) {
	ctx := browser(t)
	for name, address := range pages(t) {
		do(t, ctx, chromedp.EmulateViewport(1200, 900), chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#3"))
		if cut := read[string](t, ctx, cutOff); cut != "" {
			t.Errorf("%s: too wide: %s", name, cut)
		}
	}
}

func TestLoopShowsWhyItIsFair(t *testing.T) {
	ctx := browser(t)
	do(t, ctx, chromedp.Navigate(pages(t)["loop"]))
	got := read[string](t, ctx, `[...document.querySelectorAll("aside")].map(a => a.innerText.replace(/\s+/g, " ")).join("; ")`)
	want := "the loop is fair to Acquire strong not enabled in the loop Restart weak not enabled in the loop " +
		"Tick weak not enabled in the loop; enabled in the loop, taken nowhere in it, and owed nothing Unsuspect enabled at 7"
	if got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

// In light and dark mode, text has a contrast of at least 4.5 to 1 (WCAG 2.2).
func TestLightAndDark(t *testing.T) {
	ctx := browser(t)
	all := pages(t)
	for _, scheme := range []string{"light", "dark"} {
		feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
		prefer := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, prefer); err != nil {
			t.Fatal(err)
		}
		for name, address := range all {
			do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#3"))
			back := read[string](t, ctx, `getComputedStyle(document.body).backgroundColor`)
			if isLight := back == "rgb(255, 255, 255)"; isLight != (scheme == "light") {
				t.Errorf("%s: the page is %s", scheme, back)
			}
			if got := read[string](t, ctx, worst); got != "" {
				t.Errorf("%s, %s: too little contrast: %s", name, scheme, got)
			}
			picture(t, ctx, name+"-"+scheme+"-wide.png", 1200, 900)
			picture(t, ctx, name+"-"+scheme+"-phone.png", 390, 844)
		}
	}
}

// worst lists texts whose contrast with their background is below 4.5.
const worst = `(() => {
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (c !== "rgba(0, 0, 0, 0)") return c; } };
	return [...document.querySelectorAll("h1, p, pre, code, a, .number, .kind, h2, dt, th, td, .value, del, ins")].filter(e => e.offsetParent).filter(e => {
		const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
		return (a + 0.05) / (b + 0.05) < 4.5;
	}).map(e => e.tagName + "." + e.className + " " + e.innerText).join("; ");
})()`

// picture writes a picture of the page.
func picture(t *testing.T, ctx context.Context, name string, width, height int64) {
	if *pictures == "" {
		return
	}
	do(t, ctx, chromedp.EmulateViewport(width, height))
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, png)
}

func write(t *testing.T, name string, png []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(*pictures, name), png, 0o666); err != nil {
		t.Fatal(err)
	}
}
