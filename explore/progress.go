package explore

import (
	"sync"
	"time"

	"github.com/muster-mc/muster/internal/explain"
	"github.com/muster-mc/muster/internal/search"
)

// Progress is where a run stands.
type Progress struct {
	Elapsed   time.Duration
	Depth     int    // the level being made; the initial states are level 1
	Distinct  uint64 // states found so far
	Generated uint64 // successors made so far
	Frontier  uint64 // states of the last whole level yet to be expanded
	Bytes     uint64 // memory held by the visited set, the frontier, the trace log and the graph of steps

	// The parts of Bytes, the kind of the set, and how many bytes were written to
	// files so far.
	Store                                           StoreKind
	StoreBytes, FrontierBytes, LogBytes, GraphBytes uint64
	Written                                         uint64

	// Deciding says that every state was found, and that what is left is to decide
	// on properties about whole runs.
	Deciding bool

	// How long the run will still take, going by a [Forecast] and by how long it
	// took so far. Most is zero while no end is in sight, and both are until there
	// are some levels to go by.
	LeftLeast, LeftMost time.Duration

	// Growing are the fields whose largest value rose at every level so far, if
	// Options.Explain asks for them: maybe nothing bounds them.
	Growing []string

	// Distribution is what the run has cost so far, if Options.Engine makes it and says so.
	Distribution *Distribution
}

// meter observes where a search stands, for another goroutine to read.
type meter struct {
	// Only the goroutine that runs the search uses these, so they need no lock.
	explainer *explain.Observer // nil if there is none
	forecast  Forecast          // the last one
	growing   []string          // the fields that grow, by then
	foreseen  time.Time         // when that was

	mutex    sync.Mutex
	now      Progress
	expanded uint64 // states in this run
	before   uint64 // and in one that it resumes
	shown    Forecast
	rate     rate
}

// forecastEvery is how often a forecast is made, at the most: there may be very many
// levels.
const forecastEvery = time.Second / 2

// Block completes a [search.Observer].
func (m *meter) Block(*search.Block, int, uint64, uint64) {}

// Level makes a new forecast, unless the last one is from a moment ago. The forecast is
// shown from the next round on: set copies it under the lock.
func (m *meter) Level(levels []uint64) {
	if time.Since(m.foreseen) < forecastEvery {
		return
	}
	m.forecast, m.foreseen = forecast(levels), time.Now()
	if m.explainer != nil {
		m.growing = growing(m.explainer, len(levels))
	}
}

// Round notes where the search stands.
func (m *meter) Round(s search.Standing) { m.set(s, false) }

// decide notes that the search is over, and its forecast of no more use.
func (m *meter) decide(s search.Standing) {
	m.forecast = Forecast{}
	m.set(s, true)
}

func (m *meter) set(s search.Standing, deciding bool) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.now = Progress{
		Depth: s.Depth, Distinct: s.Distinct, Generated: s.Generated, Frontier: s.Frontier,
		Store: StoreKind(s.Store), StoreBytes: s.StoreBytes, FrontierBytes: s.FrontierBytes, LogBytes: s.LogBytes,
		GraphBytes: s.GraphBytes, Deciding: deciding, Written: s.Written, Bytes: s.Bytes, Growing: m.growing,
	}
	m.expanded, m.shown = s.Expanded-m.before, m.forecast
}

// begin notes the number of states that a run which this one resumes has expanded. The
// rate is that of this run alone, because the time of the other is not known.
func (m *meter) begin(before uint64) {
	m.mutex.Lock()
	m.before = before
	m.mutex.Unlock()
}

func (m *meter) read(since time.Time) Progress {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.now.Elapsed = time.Since(since)
	m.rate.measure(m.expanded, m.now.Elapsed)
	m.now.LeftLeast, m.now.LeftMost = m.rate.left(m.shown, m.expanded+m.before)
	return m.now
}

// tell calls f about once a second until the returned function is called, which
// waits for a call that is under way.
func (m *meter) tell(f func(Progress), started time.Time) (quiet func()) {
	if f == nil {
		return func() {}
	}
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
			case <-stop:
			}
			select {
			case <-stop: // even if it is time for another call
				return
			default:
				f(m.read(started))
			}
		}
	}()
	return func() { close(stop); <-done }
}

// rate is the seconds that a state takes, on the whole and lately. The set of visited
// states may have become another kind, and the states more expensive.
type rate struct {
	overall, lately float64
	expanded        uint64 // when it was measured last
	at              time.Duration
}

// lasting is the part of the rate lately that is that of a second ago. With it, a change
// of the rate counts half after seven seconds.
const lasting = 0.9

// measure goes by the number of states that the run has expanded until now.
func (r *rate) measure(expanded uint64, now time.Duration) {
	if expanded <= r.expanded {
		return // in the next measurement this time counts too
	}
	r.overall = now.Seconds() / float64(expanded)
	last := (now - r.at).Seconds() / float64(expanded-r.expanded)
	if r.lately == 0 {
		r.lately = last
	}
	r.lately = lasting*r.lately + (1-lasting)*last
	r.expanded, r.at = expanded, now
}

// left brackets the time that it will take to expand the rest of the states that are
// foreseen. The two rates differ while the set changes its kind, and nothing tells which
// of them will last, so each end of the bracket takes the one that widens it.
func (r *rate) left(f Forecast, expanded uint64) (least, most time.Duration) {
	rest := func(of uint64) float64 { return float64(of - min(of, expanded)) }
	return seconds(rest(f.Least) * min(r.overall, r.lately)), seconds(rest(f.Most) * max(r.overall, r.lately))
}

// seconds is a duration, or zero if it is longer than durations are.
func seconds(s float64) time.Duration {
	if s > 1e9 {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}
