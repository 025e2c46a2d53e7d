package growth

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
)

// Curve has the measured sizes of a model, and forecasts of larger ones.
type Curve struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"` // the parameters that are not swept, and the bug
	Sweep      []string       `json:"sweep"`      // the swept parameters, in the order of Point.At

	// Orbits: the states are those of which one stands for each orbit, because the model
	// declares interchangeable values.
	Orbits bool `json:"orbits,omitempty"`

	Points []Point `json:"points"` // the grid, in the order of the runs
	Next   []Point `json:"next"`   // sizes beyond the grid, each in one parameter

	// Law is the best law for the number of states, or nil if there are too few
	// sizes.
	Law *Law `json:"law,omitempty"`

	// Interrupted reports whether the context ended before the last point.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Point is one size of the model.
type Point struct {
	At       []int     `json:"at"`
	Measured *Measured `json:"measured,omitempty"` // nil if the point was not run

	// Forecast is the forecast from smaller sizes, made before the run.
	Forecast *Forecast `json:"forecast,omitempty"`

	// Problem is the reason why the point was not run, or not to the end.
	Problem string `json:"problem,omitempty"`
}

// Measured is the result of a run. If the run was cut short, the counts are lower
// bounds.
type Measured struct {
	States    uint64  `json:"states"`
	Generated uint64  `json:"generated"`
	Depth     int     `json:"depth"`
	Seconds   float64 `json:"seconds"`
	Bytes     uint64  `json:"bytes"` // the largest memory of the search
	Whole     bool    `json:"whole"` // the model was explored to the end
}

// Branching returns the average number of successors of a state.
func (m *Measured) Branching() float64 { return float64(m.Generated) / float64(max(1, m.States)) }

// BytesPerState returns the memory of the search divided by the number of states, or 0
// if there are too few to tell: a search takes some hundred kilobytes for itself.
func (m *Measured) BytesPerState() float64 {
	if m.States < bytesStates {
		return 0
	}
	return float64(m.Bytes) / float64(m.States)
}

// bytesForEach is BytesPerState for a forecast, which needs a number: of a tiny space,
// not more than if it had as many states as are meaningful.
func (m *Measured) bytesForEach() float64 {
	return float64(m.Bytes) / float64(max(m.States, bytesStates))
}

// bytesStates is the smallest space with a meaningful number of bytes per state.
const bytesStates = 1000

// Rate returns the number of successors generated per second, or 0 if the run was too
// short to tell.
func (m *Measured) Rate() float64 {
	if m.Seconds < rateSeconds {
		return 0
	}
	return float64(m.Generated) / m.Seconds
}

// rateSeconds is the shortest run with a meaningful rate.
const rateSeconds = 0.01

// isWhole reports whether the point was explored to the end.
func (p *Point) isWhole() bool { return p.Measured != nil && p.Measured.Whole }

// Forecast is a forecast of the measurements of a size.
type Forecast struct {
	States    Bracket `json:"states"`
	Generated Bracket `json:"generated"`
	Seconds   Bracket `json:"seconds"`
	Bytes     Bracket `json:"bytes"`
}

// Bracket is a likely value between a least and a most value.
type Bracket struct {
	Least  float64 `json:"least"`
	Likely float64 `json:"likely"`
	Most   float64 `json:"most"`
}

// Holds reports whether a value is within the bracket.
func (b Bracket) Holds(x float64) bool { return b.Least <= x && x <= b.Most }

// times returns the bracket of a product with a factor that may be too large or too
// small by the given ratio.
func (b Bracket) times(factor, wrong float64) Bracket {
	return Bracket{b.Least * factor / wrong, b.Likely * factor, b.Most * factor * wrong}
}

// Unmeasured returns the points with a forecast that were not explored to the end,
// including those beyond the grid.
func (c *Curve) Unmeasured() []Point {
	var list []Point
	for _, p := range slices.Concat(c.Points, c.Next) {
		if p.Forecast != nil && !p.isWhole() {
			list = append(list, p)
		}
	}
	return list
}

// CSV writes a heading, and a line for each point of the curve and beyond it: the
// parameters, the measurements, the problem, and the forecast. Missing values are
// empty cells. CSV fails only if writing fails.
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

// CSVHeading returns the first line of CSV.
func (c *Curve) CSVHeading() []string {
	return append(append([]string{}, c.Sweep...),
		"states", "generated", "depth", "branching", "seconds", "bytes", "bytes_per_state", "whole", "problem",
		"forecast_states", "forecast_states_least", "forecast_states_most",
		"forecast_seconds", "forecast_seconds_least", "forecast_seconds_most",
		"forecast_bytes", "forecast_bytes_least", "forecast_bytes_most")
}

// CSVCells returns a line of CSV.
func (p Point) CSVCells() []string {
	var cells []string
	for _, n := range p.At {
		cells = append(cells, strconv.Itoa(n))
	}
	if m := p.Measured; m != nil {
		cells = append(cells, strconv.FormatUint(m.States, 10), strconv.FormatUint(m.Generated, 10), strconv.Itoa(m.Depth),
			decimal(m.Branching()), decimal(m.Seconds), strconv.FormatUint(m.Bytes, 10), unlessZero(m.BytesPerState()),
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
