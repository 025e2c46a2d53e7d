package chart

import (
	_ "embed"
	"io"
	"strings"

	"github.com/muster-mc/muster/growth"
	"github.com/muster-mc/muster/internal/markup"
)

//go:embed page.html
var pageText string

// Page writes a self-contained HTML page with the picture, the law, and the numbers. It
// fails only if writing fails.
func Page(w io.Writer, c *growth.Curve) error {
	var title, law, measured, forecast markup.Text
	title.Put("%s by %s", c.Model, strings.Join(c.Sweep, " and "))
	putLaw(&law, c.Law)
	putMeasured(&measured, c)
	putForecast(&forecast, c)
	// All places are filled in one pass: a text that looks like a place stays as it is.
	_, err := strings.NewReplacer(
		"{title}", title.String(), "{picture}", untitled(c), "{law}", law.String(),
		"{measured}", measured.String(), "{forecast}", forecast.String(),
	).WriteString(w, pageText)
	return err
}

func putLaw(t *markup.Text, l *growth.Law) {
	if l == nil {
		t.Put("<p>There are too few sizes to find a law.</p>")
		return
	}
	t.Put("<p>The number of states is about <code>%s</code> (%s).\n", l.Formula, l.Kind)
	if l.Tests > 0 {
		t.Put("Of %d laws this one foretold the last sizes best; its error was %.1f %%.", l.Tried, l.Percent())
	} else {
		t.Put("It passes through all sizes and has foretold none, so it is a guess.")
	}
	t.Put("</p>")
}

// putMeasured puts the table of the sizes that were run. Of one that was cut short it
// shows that there are more states.
func putMeasured(t *markup.Text, c *growth.Curve) {
	putNames(t, c.Sweep, "states", "generated", "depth", "branching", "seconds", "bytes a state", "")
	for _, p := range c.Points {
		putSizes(t, p.At)
		if m := p.Measured; m != nil {
			t.Put("<td>")
			if !m.Whole {
				t.Put("&gt; ")
			}
			t.Put("%s<td>%s<td>%d<td>%.2f<td>%.3f<td>%.1f",
				grouped(m.States), grouped(m.Generated), m.Depth, m.Branching(), m.Seconds, m.BytesPerState())
		} else {
			t.Put("<td><td><td><td><td><td>")
		}
		t.Put("<td class=\"note\">%s\n", p.Problem)
	}
}

func putForecast(t *markup.Text, c *growth.Curve) {
	putNames(t, c.Sweep, "states", "between", "seconds", "between", "bytes", "between")
	list := c.Unmeasured()
	for _, p := range list {
		putSizes(t, p.At)
		for _, b := range []growth.Bracket{p.Forecast.States, p.Forecast.Seconds, p.Forecast.Bytes} {
			t.Put("<td>%s<td>%s to %s", count(b.Likely), count(b.Least), count(b.Most))
		}
		t.Put("\n")
	}
	if len(list) == 0 {
		t.Put("<tr><td colspan=\"20\">nothing\n")
	}
}

// putNames puts the heading of a table: the swept parameters, then these columns.
func putNames(t *markup.Text, sweep []string, columns ...string) {
	t.Put("<tr>")
	for _, name := range append(sweep[:len(sweep):len(sweep)], columns...) {
		t.Put("<th>%s", name)
	}
	t.Put("\n")
}

// putSizes begins the line of a point.
func putSizes(t *markup.Text, at []int) {
	t.Put("<tr>")
	for _, n := range at {
		t.Put("<td>%d", n)
	}
}
