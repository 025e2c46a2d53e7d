// Package chart draws how a model grows: as a picture, and as a page with the
// picture and its numbers.
package chart

import (
	"image/color"
	"io"

	"github.com/muster-mc/muster/growth"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// The size of one curve's picture, and how many are side by side.
const (
	width   = 6 * vg.Inch
	height  = 3.8 * vg.Inch
	columns = 2
)

// SVG draws curves side by side, at least one: states over the first parameter
// that was swept, a line for each combination of the others, and what is forecast
// beyond. It fails only if writing does.
func SVG(w io.Writer, curves ...*growth.Curve) error {
	across := min(len(curves), columns)
	down := (len(curves) + across - 1) / across
	canvas := vgsvg.New(vg.Length(across)*width, vg.Length(down)*height)
	page := draw.New(canvas)
	page.SetColor(color.White)
	page.Fill(page.Rectangle.Path())
	tiles := draw.Tiles{Rows: down, Cols: across, PadX: vg.Points(14), PadY: vg.Points(14),
		PadTop: vg.Points(10), PadBottom: vg.Points(10), PadLeft: vg.Points(10), PadRight: vg.Points(10)}
	plots := make([][]*plot.Plot, down)
	for row := range plots {
		plots[row] = make([]*plot.Plot, across)
	}
	for i, c := range curves {
		p, err := newPlot(c)
		if err != nil {
			return err
		}
		plots[i/across][i%across] = p
	}
	for row, list := range plot.Align(plots, tiles, page) {
		for column, tile := range list {
			if p := plots[row][column]; p != nil {
				p.Draw(tile)
			}
		}
	}
	_, err := canvas.WriteTo(w)
	return err
}
