// Package draw makes the pictures of states: SVG from boxes, texts and lines, in the classes
// of the explorer's style sheet. Good, bad, warn, accent and dim are colours with a meaning,
// fill is a box like the page's own, and mid centres a text.
package draw

import (
	"fmt"
	"html"
	"strings"
)

// Picture is a picture in the making. Places are in pixels, from the left and the top.
type Picture struct {
	width, height int
	body          strings.Builder
}

// New returns an empty picture of a size.
func New(width, height int) *Picture { return &Picture{width: width, height: height} }

// Box draws a box with round corners.
func (p *Picture) Box(x, y, width, height int, class string) {
	p.put(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`, class, x, y, width, height)
}

// Circle draws a circle around a point.
func (p *Picture) Circle(x, y, radius int, class string) {
	p.put(`<circle class="%s" cx="%d" cy="%d" r="%d"/>`, class, x, y, radius)
}

// Line draws a line.
func (p *Picture) Line(x1, y1, x2, y2 int, class string) {
	p.put(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/>`, class, x1, y1, x2, y2)
}

// Arrow draws a line with a tip at its end.
func (p *Picture) Arrow(x1, y1, x2, y2 int, class string) {
	p.put(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d" marker-end="url(#tip)"/>`, class, x1, y1, x2, y2)
}

// Text writes a text on a line that begins at a point, or has its middle there.
func (p *Picture) Text(x, y int, class, format string, args ...any) {
	p.put(`<text class="%s" x="%d" y="%d">%s</text>`, class, x, y, html.EscapeString(fmt.Sprintf(format, args...)))
}

func (p *Picture) put(format string, args ...any) { fmt.Fprintf(&p.body, format+"\n", args...) }

// String is the picture as SVG.
func (p *Picture) String() string {
	const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img">
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="solid" d="M0 0 8 4 0 8z"/></marker></defs>
`
	return fmt.Sprintf(head, p.width, p.height) + p.body.String() + "</svg>"
}
