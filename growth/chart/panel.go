package chart

import (
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/muster-mc/muster/growth"
)

// The position of the axes in a panel.
const (
	left   = 64.0
	right  = width - 24
	top    = 92.0
	bottom = height - 52

	titleHeight = 58.0 // of the part of a panel that has only the title

	inset = 28.0 // the gap between an end of the axis of sizes and the nearest size
)

// panel is the picture of one curve.
type panel struct {
	*drawing
	curve *growth.Curve
	lines []line
	x, y  scale
}

func newPanel(d *drawing, c *growth.Curve) panel {
	lines := linesOf(c)
	return panel{d, c, lines, sizeScale(lines, left+inset, right-inset), countScale(lines, bottom, top)}
}

// draw draws everything but the title.
func (p panel) draw() {
	p.axes()
	for i, l := range p.lines {
		p.band(i, l)
	}
	for i, l := range p.lines {
		p.line(i, l)
	}
	if len(p.lines) == 1 {
		p.values(p.lines[0])
		return
	}
	p.legend()
}

// title writes the name of the model, the parameters, and the law if there is one.
func (p panel) title() {
	p.text("heading", 20, 30, p.curve.Model+": states by "+strings.Join(p.curve.Sweep, " and "))
	if p.curve.Law != nil {
		p.text("law", 20, 50, p.curve.Law.Formula)
	}
}

// axes draws a rule and a label for each tick.
func (p panel) axes() {
	for _, t := range powers(p.y.least, p.y.most) {
		y := p.y.at(t.at)
		p.put(`<path class="rule" d="M%.1f %.1fH%.1f"/>`, left, y, right)
		p.text("count", left-8, y+4, t.label)
	}
	for _, t := range sizes(p.lines) {
		x := p.x.at(t.at)
		p.put(`<path class="rule" d="M%.1f %.1fV%.1f"/>`, x, top, bottom)
		p.text("size", x, bottom+18, t.label)
	}
	p.text("axis", 20, top-14, "states")
	p.text("parameter", (left+right)/2, bottom+38, p.curve.Sweep[0])
}

const (
	legendLine = 18.0 // the height of a name
	legendChar = 7.0  // the width of a letter
)

// legend names the lines, ordered by their ends, the highest first. It is at the top
// left, where rising lines rarely are.
func (p panel) legend() {
	order := make([]int, len(p.lines))
	longest := 0
	for i, l := range p.lines {
		order[i] = i
		longest = max(longest, utf8.RuneCountInString(l.name))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.lines[b].end(), p.lines[a].end()) })
	x, y := left+10, top+6
	p.put(`<rect class="key" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4"/>`,
		x, y, float64(longest)*legendChar+48, float64(len(order))*legendLine+8)
	for row, i := range order {
		middle := y + 4 + legendLine*(float64(row)+0.5)
		p.put(`<g style="%s"><path class="line" d="M%.1f %.1fh24"/>%s</g>`, colour(i), x+8, middle, mark(i, true, x+20, middle))
		p.text("name", x+40, middle+4, p.lines[i].name)
	}
}

// colours is the number of colours in the style sheet. They are from the palette of M.
// Okabe and K. Ito (Color Universal Design, 2008), which people with colour blindness
// can distinguish, darker or lighter to suit the background.
const colours = 6

// colour returns the style with the colour of a line.
func colour(i int) string { return fmt.Sprintf("--c:var(--c%d)", i%colours) }

// band fills the area between the least and the most values of a line's forecasts.
func (p panel) band(i int, l line) {
	if len(l.forecast()) == 0 {
		return
	}
	var there, back []string
	for _, at := range l.ahead() {
		x := p.x.at(at.x)
		there = append(there, fmt.Sprintf("%.1f %.1f", x, p.y.at(level(at.states.Most))))
		back = append([]string{fmt.Sprintf("%.1f %.1f", x, p.y.at(level(at.states.Least)))}, back...)
	}
	p.put(`<path class="band" style="%s" d="M%sL%sZ"/>`, colour(i), strings.Join(there, "L"), strings.Join(back, "L"))
}

// ahead returns the last measured point and the forecast points after it.
func (l line) ahead() []point { return l.points[max(0, len(l.measured())-1):] }

// line draws the measured points as a solid line and the forecast ones as a dashed line.
// Each size has a mark, which is open for a forecast.
func (p panel) line(i int, l line) {
	p.put(`<g style="%s">`, colour(i))
	p.path("line", l.measured())
	if len(l.forecast()) > 0 {
		p.path("line ahead", l.ahead())
	}
	for _, at := range l.points {
		x, y := p.x.at(at.x), p.y.at(level(at.states.Likely))
		p.put(`<g><title>%s</title>%s<circle class="reach" cx="%.1f" cy="%.1f" r="10"/></g>`,
			html.EscapeString(at.about), mark(i, at.measured, x, y), x, y)
	}
	p.put("</g>")
}

func (p panel) path(class string, points []point) {
	if len(points) < 2 {
		return
	}
	var places []string
	for _, at := range points {
		places = append(places, fmt.Sprintf("%.1f %.1f", p.x.at(at.x), p.y.at(level(at.states.Likely))))
	}
	p.put(`<path class="%s" d="M%s"/>`, class, strings.Join(places, "L"))
}

// mark returns a circle, or a square once all colours are used.
func mark(i int, measured bool, x, y float64) string {
	class := "ring"
	if measured {
		class = "dot"
	}
	if i/colours%2 == 0 {
		return fmt.Sprintf(`<circle class="%s" cx="%.1f" cy="%.1f" r="4"/>`, class, x, y)
	}
	return fmt.Sprintf(`<rect class="%s" x="%.1f" y="%.1f" width="7.2" height="7.2"/>`, class, x-3.6, y-3.6)
}

// valuesMax is the largest number of values that fit beside the marks of a line.
const valuesMax = 10

// values writes the numbers beside the marks of a single line. They are above and to
// the left, where a rising line leaves space.
func (p panel) values(l line) {
	if len(l.points) > valuesMax {
		return
	}
	for _, at := range l.points {
		text := count(at.states.Likely)
		if !at.measured {
			text = "≈" + text
		}
		p.text("value", p.x.at(at.x)+3, p.y.at(level(at.states.Likely))-10, text)
	}
}
