package growth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// Options selects the sizes to measure, and limits the runs. Sweeps must not be empty.
type Options struct {
	Sweeps   []Sweep          // different parameters
	Settings catalog.Settings // of the other parameters

	Time      time.Duration // for all runs together; 0 means no limit
	Memory    uint64        // bytes for the search of each run; 0 means no limit
	MaxStates uint64        // of each run; 0 means no limit
	Workers   int           // as in explore.Options

	Symmetry explore.SymmetryMode // as in explore.Options: with it, a curve may count orbits

	// Ahead is the number of sizes beyond the grid to forecast in each parameter.
	Ahead int

	Begin    func(size string)      // called before each run, if set
	Progress func(explore.Progress) // as in explore.Options
}

// SweepsMax is the largest number of swept parameters. Fitting laws in more parameters
// would take too many runs.
const SweepsMax = 3

// Measure explores the model at each point of the grid, from small sizes to large ones.
// It returns the error of [explore.Check] if the model cannot be explored. If the
// context ends, the curve has the points so far.
func Measure(ctx context.Context, e catalog.Entry, o Options) (*Curve, error) {
	m := &meter{ctx: ctx, entry: e, options: o, started: time.Now()}
	if err := m.describe(); err != nil {
		return nil, err
	}
	for _, at := range grid(o.Sweeps) {
		p, err := m.point(at)
		switch {
		case ctx.Err() != nil:
			m.curve.Interrupted = true
			return m.finish(), nil
		case err != nil:
			return nil, fmt.Errorf("%s: %w", m.size(at), err)
		}
		m.curve.Points = append(m.curve.Points, p)
	}
	return m.finish(), nil
}

// meter has the state of a measurement.
type meter struct {
	ctx     context.Context
	entry   catalog.Entry
	options Options
	started time.Time
	curve   Curve
}

// describe sets the fields of the curve that do not depend on the points.
func (m *meter) describe() error {
	model, err := m.entry.Open(m.options.Settings)
	if err != nil {
		return err
	}
	settings := model.Settings()
	m.curve = Curve{Model: m.entry.Name, Parameters: m.entry.Values(settings.With), Points: []Point{}, Next: []Point{}}
	if settings.Bug != "" {
		m.curve.Parameters["bug"] = settings.Bug
	}
	for _, s := range m.options.Sweeps {
		m.curve.Sweep = append(m.curve.Sweep, s.Parameter)
		delete(m.curve.Parameters, s.Parameter)
	}
	return nil
}

// point forecasts a size and, unless it is too large, runs it.
func (m *meter) point(at []int) (Point, error) {
	p := Point{At: at}
	if f, ok := m.curve.forecast(at); ok {
		p.Forecast = &f
	}
	model, err := m.entry.Open(m.with(at))
	if err != nil {
		p.Problem = err.Error() // the constructor refuses this combination of values
		return p, nil
	}
	if p.Problem = m.tooLarge(p); p.Problem != "" {
		return p, nil
	}
	return p, m.run(model, &p)
}

// run explores the model at a point.
func (m *meter) run(model catalog.Model, p *Point) error {
	if m.options.Begin != nil {
		m.options.Begin(m.size(p.At))
	}
	ctx, cancel := context.WithCancelCause(m.ctx)
	defer cancel(nil)
	r, err := model.Check(ctx, explore.Options{
		KeepGoing: true, SafetyOnly: true, Symmetry: m.options.Symmetry, Workers: m.options.Workers, MaxStates: m.options.MaxStates, Timeout: m.timeLeft(),
		Progress: func(now explore.Progress) {
			if m.options.Memory > 0 && now.Bytes > m.options.Memory {
				cancel(errMemory)
			}
			if m.options.Progress != nil {
				m.options.Progress(now)
			}
		},
	})
	if err != nil {
		return err
	}
	m.curve.Orbits = m.curve.Orbits || r.Symmetry != nil && r.Symmetry.Orbits > 0
	p.Measured = &Measured{
		States: r.Counts.Distinct, Generated: r.Counts.Generated, Depth: r.Counts.Depth,
		Seconds: r.Seconds, Bytes: r.Bytes, Whole: r.Reason == "",
	}
	switch p.Problem = r.Reason; {
	case context.Cause(ctx) == errMemory:
		p.Problem = errMemory.Error()
	case strings.HasPrefix(r.Reason, "the time limit"):
		p.Problem = "the time was used up"
	}
	return nil
}

var errMemory = errors.New("the memory was used up")

// timeLeft returns the remaining time, as for explore.Options: zero means no limit.
func (m *meter) timeLeft() time.Duration {
	if m.options.Time == 0 {
		return 0
	}
	return max(1, m.options.Time-time.Since(m.started))
}

// tooLarge returns the reason not to run a point, or "".
func (m *meter) tooLarge(p Point) string {
	left := m.timeLeft()
	switch f := p.Forecast; {
	case left == 1:
		return "not run: no time is left"
	case f == nil:
		return ""
	case left > 0 && f.Seconds.Likely > left.Seconds():
		return "not run: it would take too long"
	case m.options.Memory > 0 && f.Bytes.Likely > float64(m.options.Memory):
		return "not run: it would take too much memory"
	case m.options.MaxStates > 0 && f.States.Likely > float64(m.options.MaxStates):
		return "not run: it would have too many states"
	}
	return ""
}

func (m *meter) with(at []int) catalog.Settings {
	s := m.options.Settings
	s.With = catalog.With{}
	for name, value := range m.options.Settings.With {
		s.With[name] = value
	}
	for i, n := range at {
		s.With[m.curve.Sweep[i]] = fmt.Sprint(n)
	}
	return s
}

// size returns a point as flags.
func (m *meter) size(at []int) string { return m.curve.Size(at) }

// Size returns a point of the curve as flags of the command line.
func (c *Curve) Size(at []int) string {
	var words []string
	for i, n := range at {
		words = append(words, fmt.Sprintf("--%s %d", c.Sweep[i], n))
	}
	return strings.Join(words, " ")
}

// finish adds the law, and the forecasts beyond the grid.
func (m *meter) finish() *Curve {
	c := &m.curve
	c.Law = lawOf(c.laws(states), c.Sweep)
	for _, at := range m.beyond() {
		if f, ok := c.forecast(at); ok {
			c.Next = append(c.Next, Point{At: at, Forecast: &f})
		}
	}
	return c
}
