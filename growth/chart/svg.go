// Package chart draws how a model grows: as a picture, and as a page with the
// picture and its numbers.
package chart

import (
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"github.com/muster-mc/muster/growth"
)

// The size of one curve's picture, in pixels, and how many are side by side.
const (
	width   = 560.0
	height  = 380.0
	columns = 2
)

//go:embed chart.css
var look string

// SVG draws curves side by side, at least one: states over the first parameter
// that was swept, a line for each combination of the others, and what is forecast
// beyond. Whoever points at a size is told its number. Text is text, and light or
// dark is what the reader prefers. It fails only if writing does.
func SVG(w io.Writer, curves ...*growth.Curve) error {
	across := min(len(curves), columns)
	down := (len(curves) + across - 1) / across
	d := &drawing{}
	wide, high := width*float64(across), height*float64(down)
	d.put(`<svg xmlns="http://www.w3.org/2000/svg" class="growth" role="img" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f">`, wide, high, wide, high)
	d.put("<style>\n%s</style>", look)
	d.put(`<rect class="paper" width="%.0f" height="%.0f"/>`, wide, high)
	for i, c := range curves {
		d.put(`<g transform="translate(%.0f %.0f)">`, width*float64(i%across), height*float64(i/across))
		newPanel(d, c).draw()
		d.put("</g>")
	}
	d.put("</svg>")
	_, err := io.WriteString(w, d.String())
	return err
}

// drawing is a picture in the making.
type drawing struct{ strings.Builder }

func (d *drawing) put(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

// text writes a line of text, which begins, ends or has its middle at x, as the
// look of its class says.
func (d *drawing) text(class string, x, y float64, text string) {
	d.put(`<text class="%s" x="%.1f" y="%.1f">%s</text>`, class, x, y, html.EscapeString(text))
}
