package growth

import (
	"encoding/csv"
	"io"
	"strconv"
)

// CSV writes the points of the curve and those beyond it, a line each, under a
// heading: the parameters by name, what was measured, why not, and what was
// forecast beforehand. A cell is empty where there is nothing. It fails only if
// writing does.
func (c *Curve) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write(c.CSVHeading())
	for _, list := range [][]Point{c.Points, c.Next} {
		for _, p := range list {
			out.Write(p.CSVCells())
		}
	}
	out.Flush()
	return out.Error()
}

// CSVHeading is the first line of CSV.
func (c *Curve) CSVHeading() []string {
	return append(append([]string{}, c.Sweep...),
		"states", "generated", "depth", "branching", "seconds", "bytes", "bytes_per_state", "whole", "problem",
		"forecast_states", "forecast_states_least", "forecast_states_most",
		"forecast_seconds", "forecast_seconds_least", "forecast_seconds_most",
		"forecast_bytes", "forecast_bytes_least", "forecast_bytes_most")
}

// CSVCells is a line of CSV.
func (p Point) CSVCells() []string {
	var cells []string
	for _, n := range p.At {
		cells = append(cells, strconv.Itoa(n))
	}
	if m := p.Measured; m != nil {
		cells = append(cells, strconv.FormatUint(m.States, 10), strconv.FormatUint(m.Generated, 10), strconv.Itoa(m.Depth),
			decimal(m.Branching()), decimal(m.Seconds), strconv.FormatUint(m.Bytes, 10), decimal(m.BytesPerState()),
			strconv.FormatBool(m.Whole), p.Problem)
	} else {
		cells = append(cells, "", "", "", "", "", "", "", "", p.Problem)
	}
	f := p.Forecast
	if f == nil {
		f = &Forecast{}
	}
	for _, b := range []Bracket{f.States, f.Seconds, f.Bytes} {
		cells = append(cells, unlessZero(b.Likely), unlessZero(b.Least), unlessZero(b.Most))
	}
	return cells
}

func decimal(x float64) string { return strconv.FormatFloat(x, 'g', 6, 64) }

func unlessZero(x float64) string {
	if x == 0 {
		return ""
	}
	return decimal(x)
}
