// Package chart draws the growth of a model, as an SVG picture and as an HTML page with
// the picture and its numbers.
package chart

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/muster-mc/muster/growth"
)

// The size of a panel in pixels, and the number of panels in a row.
const (
	width   = 560.0
	height  = 380.0
	columns = 2
)

//go:embed chart.css
var look string

// SVG draws a panel for each of the curves, at least one. A panel shows the number of
// states over the first swept parameter, with a line for each combination of the other
// parameters, and the forecasts. Each size has a tooltip with its number. The picture
// follows the reader's preference for light or dark. SVG fails only if writing fails.
func SVG(w io.Writer, curves ...*growth.Curve) error {
	across := min(len(curves), columns)
	down := (len(curves) + across - 1) / across
	d := &drawing{}
	d.open(0, width*float64(across), height*float64(down))
	for i, c := range curves {
		d.put(`<g transform="translate(%.0f %.0f)">`, width*float64(i%across), height*float64(i/across))
		p := newPanel(d, c)
		p.title()
		p.draw()
		d.put("</g>")
	}
	d.put("</svg>")
	_, err := io.WriteString(w, d.String())
	return err
}

// untitled returns the picture of one curve without its title, for a page that has the
// title and the law as text.
func untitled(c *growth.Curve) string {
	d := &drawing{}
	d.open(titleHeight, width, height)
	newPanel(d, c).draw()
	d.put("</svg>")
	return d.String()
}

// open begins a picture of this size, without so much of its top.
func (d *drawing) open(cut, wide, high float64) {
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" class="growth" role="img" width="%.0f" height="%.0f" viewBox="0 %.0f %.0f %.0f">`, wide, high-cut, cut, wide, high-cut)
	d.put("<style>\n%s</style>", look)
	d.put(`<rect class="paper" width="%.0f" height="%.0f"/>`, wide, high)
}

// drawing collects the text of a picture.
type drawing struct{ strings.Builder }

func (d *drawing) put(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

// text writes a line of text at x and y. The class decides whether x is the left end,
// the middle or the right end.
func (d *drawing) text(class string, x, y float64, text string) {
	d.put(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, x, y, html.EscapeString(text))
}

// grouped writes a number with thin spaces between groups of three digits.
func grouped(n uint64) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return grouped(n/1000) + fmt.Sprintf("\u202f%03d", n%1000)
}
