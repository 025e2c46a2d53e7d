package growth

import "slices"

// Curve is how a model grew over a grid of sizes, and how it will go on.
type Curve struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"` // those that were not swept, and bug
	Sweep      []string       `json:"sweep"`      // the parameters that were, in the order of Point.At

	Points []Point `json:"points"` // the grid, in the order in which it was run
	Next   []Point `json:"next"`   // sizes beyond it, each one parameter further

	// Law is the one that foretold best how many states there would be; nil if
	// there are too few sizes to tell.
	Law *Law `json:"law,omitempty"`

	// Interrupted: the context ended before every point had its turn.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Point is one size of the model.
type Point struct {
	At       []int     `json:"at"`
	Measured *Measured `json:"measured,omitempty"` // nil if it was not run

	// Forecast is what the smaller sizes foretold of this one, before it was run.
	Forecast *Forecast `json:"forecast,omitempty"`

	// Problem is why it was not run, or not to the end.
	Problem string `json:"problem,omitempty"`
}

// Measured is a run. What is left out of a run that was cut can only add to it.
type Measured struct {
	States    uint64  `json:"states"`
	Generated uint64  `json:"generated"`
	Depth     int     `json:"depth"`
	Seconds   float64 `json:"seconds"`
	Bytes     uint64  `json:"bytes"` // the most that the search held
	Whole     bool    `json:"whole"` // it was explored to the end
}

// Branching is how many successors a state has on average.
func (m *Measured) Branching() float64 { return float64(m.Generated) / float64(max(1, m.States)) }

// BytesPerState is what the search held, shared among the states.
func (m *Measured) BytesPerState() float64 { return float64(m.Bytes) / float64(max(1, m.States)) }

// Rate is how many successors were made a second; 0 if it was too short to tell.
func (m *Measured) Rate() float64 {
	if m.Seconds < rateSeconds {
		return 0
	}
	return float64(m.Generated) / m.Seconds
}

// rateSeconds is how long a run must be for its rate to mean something.
const rateSeconds = 0.01

// isWhole: the point was explored to the end.
func (p *Point) isWhole() bool { return p.Measured != nil && p.Measured.Whole }

// Forecast is what can be said of a size that was not run.
type Forecast struct {
	States    Bracket `json:"states"`
	Generated Bracket `json:"generated"`
	Seconds   Bracket `json:"seconds"`
	Bytes     Bracket `json:"bytes"`
}

// Bracket is a likely value, and between which values it should lie.
type Bracket struct {
	Least  float64 `json:"least"`
	Likely float64 `json:"likely"`
	Most   float64 `json:"most"`
}

// Holds reports whether a value lies within.
func (b Bracket) Holds(x float64) bool { return b.Least <= x && x <= b.Most }

// times is the bracket of a product, whose second factor may be wrong by as much
// as this in either direction.
func (b Bracket) times(factor, wrong float64) Bracket {
	return Bracket{b.Least * factor / wrong, b.Likely * factor, b.Most * factor * wrong}
}

// Unmeasured are the points with a forecast that were not explored to the end,
// those beyond the grid included.
func (c *Curve) Unmeasured() []Point {
	var list []Point
	for _, p := range slices.Concat(c.Points, c.Next) {
		if p.Forecast != nil && !p.isWhole() {
			list = append(list, p)
		}
	}
	return list
}
