package trace

import (
	_ "embed"
	"strings"

	"github.com/muster-mc/muster/internal/markup"
	"github.com/muster-mc/muster/model"
)

//go:embed viewer/page.html
var viewerPage string

// page puts the texts, the steps and what is beside them into the page.
func (p *viewerData) page() string {
	var title, header, steps, states, beside markup.Text
	title.Put("%s", p.Title)
	p.header(&header)
	for _, s := range p.Steps {
		s.item(&steps)
		s.section(&states)
	}
	if p.Diagram != nil {
		p.Diagram.figure(&beside)
	}
	waiting(&beside, p.Waits)
	for _, f := range p.Fairness {
		f.table(&beside)
	}
	// All places are filled in one pass: a text that looks like a place stays as it is.
	return strings.NewReplacer(
		"{title}", title.String(), "{style}", p.Style, "{script}", p.Script,
		"{header}", header.String(), "{steps}", steps.String(), "{states}", states.String(),
		"{beside}", beside.String(),
	).Replace(viewerPage)
}

func (p *viewerData) header(t *markup.Text) {
	t.PutIf("\n<p class=\"claim\">%s</p>", p.Claim)
	t.PutIf("\n<pre class=\"detail\">%s</pre>", p.Detail)
	t.PutIf("\n<p class=\"again\">again: <code>%s</code></p>", p.Again)
}

// item puts a step in the list of steps.
func (s *viewerStep) item(t *markup.Text) {
	t.Put("\n<li><a href=\"#step-%d\"%s>", s.Number, faultClass(s.Fault != ""))
	t.Put(`<span class="number">%d</span> <span class="label">%s</span>`, s.Number, s.Label)
	t.PutIf(` <span class="kind">%s</span>`, s.Fault)
	t.PutIf(` <span class="loop">%s</span>`, s.Mark)
	t.Put("</a></li>")
}

// section puts the state after a step.
func (s *viewerStep) section(t *markup.Text) {
	t.Put("\n<section id=\"step-%d\" aria-label=\"step %d\">", s.Number, s.Number)
	t.Put("\n<h2%s><span class=\"number\">%d</span> %s", faultClass(s.Fault != ""), s.Number, s.Label)
	t.PutIf(` <span class="kind">%s</span>`, s.Fault)
	t.Put("</h2>\n<dl>")
	for _, r := range s.Rows {
		r.put(t)
	}
	t.Put("\n</dl>")
	t.PutIf("\n<p class=\"loop\">%s</p>", s.Mark)
	t.Put("\n</section>")
}

func (r *viewerRow) put(t *markup.Text) {
	t.Put("\n<div class=\"row%s\" style=\"--depth: %d\">\n<dt>%s</dt>\n<dd>", only(len(r.Changes) > 0, " changed"), r.Depth, r.Name)
	for _, c := range r.Changes {
		c.put(t)
	}
	t.PutIf(`<span class="value">%s</span>`, r.Value)
	t.Put("</dd>")
	if r.Table != nil {
		r.Table.put(t)
	}
	t.Put("\n</div>")
}

// put puts a change without its path.
func (c *Change) put(t *markup.Text) {
	t.Put(`<span class="change">`)
	c.values(t)
	t.Put("</span>")
}

// values puts what was there and what is there now. What came has no value before, and
// what left has none after.
func (c *Change) values(t *markup.Text) {
	t.PutIf("<del>%s</del>", c.Before)
	if c.Before != "" && c.After != "" {
		t.Put(`<span class="arrow" aria-label="became"> → </span>`)
	}
	t.PutIf("<ins>%s</ins>", c.After)
}

func (g *viewerTable) put(t *markup.Text) {
	t.Put("\n<dd class=\"grid%s\">\n<table>", only(g.Wide, " wide"))
	if len(g.Columns) > 0 {
		t.Put("\n<thead><tr><td></td>")
		for _, name := range g.Columns {
			t.Put(`<th scope="col">%s</th>`, name)
		}
		t.Put("</tr></thead>")
	}
	t.Put("\n<tbody>")
	for _, l := range g.Lines {
		l.put(t, g.span())
	}
	t.Put("\n</tbody>\n</table>\n</dd>")
}

// put puts the lines of an element: what left the place, and what is there now. A text
// that stands for all cells spans this many columns.
func (l *viewerLine) put(t *markup.Text, span int) {
	if len(l.Gone) > 0 {
		t.Put("\n<tr class=\"changed\"><th scope=\"row\">%s</th><td class=\"whole\" colspan=\"%d\">", l.Name, span)
		for _, c := range l.Gone {
			c.put(t)
		}
		t.Put("</td></tr>")
	}
	if l.Folded != "" {
		t.Put("\n<tr><th scope=\"row\">%s</th><td class=\"folded\" colspan=\"%d\">%s</td></tr>", l.Name, span, l.Folded)
	}
	if len(l.Cells) == 0 {
		return
	}
	t.Put("\n<tr%s><th scope=\"row\"%s>%s</th>", changedClass(l.New), changedClass(l.Changed), l.Name)
	for _, c := range l.Cells {
		c.put(t)
	}
	t.Put("</tr>")
}

func (c *viewerCell) put(t *markup.Text) {
	t.Put(`<td data-column="%s"%s><div>`, c.Column, changedClass(len(c.Changes) > 0))
	for _, change := range c.Changes {
		t.Put(`<span class="change">`)
		t.PutIf("%s ", change.Path)
		change.values(t)
		t.Put("</span>")
	}
	t.PutIf(`<span class="value">%s</span>`, c.Value)
	t.Put("</div></td>")
}

// figure puts the sequence diagram.
func (d *Diagram) figure(t *markup.Text) {
	t.Put("\n<figure aria-label=\"sequence diagram\">\n<svg viewBox=\"0 0 %[1]d %[2]d\" width=\"%[1]d\" height=\"%[2]d\" role=\"img\">", d.Width, d.Height)
	t.Put("\n<defs><marker id=\"head\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\"/></marker></defs>")
	for _, l := range d.Lanes {
		t.Put("\n<text class=\"lane\" x=\"%[1]d\" y=\"18\">%[2]s</text><line class=\"life\" x1=\"%[1]d\" y1=\"28\" x2=\"%[1]d\" y2=\"%[3]d\"/>", l.X, l.Name, d.Height)
	}
	for _, e := range d.Rows {
		e.put(t)
	}
	t.Put("\n</svg>\n</figure>")
}

func (e *Event) put(t *markup.Text) {
	t.Put("\n<a href=\"#step-%[1]d\"%[2]s><title>%[1]d %[3]s</title>", e.Number, faultClass(e.Fault), e.Label)
	if m := e.Message; m != nil {
		t.Put(`<line class="message" x1="%d" y1="%d" x2="%d" y2="%d"%s/>`, m.X1, m.Y1, m.X2, m.Y2, only(!e.Cross, ` marker-end="url(#head)"`))
	}
	if e.Cross {
		left, right, top, bottom := e.X-e.Size, e.X+e.Size, e.Y-e.Size, e.Y+e.Size
		t.Put(`<path class="cross" d="M%d %d %d %dM%d %d %d %d"/>`, left, top, right, bottom, right, top, left, bottom)
	} else if e.X != 0 && e.Message == nil {
		t.Put(`<circle cx="%d" cy="%d" r="3"/>`, e.X, e.Y)
	}
	t.Put("\n<text class=\"count\" x=\"8\" y=\"%d\">%d</text><text x=\"%d\" y=\"%d\">%s</text></a>", e.Y, e.Number, e.TextX, e.Y-textRaised, e.Caption)
}

// waiting puts the table of who waits for what at the end of the run.
func waiting(t *markup.Text, waits []model.Wait) {
	if len(waits) == 0 {
		return
	}
	t.Put("\n<aside class=\"waits\">\n<h2>who waits for what</h2>\n<table>")
	for _, w := range waits {
		t.Put("\n<tr><td>%s</td><td>waits %s</td><td>", w.Who, w.For)
		t.PutIf("at <code>%s</code>", w.At)
		t.Put("</td></tr>")
	}
	t.Put("\n</table>\n</aside>")
}

func (f *viewerFairness) table(t *markup.Text) {
	if len(f.Rows) == 0 {
		return
	}
	t.Put("\n<aside>\n<h2>%s</h2>\n<table>", f.Heading)
	for _, r := range f.Rows {
		t.Put("\n<tr><td>%s</td>", r.Action)
		t.PutIf("<td>%s</td>", r.Fairness)
		t.Put("<td>%s</td></tr>", r.Why)
	}
	t.Put("\n</table>\n</aside>")
}

func faultClass(is bool) markup.Raw { return only(is, ` class="fault"`) }

func changedClass(is bool) markup.Raw { return only(is, ` class="changed"`) }

// only returns markup on a condition.
func only(is bool, m markup.Raw) markup.Raw {
	if is {
		return m
	}
	return ""
}
