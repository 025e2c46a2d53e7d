package graph

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/graph/layered"
)

// node draws a box with its lines in it, and the places in the trace at its corner.
func (d *drawing) node(n explore.GraphNode, lines []string, at layered.Point) {
	size := sizeOf(lines, charWidth, 2*padding)
	class := "node"
	if n.Initial {
		class += " initial"
	}
	if len(n.Violates) > 0 {
		class += " bad"
	}
	if len(n.Trace) > 0 {
		class += " trace"
	}
	x, y := at.X-size.Width/2, at.Y-size.Height/2
	d.put(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="6"/>`, class, x, y, size.Width, size.Height)
	if n.End {
		d.put(`<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4" style="fill:none;stroke-width:1"/>`,
			class, x+3, y+3, size.Width-6, size.Height-6)
	}
	d.lines(lines, at, "")
	if len(n.Trace) > 0 {
		d.numbers(n.Trace, x, y)
	}
}

// numbers puts the places in the trace on a small badge at the corner of a node. A
// wide badge goes to the right, so that it does not leave the picture.
func (d *drawing) numbers(places []int, x, y float64) {
	text := cut(strings.Trim(strings.ReplaceAll(fmt.Sprint(places), " ", ", "), "[]"))
	width := float64(len(text))*6.5 + 9
	x += max(0, width/2-12)
	d.put(`<rect class="step" x="%.1f" y="%.1f" width="%.1f" height="15" rx="7"/>`, x-width/2, y-8, width)
	d.put(`<text class="number" x="%.1f" y="%.1f">%s</text>`, x, y+3, text)
}

// lines writes text around a point.
func (d *drawing) lines(lines []string, at layered.Point, class string) {
	y := at.Y - float64(len(lines)-1)*lineHeight/2 + 4
	for _, l := range lines {
		d.put(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, at.X, y, html.EscapeString(l))
		y += lineHeight
	}
}

// edge draws a curve, and a tip at its end.
func (d *drawing) edge(e explore.GraphEdge, at layered.Route) {
	class := ""
	if e.Trace {
		class = " trace"
	}
	curve := at.Curve
	end, before := curve[len(curve)-1], curve[len(curve)-2]
	angle := math.Atan2(end.Y-before.Y, end.X-before.X)
	const tip = 8
	curve[len(curve)-1] = layered.Point{X: end.X - tip*math.Cos(angle), Y: end.Y - tip*math.Sin(angle)}
	d.put(`<path class="edge%s" d="%s"/>`, class, path(curve))
	d.put(`<path class="tip%s" d="M0 0 L-9 -4 L-9 4 Z" transform="translate(%.1f %.1f) rotate(%.1f)"/>`,
		class, end.X, end.Y, angle*180/math.Pi)
}

// path is a chain of Bézier curves in the language of SVG.
func path(curve []layered.Point) string {
	var b strings.Builder
	fmt.Fprintf(&b, "M%.1f %.1f", curve[0].X, curve[0].Y)
	for i := 1; i+2 < len(curve); i += 3 {
		fmt.Fprintf(&b, " C%.1f %.1f %.1f %.1f %.1f %.1f",
			curve[i].X, curve[i].Y, curve[i+1].X, curve[i+1].Y, curve[i+2].X, curve[i+2].Y)
	}
	return b.String()
}
