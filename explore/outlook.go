package explore

import "time"

// outlookEvery is how often a forecast is made for somebody who watches.
const outlookEvery = time.Second / 2

// look makes a new forecast at the beginning of a level, unless the last one is
// from a moment ago: there may be very many levels.
func (e *engine) look() {
	if e.options.Progress == nil || time.Since(e.looked) < outlookEvery {
		return
	}
	e.forecast, e.looked = forecast(e.counts.Levels[:e.making]), time.Now()
	if e.explainer != nil {
		e.growing = e.explainer.growing(e.counts.Depth)
	}
}

// pace is how many seconds a state takes, on the whole and lately. The set of
// visited states may have become another kind, and the states more expensive.
type pace struct {
	overall, lately float64
	expanded        uint64 // when it was measured last
	at              time.Duration
}

// lasting is how much of the pace lately is that of a second ago.
const lasting = 0.9

// measure goes by how many states the run has expanded until now.
func (p *pace) measure(expanded uint64, now time.Duration) {
	if expanded <= p.expanded {
		return // which is no news: in the next measurement this time counts too
	}
	p.overall = now.Seconds() / float64(expanded)
	last := (now - p.at).Seconds() / float64(expanded-p.expanded)
	if p.lately == 0 {
		p.lately = last
	}
	p.lately = lasting*p.lately + (1-lasting)*last
	p.expanded, p.at = expanded, now
}

// left brackets how long it will take to expand all but so many of the states
// that are foreseen.
func (p *pace) left(f Forecast, expanded uint64) (least, most time.Duration) {
	rest := func(of uint64) float64 { return float64(of - min(of, expanded)) }
	return seconds(rest(f.Least) * min(p.overall, p.lately)), seconds(rest(f.Most) * max(p.overall, p.lately))
}

// seconds is a duration, or zero if it is longer than durations are.
func seconds(s float64) time.Duration {
	if s > 1e9 {
		return 0
	}
	return time.Duration(s * float64(time.Second))
}

// foreseen is the forecast that could be made from half of the states, now that
// all are known.
func (e *engine) foreseen() *Forecast {
	if e.stop != nil {
		return nil
	}
	f := forecast(e.counts.Levels[:halfOf(e.counts.Levels)])
	if f.Most == 0 && f.Least == f.Found {
		return nil
	}
	return &f
}
