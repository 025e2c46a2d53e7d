package viewer

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"github.com/muster-mc/muster/catalog"
)

// painted has a page say when it has painted the first state, in milliseconds since the
// navigation began: in the task after the frame in which the first step that leads on is there.
const painted = `new MutationObserver((_, o) => {
	if (!document.querySelector("#moves")?.firstChild) return;
	o.disconnect();
	requestAnimationFrame(() => {
		const c = new MessageChannel();
		c.port1.onmessage = () => window.paintedAt = performance.now();
		c.port2.postMessage(0);
	});
}).observe(document, { childList: true, subtree: true });`

// How long it takes from the start of a navigation to the paint of the first state, beside a
// page that has nothing but one line: the browser's own share. Each page is the first one of
// a browser some times, and one of many in a warm browser. The times are logged, and not
// asserted.
//
//	go test -run TestFirstPage -v .
func TestFirstPage(t *testing.T) {
	line := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!DOCTYPE html><title>a line</title><ol id="moves"><li>a step</li></ol>`)
	}))
	defer line.Close()
	pages := []struct{ name, link string }{
		{"a page of one line", line.URL},
		{"the explorer of lease", serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"}))},
	}
	fresh, warm := make([][]float64, len(pages)), make([][]float64, len(pages))
	for range 3 {
		for i, p := range pages {
			fresh[i] = append(fresh[i], paints(t, observed(t), p.link))
		}
	}
	b := observed(t)
	for n := range 13 {
		for i, p := range pages {
			took := paints(t, b, p.link)
			if n > 0 {
				warm[i] = append(warm[i], took)
			}
		}
	}
	for i, p := range pages {
		slices.Sort(fresh[i])
		slices.Sort(warm[i])
		t.Logf("%s: in a fresh browser %.0f ms (%.0f to %.0f), in a warm one %.0f ms (%.0f to %.0f)", p.name,
			fresh[i][1], fresh[i][0], fresh[i][2], warm[i][len(warm[i])/2], warm[i][0], warm[i][len(warm[i])-1])
	}
}

// observed is a browser whose pages say when they are painted.
func observed(t *testing.T) *tab {
	t.Helper()
	b := &tab{browser(t), t}
	b.resize(1280, 900)
	if _, err := chromedp.Call(b, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: painted}); err != nil {
		t.Fatal(err)
	}
	return b
}

// paints goes to a page, and returns how long it took until it was painted.
func paints(t *testing.T, b *tab, link string) float64 {
	t.Helper()
	b.do(chromedp.Navigate(link))
	b.until(`window.paintedAt`)
	return read[float64](t, b, `window.paintedAt`)
}
