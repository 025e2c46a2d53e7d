package chart

import (
	"strings"

	"github.com/muster-mc/muster/growth"
)

// Where the axes are in one curve's picture.
const (
	left   = 64.0
	right  = width - 24
	top    = 92.0
	bottom = height - 52
	inset  = 28.0 // from an end of the axis of sizes to the size next to it
)

// panel is one curve's picture.
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

func (p panel) draw() {
	p.title()
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

// title says what is drawn, and the law if there is one.
func (p panel) title() {
	p.text("heading", 20, 30, p.curve.Model+": states by "+strings.Join(p.curve.Sweep, " and "))
	if p.curve.Law != nil {
		p.text("law", 20, 50, p.curve.Law.Formula)
	}
}

// axes draws a rule for each number that an axis names.
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
