package viewer

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
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

// press presses a key, and waits for what it does.
func (b *tab) press(key string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key))
	b.settled()
}

// click clicks the first element that a selector finds.
func (b *tab) click(selector string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(` + "`" + selector + "`" + `).click()`))
	b.settled()
}

// button clicks the first visible button with a text.
func (b *tab) button(text string) {
	b.t.Helper()
	if !read[bool](b.t, b, fmt.Sprintf(`(e => e ? (e.click(), true) : false)([...document.querySelectorAll("button")].find(e => e.innerText.trim() === %q && e.offsetParent))`, text)) {
		b.t.Fatalf("there is no button %q; there are %s", text, b.text("button"))
	}
	b.settled()
}

// fill writes into a field.
func (b *tab) fill(selector, text string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(e => { e.focus(); e.value = %q; e.dispatchEvent(new Event("input", { bubbles: true })); e.dispatchEvent(new Event("change", { bubbles: true })); e.blur(); })(document.querySelector(%q))`, text, selector)))
	b.settled()
}

func TestStepsAreTakenAndTakenBack(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"})))
	b.want("#title", "lease")
	b.want("#parameters", "bug no-check")
	b.want("#place", "state 1 of 1")
	b.click(".move") // Acquire(node=0, actor=0)
	b.want("#place-heading", "State 2: Acquire(node=0, actor=0)")
	b.press("1") // Acquire(node=1, actor=0)
	b.want("#place", "state 3 of 3")
	b.want(".truth .bad:not(.sign)", "violated|violated|violated")
	if got := b.text(".truth"); !strings.HasPrefix(got, "✗ LeaseUniqueness violated actor 0: granted to node 1 until tick 2; at tick 0, run by node 0 and node 1") {
		t.Errorf("the properties are %s", got)
	}
	b.want("tr.changed td, td.changed", "node 0 → node 1|1 → 2|[0].Expiry 0 → 2 [{Expiry:2} {} {}]")
	for _, x := range []struct{ key, want string }{
		{kb.ArrowLeft, "state 2 of 3"}, {"k", "state 1 of 3"}, {kb.ArrowLeft, "before the first state"}, {kb.ArrowLeft, "before the first state"},
		{kb.ArrowRight, "state 1 of 3"}, {"j", "state 2 of 3"}, {kb.End, "state 3 of 3"}, {kb.ArrowRight, "state 3 of 3"}, {kb.Home, "state 1 of 3"},
	} {
		b.press(x.key)
		b.want("#place", x.want)
	}
	b.click("#on")
	b.want("#place", "state 2 of 3")
	b.click("#back")
	b.want("#place", "state 1 of 3")
	b.click("#steps li:nth-child(3) a")
	b.want("#place", "state 3 of 3")
	b.want("#steps [aria-current]", "3 Acquire(node=1, actor=0)")
	b.press("g")
	b.fill("#text input", "2")
	b.button("go")
	b.want("#place", "state 2 of 3")
	b.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".move")].find(e => e.innerText.includes("Tick")).click()`))
	b.settled()
	b.want("#steps .label", "Init|Acquire(node=0, actor=0)|Tick")
	b.do(chromedp.Evaluate[chromedp.Void](`history.back()`))
	b.until(`document.querySelector("#steps").innerText.includes("node=1")`)
	b.settled()
	b.want("#steps .label", "Init|Acquire(node=0, actor=0)|Acquire(node=1, actor=0)")
	b.want("#place", "state 2 of 3")
}

// The link holds everything: a fresh browser shows the same.
func TestLinkRoundTrip(t *testing.T) {
	link := serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"}))
	b := open(t, link)
	b.press("1")
	b.press("1")
	b.fill("#note", "both <b>hold</b> it & run")
	b.press("d") // a copy of the run, which goes on otherwise
	b.press(kb.ArrowLeft)
	b.do(chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll(".move")].find(e => e.innerText.includes("Crash(node=0)")).click()`))
	b.settled()
	b.fill("[aria-label='compare with']", "0")
	b.click("[aria-label='pin Clock']")
	b.fill("#filter", "expiry")
	b.fill("#where", "Clock == 1")
	b.press("b")
	all := `["#title", "#steps", "#place", "#place-heading", "#moves", "#properties", "#view"].map(s => document.querySelector(s).innerText).join("\n")`
	want, address := read[string](t, b, all), b.address()
	fresh := open(t, address)
	if got := read[string](t, fresh, all); got != want {
		t.Errorf("a fresh browser shows\n%s\nand not\n%s", got, want)
	}
	fresh.press("s")
	if got := read[string](t, fresh, `document.querySelector("#filter").value + "; " + document.querySelector("#where").value + "; " + document.querySelector(".pins").innerText.replace(/\s+/g, " ")`); got != "expiry; Clock == 1; Clock ★ 0" {
		t.Errorf("filter, expression and pins are %s", got)
	}
	fresh.fill("[aria-label='which run']", "0")
	fresh.fill("#filter", "")
	fresh.press(kb.End)
	if got := read[string](t, fresh, `document.querySelector("#note").value`); got != "both <b>hold</b> it & run" {
		t.Errorf("the note is %q", got)
	}
	if _, got, _ := strings.Cut(fresh.address(), "/#"); !strings.Contains(got, "steps=Init+Acquire(node%3D0,+actor%3D0)+Acquire(node%3D1,+actor%3D0)&note.3=both+%3Cb%3Ehold") || !strings.Contains(got, "&steps.2=") || !strings.HasPrefix(got, "lease?bug=no-check&") {
		t.Errorf("the link is %s", got)
	}
}

func TestCopies(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"})))
	b.press("1")
	b.press("1")
	b.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }`))
	for _, x := range []struct{ id, key, want string }{
		{"#copy-replay", "y", `mc replay lease --steps 'Init Acquire(node=0, actor=0) Acquire(node=1, actor=0)'`},
		{"#copy-test", "w", `package lease_test

import (
	"testing"

	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/models/lease"
)

func TestAvoidsLeaseUniqueness(t *testing.T) {
	mctest.Avoids(t, lease.New(lease.Config{Bug: "no-check"}), "LeaseUniqueness",
		"Init",
		"Acquire(node=0, actor=0)",
		"Acquire(node=1, actor=0)",
	)
}
`},
		{"#copy-link", "l", b.address()},
	} {
		for _, by := range []string{x.id, x.key} {
			b.do(chromedp.Evaluate[chromedp.Void](`window.copied = ""`))
			if by == x.id {
				b.click(by)
			} else {
				b.press(by)
			}
			if got := read[string](t, b, `window.copied`); got != x.want {
				t.Errorf("%s copies %s; want %s", by, got, x.want)
			}
		}
	}
	b.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = text => Promise.reject(new Error("denied"))`))
	b.click("#copy-replay")
	b.until(`document.querySelector("#text[open] textarea")?.value.startsWith("mc replay")`)
}

func TestFindAndRunOn(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{})))
	b.press("/")
	if got := read[string](t, b, `document.activeElement.id`); got != "where" {
		t.Errorf("the focus is on %s", got)
	}
	b.fill("#where", "Nodes[*].Beliefs[0].Expiry == 3 && Clock == 1")
	b.button("find from here")
	b.until(`document.querySelector("#found").innerText.startsWith("found")`)
	b.settled()
	b.want("#steps .label", "Init|Tick|Acquire(node=0, actor=0)")
	b.fill("#where", "Clock == 0 && Leases[0].Holder == 2")
	b.button("from the start")
	b.until(`document.querySelector("#found").innerText.startsWith("found: state 2")`)
	b.settled()
	b.want("#steps .label", "Init|Acquire(node=1, actor=0)")
	b.fill("#where", "Clock == 3")
	b.press("u")
	b.until(`/^found: state \d+/.test(document.querySelector("#found").innerText) && !document.querySelector("#found").innerText.includes("state 2;")`)
	b.settled()
	if got := read[string](t, b, `document.querySelector("#tree").innerText.replace(/\s+/g, " ")`); !strings.Contains(got, "2 → 3") {
		t.Errorf("it has come to %s", got)
	}
	b.press(kb.Home)
	b.press("u") // along the run this time
	b.until(`document.querySelector("#place").innerText !== "state 1 of 1"`)
	b.settled()
	for text, want := range map[string]string{
		"Clok == 1":             `there is no field "Clok" here; there are Clock, Leases, Nodes, Storage`,
		"Clock ==":              "letter 9: want a path, a number or a text, got the end",
		"Clock == 99":           "no such state can be reached; ",
		"Nodes[*].Down && ! ! ": "letter 22: want a path",
	} {
		b.fill("#where", text)
		b.button("from the start")
		b.until(fmt.Sprintf(`document.querySelector("#found").innerText.startsWith(%q)`, want[:12]))
		if got := b.text("#found"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: it says %s", text, got)
		}
	}
}

func TestCheckInTheBackground(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{Bug: "grudge"})))
	b.press("r")
	b.until(`document.querySelector(".found button") && document.querySelector(".progress strong")?.innerText === "violated"`)
	b.want(".found", "go to the counterexample of FalseSuspicionRecovery 7 states, with a loop for node=0")
	b.click(".found button")
	b.until(`document.querySelectorAll("#steps li").length === 7`)
	b.settled()
	b.until(`document.querySelector(".verdict")`)
	if got := b.text(".verdict p"); got != "violates FalseSuspicionRecovery: for node=0" {
		t.Errorf("the verdict is %s", got)
	}
	b.click("#check summary")
	if got := b.text("#check table"); !strings.Contains(got, "LeaseUniqueness holds") && !strings.Contains(got, "LeaseUniqueness unknown") || !strings.Contains(got, "Acquire ") {
		t.Errorf("the results are %s", got)
	}
	b.button("check again")
	b.until(`document.querySelector(".progress strong")?.innerText === "violated"`)
}

// A loop is shaded, and the page says why it is fair and what it violates.
func TestLassoOfTheLog(t *testing.T) {
	o := catalogued(t, "wal", catalog.Settings{Bug: "stay-down"})
	o.Open = violation(t, o.Model, "ProgressUnderCrash")
	b := open(t, serve(t, o))
	b.until(`document.querySelector(".verdict")`)
	if got := b.text(".verdict"); !strings.Contains(got, "violates ProgressUnderCrash") || !strings.Contains(got, "the loop is fair to") {
		t.Errorf("the verdict is %s", got)
	}
	if got := read[int](t, b, `document.querySelectorAll("#steps .in-loop").length`); got == 0 {
		t.Error("no step is shaded")
	}
	if got := b.text("#steps .loop"); got != "stays here for ever" {
		t.Errorf("the loop is marked %q", got)
	}
	b.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }`))
	b.press("y")
	if got := read[string](t, b, `window.copied`); !strings.HasPrefix(got, "mc replay wal --steps 'Init ") || !strings.HasSuffix(got, fmt.Sprintf("' --loop %d", o.Open.Loop)) {
		t.Errorf("the command is %s", got)
	}
	b.press("w")
	failsOf(t, read[string](t, b, `window.copied`), "EventualRecovery")
	b.button("open the loop")
	b.until(`!document.querySelector(".verdict")`)
}

// A run that comes to a state again is offered as a loop, and judged.
func TestLoopsThatTheUserCloses(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{})))
	for _, label := range []string{"Suspect(node=0)", "Unsuspect(node=0)"} {
		b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`[...document.querySelectorAll(".move")].find(e => e.innerText.includes(%q)).click()`, label)))
		b.settled()
	}
	b.want("#marks", "equals state 1")
	b.button("go back to 1 for ever")
	b.until(`document.querySelector(".verdict")`)
	if got := b.text(".verdict p"); !strings.HasPrefix(got, "no counterexample: its loop is not fair to ") {
		t.Errorf("the verdict is %s", got)
	}
	b.want("#steps .loop", "from here on, for ever:|back to 1")
	if got := b.address(); !strings.Contains(got, "&loop=1") {
		t.Errorf("the link is %s", got)
	}
}

func TestPictureMessagesAndNeighbourhood(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"})))
	b.press("p")
	b.until(`document.querySelector("iframe.picture")`)
	if got := read[string](t, b, `document.querySelector("iframe").getAttribute("sandbox") + "|" + document.querySelector("iframe").srcdoc.includes("<svg")`); got != "|true" {
		t.Errorf("the frame is %s", got)
	}
	b.press("n")
	b.until(`document.querySelectorAll(".graph .node").length === 30`)
	b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll(".graph .node")[10].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`))
	b.until(`document.querySelectorAll("#steps li").length > 1`)
	b.settled()
	b.until(`document.querySelector("#around-states")`)
	b.fill("#around-states", "100")
	b.until(`document.querySelectorAll(".graph .node").length === 100`)
	m := open(t, serve(t, catalogued(t, "actor/paxos", catalog.Settings{})))
	for range 12 {
		m.press("1")
	}
	m.press("m")
	m.until(`document.querySelector("svg .message")`)
	if got := read[int](t, m, `document.querySelectorAll("figure svg a").length`); got != 13 {
		t.Errorf("the diagram has %d steps", got)
	}
	m.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("figure svg a")[2].dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))`))
	m.settled()
	m.want("#place", "state 3 of 13")
}

func TestFilterPinsAndChanges(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{Bug: "no-check"})))
	b.press("1")
	b.press("c")
	b.want("#tree .name", "Leases[0].Holder|Leases[0].Expiry|Leases[0].Token|Nodes[0].Beliefs[0].Expiry")
	b.press("c")
	b.press("f")
	b.fill("#filter", "holder")
	b.want("#tree .name", "Leases[0].Holder|Leases[1].Holder|Leases[2].Holder")
	b.fill("#filter", "node 0")
	b.want("#tree .name", "Leases[0].Holder")
	if got := read[string](t, b, `[...document.querySelectorAll("#steps li")].map(e => e.className).join("|")`); got != " untouched|" && got != "untouched|" && !strings.HasSuffix(got, "|") {
		t.Errorf("the steps are %s", got)
	}
	b.fill("#filter", "")
	b.click("[aria-label='pin Clock']")
	b.want(".pins .name", "Clock")
	b.click(".pins [aria-label='unpin Clock']")
	b.want(".pins .name", "")
}

// Every key of the help does something, and the help opens and closes.
func TestHelp(t *testing.T) {
	b := open(t, serve(t, catalogued(t, "lease", catalog.Settings{})))
	b.do(chromedp.KeyEvent("?"))
	b.until(`document.querySelector("#help[open]")`)
	if got := read[int](t, b, `document.querySelectorAll("#help dt").length`); got < 20 {
		t.Errorf("the help has %d keys", got)
	}
	b.do(chromedp.KeyEvent(kb.Escape))
	b.until(`!document.querySelector("#help[open]")`)
	b.click("#keys")
	b.until(`document.querySelector("#help[open]")`)
	b.button("close")
	b.until(`!document.querySelector("#help[open]")`)
}

// hostile is a state with hostile names and values.
type hostile struct {
	Table map[string]string
	Count uint8
}

const script = `<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>`

func hostiles() *model.Model[hostile] {
	return &model.Model[hostile]{
		Name: script,
		Init: func(s *hostile, _ *model.Choice) bool {
			s.Table = map[string]string{script: script, "javascript:window.pwned=1": "'\"&"}
			return true
		},
		Actions: []model.Action[hostile]{
			{Name: script, Fault: script, Do: func(s *hostile, c *model.Choice) bool {
				if !c.Guard(script, s.Count < 2) {
					return false
				}
				s.Table[script] = model.Pick(c, "by", []string{script})
				s.Count++
				return true
			}},
			{Name: "Panics", Do: func(*hostile, *model.Choice) bool { panic(script) }},
		},
		Properties:    []model.Property[hostile]{model.Always(script, func(s *hostile) bool { return s.Count == 0 }).Explained(func(*hostile) string { return script })},
		AllowDeadlock: true,
		Picture: func(*hostile) string {
			return `<p id="p">` + script + `<script>parent.window.pwned=1; top.location="http://192.0.2.1/"</script><a href="javascript:parent.pwned=1">x</a></p>`
		},
	}
}

func TestHostileModelHarmsNothing(t *testing.T) {
	link := serve(t, explorer.Options{Model: explore.Of(hostiles())})
	b := &tab{browser(t), t}
	b.resize(1280, 900)
	b.do(chromedp.Navigate(link))
	b.settled()
	b.want("#title", script)
	b.press("1")
	b.press("1")
	for _, key := range []string{"c", "c", "p", "n", "s", "y"} {
		b.press(key)
	}
	b.until(`document.querySelectorAll("#steps li").length === 3`)
	time.Sleep(200 * time.Millisecond) // for scripts that would run
	origin, _, _ := strings.Cut(link, "#")
	if got := read[string](t, b, `[window.pwned, document.querySelectorAll("img").length, document.querySelectorAll("body script").length, location.href.split("#")[0]].join()`); got != ",0,0,"+origin {
		t.Errorf("the page has %s", got)
	}
	if got := b.text("#refused"); !strings.Contains(got, script+" is not so") || !strings.Contains(got, "Panics tried in 1 way: Panics panicked: "+script) {
		t.Errorf("the reasons are %s", got)
	}
	b.want(".truth .why", script)
}

// A page of another origin gets no answer, whatever it knows, and cannot embed the page.
func TestForeignPages(t *testing.T) {
	link := serve(t, catalogued(t, "lease", catalog.Settings{}))
	address, fragment, _ := strings.Cut(link, "#")
	_, token, _ := strings.Cut(fragment, "token=")
	foreign := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(w, `<iframe src=%q></iframe>`, link)
	}))
	defer foreign.Close()
	b := &tab{browser(t), t}
	b.do(chromedp.Navigate(foreign.URL))
	for _, options := range []string{
		`{ headers: { "X-Muster-Token": "` + token + `" } }`, `{}`, `{ mode: "no-cors" }`,
	} {
		got, err := chromedp.Run(b, chromedp.Evaluate[string](`fetch("`+address+`api/model", `+options+`).then(r => r.type + r.status, e => "refused")`, chromedp.EvalAwaitPromise))
		if err != nil {
			t.Fatal(err)
		}
		if got != "refused" && got != "opaque0" {
			t.Errorf("%s: a foreign page gets %s", options, got)
		}
	}
	if got := read[int](t, b, `(f => { try { return f.contentDocument ? f.contentDocument.body.children.length : 0 } catch { return 0 } })(document.querySelector("iframe"))`); got != 0 {
		t.Errorf("the frame has %d elements", got)
	}
	without := &tab{browser(t), t}
	without.do(chromedp.Navigate(address + "#lease?"))
	without.until(`!document.querySelector("#alert").hidden`)
	without.want("#alert", "this link has no token open the link that the explorer has printed An explorer of the link is started by mc explore lease copy command")
	without.do(chromedp.Navigate("about:blank"), chromedp.Navigate(address+"#lease?token=WRONG"))
	without.until(`document.querySelector("#alert")?.innerText.includes("the token is missing or that of another explorer")`)
}

// Links about other parameters say so.
func TestLinksOfOtherModels(t *testing.T) {
	link := serve(t, catalogued(t, "lease", catalog.Settings{}))
	b := open(t, strings.Replace(link, "#lease?", "#lease?nodes=3&steps=Tick&", 1))
	b.want("#alert", "the link is about lease nodes=3; this explorer shows lease The steps are taken here as far as they are possible. An explorer of the link is started by mc explore lease --nodes 3 --steps Tick copy command")
	b.want("#steps .label", "Init|Tick")
	b = open(t, strings.Replace(link, "#lease?", "#lease?writes=true&steps=Init+Acquire(node%3D0,+actor%3D0)&", 1))
	b.want("#command", "mc explore lease --writes --steps 'Init Acquire(node=0, actor=0)'")
	b = open(t, strings.Replace(link, "#lease?", "#lease?steps=Tick+Restart(node%3D0)+Tick&", 1))
	if got := b.text("#alert"); !strings.HasPrefix(got, "step 3: Restart(node=0) is not possible here possible: Acquire(node=0, actor=0), ") {
		t.Errorf("it says %s", got)
	}
	b.want("#steps .label", "Init|Tick")
}

var sizes = []struct{ width, height int64 }{{1280, 900}, {390, 844}, {320, 700}}

// In every size, both colours and every view, nothing is cut off, and the checker of
// accessibility finds nothing.
func TestAccessibleInEverySizeAndColour(t *testing.T) {
	o := catalogued(t, "lease", catalog.Settings{Bug: "grudge"})
	o.Open = violation(t, o.Model, "")
	b := open(t, serve(t, o))
	b.press("d")
	b.press(kb.ArrowLeft)
	b.fill("[aria-label='compare with']", "0")
	b.fill("#where", "Clock == 1")
	b.press("r")
	b.until(`document.querySelector(".progress strong")`)
	b.click("#check summary")
	for _, scheme := range []string{"light", "dark"} {
		b.prefer(scheme)
		for _, size := range sizes {
			b.resize(size.width, size.height)
			for view, key := range map[string]string{"state": "s", "picture": "p", "around": "n", "beside": "b"} {
				b.press(key)
				b.until(`!document.querySelector("#view").innerText.includes("drawing…")`)
				what := fmt.Sprintf("%s, %s, %d", view, scheme, size.width)
				if width := read[int64](t, b, `document.documentElement.scrollWidth`); width > size.width {
					t.Errorf("%s: it is %d wide", what, width)
				}
				b.accessible(what)
				b.picture(fmt.Sprintf("explorer-%s-%s-%d.png", view, scheme, size.width))
			}
		}
	}
	b.do(chromedp.KeyEvent("?"))
	b.until(`document.querySelector("#help[open]")`)
	b.accessible("help")
	b.picture("explorer-help.png")
}

// On a phone the controls are large enough for a finger.
func TestExplorerOnAPhone(t *testing.T) {
	o := catalogued(t, "lease", catalog.Settings{Bug: "no-check"})
	o.Open = violation(t, o.Model, "")
	b := open(t, serve(t, o))
	for _, size := range sizes[1:] {
		b.resize(size.width, size.height)
		if h := read[float64](t, b, `Math.min(...["#on", "#back"].map(s => document.querySelector(s).getBoundingClientRect().height))`); h < 44 {
			t.Errorf("%d: a button is %v high", size.width, h)
		}
		small := read[string](t, b, `[...document.querySelectorAll("button, select, a")].filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.innerText).join("|")`)
		if small != "" {
			t.Errorf("%d: too small for a finger: %s", size.width, small)
		}
		tiny := read[int](t, b, `[...document.querySelectorAll("body *")].filter(e => e.offsetParent && e.childElementCount === 0 && e.textContent.trim() && parseFloat(getComputedStyle(e).fontSize) < 12).length`)
		if tiny > 0 {
			t.Errorf("%d: %d texts are too small", size.width, tiny)
		}
		b.click("#back")
		b.click("#on")
		b.want("#place", "state 3 of 3")
	}
}

// failsOf runs a test that was copied from the page: it must fail, because the model has the bug.
func failsOf(t *testing.T, source, property string) {
	t.Helper()
	folder, err := os.MkdirTemp(".", "copied")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.WriteFile(filepath.Join(folder, "copied_test.go"), []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "test", "-vet=off", "./"+folder).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the run violates "+property) || !strings.Contains(string(out), "--- FAIL: TestAvoids"+property) {
		t.Errorf("the copied test says %s (%v):\n%s", out, err, source)
	}
}

// A run beyond the constraint is copied as a test that finds its steps there, and fails.
func TestCopyBeyondTheConstraint(t *testing.T) {
	o := catalogued(t, "lease", catalog.Settings{Bug: "no-check"})
	o.Beyond = true
	o.Open.Steps = strings.Repeat("Acquire(node=0) Release(node=0) ", 4) + "Acquire(node=0) Acquire(node=1)"
	b := open(t, serve(t, o))
	b.want("#place", "state 11 of 11")
	b.do(chromedp.Evaluate[chromedp.Void](`navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }`))
	b.press("w")
	failsOf(t, read[string](t, b, `window.copied`), "LeaseUniqueness")
}
