package chart

import (
	"image/color"
	"math"
	"slices"

	"github.com/muster-mc/muster/growth"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

var (
	ink  = color.Gray{0x33}
	pale = color.Gray{0xe4}
)

// palette can be told apart by people who see colours differently (M. Okabe and
// K. Ito, Color Universal Design, 2008).
var palette = []color.RGBA{
	{0x00, 0x72, 0xb2, 0xff}, {0xd5, 0x5e, 0x00, 0xff}, {0x00, 0x9e, 0x73, 0xff},
	{0xcc, 0x79, 0xa7, 0xff}, {0xe6, 0x9f, 0x00, 0xff}, {0x56, 0xb4, 0xe9, 0xff},
}

// newPlot is the whole picture.
func newPlot(c *growth.Curve) (*plot.Plot, error) {
	p := plot.New()
	p.Title.Text = title(c)
	p.X.Label.Text = c.Sweep[0]
	p.Y.Label.Text = "states"
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, powers{}
	p.X.Tick.Marker = sizes(c)
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs, p.Legend.Padding = vg.Points(8), vg.Points(2)
	dress(p)
	for i, line := range linesOf(c) {
		if err := line.add(p, palette[i%len(palette)]); err != nil {
			return nil, err
		}
	}
	pad(p)
	return p, nil
}

// dress gives the picture its fonts, inks and grid.
func dress(p *plot.Plot) {
	set := func(f *font.Font, size float64) {
		*f = font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(size)}
	}
	set(&p.Title.TextStyle.Font, 12)
	set(&p.Legend.TextStyle.Font, 10)
	p.Title.Padding = vg.Points(8)
	p.Title.TextStyle.Color, p.Legend.TextStyle.Color = ink, ink
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		set(&axis.Label.TextStyle.Font, 10)
		set(&axis.Tick.Label.Font, 10)
		axis.Label.TextStyle.Color, axis.Tick.Label.Color = ink, ink
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = ink, ink
		axis.LineStyle.Width = 0
		axis.Tick.LineStyle.Width, axis.Tick.Length = 0, 0
	}
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = pale, pale
	p.Add(grid)
}

// pad leaves room around the points.
func pad(p *plot.Plot) {
	p.X.Min, p.X.Max = p.X.Min-0.3, p.X.Max+0.3
	p.Y.Min, p.Y.Max = p.Y.Min/1.6, p.Y.Max*1.6
	if math.IsInf(p.Y.Min, 0) { // nothing was drawn
		p.Y.Min, p.Y.Max = 1, 10
	}
}

// line is the sizes that differ in the first parameter only.
type line struct {
	name     string
	measured plotter.XYs
	forecast []forecast
}

type forecast struct {
	x      float64
	states growth.Bracket
}

// add draws what was measured, what is forecast as a dashed line in a band from
// the least to the most, and an open circle at each forecast.
func (l line) add(p *plot.Plot, c color.RGBA) error {
	if len(l.forecast) > 0 {
		if err := l.addForecast(p, c); err != nil {
			return err
		}
	}
	solid := &plotter.Line{XYs: l.measured, LineStyle: draw.LineStyle{Color: c, Width: vg.Points(2)}}
	points := &plotter.Scatter{XYs: l.measured, GlyphStyle: glyph(c, draw.CircleGlyph{})}
	if len(l.measured) > 0 {
		p.Add(solid, points)
	}
	if l.name != "" {
		p.Legend.Add(l.name, solid, points)
	}
	return nil
}

func glyph(c color.Color, shape draw.GlyphDrawer) draw.GlyphStyle {
	return draw.GlyphStyle{Color: c, Radius: vg.Points(3.2), Shape: shape}
}

func (l line) addForecast(p *plot.Plot, c color.RGBA) error {
	var upper, lower, likely plotter.XYs
	if n := len(l.measured); n > 0 {
		last := l.measured[n-1]
		upper, lower, likely = plotter.XYs{last}, plotter.XYs{last}, plotter.XYs{last}
	}
	for _, f := range l.forecast {
		upper = append(upper, plotter.XY{X: f.x, Y: f.states.Most})
		lower = append(lower, plotter.XY{X: f.x, Y: f.states.Least})
		likely = append(likely, plotter.XY{X: f.x, Y: f.states.Likely})
	}
	slices.Reverse(lower)
	band, err := plotter.NewPolygon(append(upper, lower...))
	if err != nil {
		return err
	}
	band.Color, band.LineStyle.Width = color.NRGBA{c.R, c.G, c.B, 0x28}, 0
	dashed, circles, err := plotter.NewLinePoints(likely)
	if err != nil {
		return err
	}
	dashed.Color, dashed.Width, dashed.Dashes = c, vg.Points(1.5), []vg.Length{vg.Points(5), vg.Points(4)}
	circles.XYs = likely[len(likely)-len(l.forecast):]
	circles.GlyphStyle = glyph(c, draw.RingGlyph{})
	p.Add(band, dashed, circles)
	return nil
}
