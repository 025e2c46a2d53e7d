package viewer

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/models"
)

// serve serves the explorer of a model until the test ends, and returns the link.
func serve(t *testing.T, o explorer.Options) string {
	t.Helper()
	return serveWith(t, o, nil)
}

// serveWith is serve with what a comparison with logs has found, if it is not nil.
func serveWith(t *testing.T, o explorer.Options, log *conform.Report) string {
	t.Helper()
	s, err := explorer.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if log != nil {
		if err := s.FollowLog(t.Context(), log); err != nil {
			t.Fatal(err)
		}
	}
	l, err := explorer.Listen("")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		s.Close()
	})
	return s.Link(l.Addr())
}

// catalogued are the options of a model of the catalogue.
func catalogued(t *testing.T, name string, s catalog.Settings) explorer.Options {
	t.Helper()
	for _, e := range models.All {
		if e.Name != name {
			continue
		}
		m, err := e.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		code := e.Code(m.Settings())
		o := explorer.Options{
			Model: m.Checker(), Name: name, Explore: "mc explore " + name, Replay: "mc replay " + name + " --steps",
			GoModel: code.Expression, GoImports: code.Imports,
		}
		if s.Bug != "" {
			o.Parameters = []explorer.Parameter{{Name: "bug", Value: s.Bug}}
		}
		return o
	}
	t.Fatalf("there is no model %s", name)
	return explorer.Options{}
}

// violation is the position of the first counterexample of a model.
func violation(t *testing.T, m explore.Checker, property string) explorer.Position {
	t.Helper()
	o := explore.Options{KeepGoing: property != ""}
	r, err := m.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated && p.Trace != nil && (property == "" || p.Name == property) {
			return explorer.Position{Steps: explorer.Steps(p.Trace), Loop: p.Trace.Loop}
		}
	}
	t.Fatal("the model holds")
	return explorer.Position{}
}

// tab is a tab of a browser that has the explorer open. Whatever it writes to the console
// as an error fails the test.
type tab struct {
	context.Context
	t *testing.T
}

func open(t *testing.T, link string) *tab {
	t.Helper()
	b := &tab{browser(t), t}
	var once sync.Mutex
	if err := chromedp.Listen(b, func(event any) {
		once.Lock()
		defer once.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			t.Errorf("the page throws %+v", e.ExceptionDetails)
		case *log.EventEntryAdded:
			if e.Entry.Level == "error" && !strings.Contains(e.Entry.Text, "status of 4") {
				t.Errorf("the console has %s (%s)", e.Entry.Text, e.Entry.URL)
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.resize(1280, 900)
	b.do(chromedp.Navigate(link))
	b.settled()
	return b
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	do(b.t, b, actions...)
}

// settled waits until the page has its answer.
func (b *tab) settled() {
	b.t.Helper()
	b.until(`document.querySelector("#moves").children.length > 0 && !document.body.classList.contains("waiting")`)
}

// until waits for a condition.
func (b *tab) until(condition string) {
	b.t.Helper()
	if _, err := chromedp.Run(b, chromedp.Poll[bool]("!!("+condition+")")); err != nil {
		b.t.Fatalf("%s: %v; the page has %q", condition, err, read[string](b.t, b, `document.body.innerText`))
	}
}

// address is the address of the page, as one finds it who goes to it to copy it.
func (b *tab) address() string {
	b.t.Helper()
	return read[string](b.t, b, `window.dispatchEvent(new Event("blur")), location.href`)
}

func (b *tab) resize(width, height int64) {
	b.t.Helper()
	if width < 600 {
		b.do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile))
		return
	}
	b.do(chromedp.EmulateViewport(width, height))
}

// prefer sets the colour scheme.
func (b *tab) prefer(scheme string) {
	b.t.Helper()
	feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme}
	if _, err := chromedp.Call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}); err != nil {
		b.t.Fatal(err)
	}
	b.until(`matchMedia("(prefers-color-scheme: ` + scheme + `)").matches`)
}

// text is the text of an element on one line.
func (b *tab) text(selector string) string {
	b.t.Helper()
	return read[string](b.t, b, `[...document.querySelectorAll(`+"`"+selector+"`"+`)].map(e => e.innerText.replace(/\s+/g, " ").trim()).join("|")`)
}

func (b *tab) want(selector, want string) {
	b.t.Helper()
	if got := b.text(selector); got != want {
		b.t.Errorf("%s is %q; want %q", selector, got, want)
	}
}

// The pictures of the catalogue, to be looked at.
func TestPicturesOfTheCatalogue(t *testing.T) {
	for name, s := range map[string]struct{ bug, steps string }{
		"lease":      {"no-check", "Acquire(node=0) Tick Acquire(node=1) Suspect(node=0)"},
		"membership": {"", "NodeJoin(node=0) NodeJoin(node=1) NodeJoinComplete(node=1, via=0) CreatePartition(a=0, b=1)"},
		"registry":   {"", "ClaimActor(node=0, actor=0) NodeCrash(node=0) ClaimActor(node=1, actor=1)"},
		"txn":        {"", "Begin(transaction=0) Read(transaction=0, key=0) Begin(transaction=1) Write(transaction=1, key=0, value=v1) Commit(transaction=1)"},
		"wal":        {"", "Append(client=0, op=Create, data=1) Complete Append(client=0, op=Update, data=2) Crash"},
		"twophase":   {"", "RMPrepare(rm=0) RMPrepare(rm=1) TMReceivePrepared(rm=0) RMChooseToAbort(rm=2) TMAbort"},
	} {
		o := catalogued(t, name, catalog.Settings{Bug: s.bug})
		o.Open.Steps = s.steps
		b := open(t, strings.Replace(serve(t, o), "&token", "&tab=picture&token", 1))
		b.until(`document.querySelector("iframe.picture")`)
		for _, scheme := range []string{"light", "dark"} {
			b.prefer(scheme)
			b.picture("picture-" + name + "-" + scheme + ".png")
		}
	}
}

// picture writes a picture of the whole page.
func (b *tab) picture(name string) {
	b.t.Helper()
	if *pictures == "" {
		return
	}
	time.Sleep(300 * time.Millisecond) // for the frame of a picture, which tells nothing
	png, err := chromedp.Run(b, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	write(b.t, name, png)
}
