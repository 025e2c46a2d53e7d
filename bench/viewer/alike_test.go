package viewer

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// changed lists what a page marks as changed in the state that it shows, in one form for both
// pages: each part or cell by its names, with what was there before and what is there after. It
// lists the other values of the lines with marks too, for the same state must stand there.
const changed = `(() => {
	const text = e => (e?.textContent || "").replace(/\s+/g, " ").trim();
	const root = [...document.querySelectorAll("section dl, dl.tree")].find(e => e.offsetParent);
	const name = dt => text(dt.querySelector(".name, .toggle") || dt).replace(/ as a table$/, "");
	const told = e => [...e.querySelectorAll(".change")].map(c => {
		const before = c.querySelector("del"), after = c.querySelector("ins");
		const path = [...c.childNodes].filter(n => n.nodeType === 3 || n.className === "path").map(text).join("");
		return (path ? path + ": " : "") + (before ? text(before) : "nothing") + " to " + (after ? text(after).replace(/^\+ /, "") : "nothing");
	}).join(", ");
	const list = [];
	for (const row of root.querySelectorAll(".row")) {
		const dt = row.querySelector("dt"), plain = row.querySelector(":scope > dd:not(.grid)");
		if (plain && told(plain)) list.push(row.style.getPropertyValue("--depth").trim() + " " + name(dt) + (row.matches(".changed") ? " *" : "") + ": " + told(plain));
		for (const tr of row.querySelectorAll("tr")) {
			if (!tr.matches(".changed") && !tr.querySelector(".changed")) continue;
			const cells = [...tr.querySelectorAll("td")].map(td =>
				(td.dataset.column || "whole") + (td.matches(".changed") ? " *" : "") + " = " + (told(td) || text(td.querySelector(".value"))));
			list.push(name(dt) + text(tr.querySelector("th")) + (tr.matches(".changed") ? " *" : "") + " | " + cells.join(" | "));
		}
	}
	return list.join("\n");
})()`

// The page of a trace and the explorer draw states by code of their own. Both must mark the
// same parts and cells as changed, with the same texts.
func TestTracePageAndExplorerAgree(t *testing.T) {
	for _, x := range []struct{ model, bug string }{{"lease", "no-check"}, {"migration", "skip-transfer"}, {"wal", "full-by-one"}, {"kinds", ""}} {
		var o explorer.Options
		if x.model == "kinds" {
			o.Model = explore.Of(kinds())
		} else {
			o = catalogued(t, x.model, catalog.Settings{Bug: x.bug})
		}
		run := counterexample(t, o.Model)
		name := filepath.Join(t.TempDir(), "trace.html")
		f, err := os.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := run.HTML(f, trace.HTMLOptions{}); err != nil {
			t.Fatal(err)
		}
		f.Close()
		page := &tab{browser(t), t}
		page.do(chromedp.Navigate((&url.URL{Scheme: "file", Path: name}).String()))
		o.Open.Steps = explorer.Steps(run)
		live := open(t, serve(t, o))
		live.press(kb.Home)
		marks := 0
		for i := range run.Steps {
			if i > 0 {
				page.do(chromedp.KeyEvent(kb.ArrowRight))
				live.press(kb.ArrowRight)
			}
			got, want := read[string](t, live, changed), read[string](t, page, changed)
			if i > 0 && got != want {
				t.Errorf("%s, state %d, %s: the explorer shows\n%s\nand the page of the trace\n%s", x.model, i+1, run.Steps[i].Label(), got, want)
			}
			marks += strings.Count(want, "*")
		}
		t.Logf("%s: %d states, %d marks", x.model, run.Length, marks)
		if marks < run.Length {
			t.Errorf("%s: only %d marks of change in %d states", x.model, marks, run.Length)
		}
	}
}

// counterexample is the first counterexample of a model.
func counterexample(t *testing.T, m explore.Checker) *trace.Trace {
	t.Helper()
	r, err := m.Check(t.Context(), explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated && p.Trace != nil {
			return p.Trace
		}
	}
	t.Fatal("the model holds")
	return nil
}

// mixed is a state with parts that come, change and go.
type mixed struct {
	Step  uint8
	Names map[string]uint8
	Set   model.Set[string]
	List  []uint8
	Rows  []struct{ A, B uint8 }
	Inner struct{ X, Y struct{ Z uint8 } }
	Text  string
}

func kinds() *model.Model[mixed] {
	row := func(a, b uint8) struct{ A, B uint8 } { return struct{ A, B uint8 }{a, b} }
	return &model.Model[mixed]{
		Name: "kinds",
		Actions: []model.Action[mixed]{{Name: "Next", Do: func(s *mixed, _ *model.Choice) bool {
			s.Step++
			switch s.Step {
			case 1:
				s.Names = map[string]uint8{"a": 1, "b c": 2}
				s.Set.Add("one")
				s.List = []uint8{1, 2}
				s.Rows = append(s.Rows, row(1, 2))
			case 2:
				s.Names["a"] = 3
				s.Set.Add("two words")
				s.List[1] = 9
				s.Rows = append(s.Rows, row(3, 4), row(5, 6))
				s.Inner.Y.Z = 7
				s.Text = "<b> & \"quoted\""
			case 3:
				delete(s.Names, "a")
				s.Set.Remove("one")
				s.List = s.List[:1]
				s.Rows[0].B = 8
				s.Rows = s.Rows[:2]
				s.Inner.X.Z = 1
				s.Inner.Y.Z = 0
			}
			return true
		}}},
		Properties: []model.Property[mixed]{model.Always("Short", func(s *mixed) bool { return s.Step < 3 })},
	}
}
