package explore

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/muster-mc/muster/model"
)

// Progress is told about once a second, by one call at a time, with numbers that
// only grow and do not exceed those of the report, and never after Check has
// returned. The clock is a pretended one.
func TestProgress(t *testing.T) {
	for _, c := range []struct {
		name        string
		takes       time.Duration // each call
		least, most int           // calls in ten seconds
	}{
		{"at once", 0, 9, 10},
		{"slowly", 2500 * time.Millisecond, 3, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var running atomic.Int32
				var told []Progress
				started := time.Now()
				tell := func(p Progress) {
					if running.Add(1) > 1 {
						t.Error("it is told twice at the same time")
					}
					if got, want := p.Elapsed, time.Since(started); got > want || got < want-time.Millisecond {
						t.Errorf("after %v the progress says %v", want, got)
					}
					told = append(told, p)
					time.Sleep(c.takes)
					running.Add(-1)
				}
				r := check(t, tree(time.Millisecond), Options{Workers: 2, Timeout: 10 * time.Second, Progress: tell})
				if running.Load() > 0 {
					t.Error("the last call goes on after the run")
				}
				calls := len(told)
				if calls < c.least || calls > c.most {
					t.Errorf("it was told %d times, want %d to %d", calls, c.least, c.most)
				}
				wantGrowth(t, told, r)
				time.Sleep(5 * time.Second)
				if len(told) > calls {
					t.Error("it was told something after the run")
				}
			})
		})
	}
}

func wantGrowth(t *testing.T, told []Progress, r *Report) {
	t.Helper()
	var last Progress
	for _, p := range told {
		if p.Elapsed <= last.Elapsed || p.Distinct < last.Distinct || p.Generated < last.Generated || p.Depth < last.Depth {
			t.Errorf("after %+v comes %+v", last, p)
		}
		last = p
	}
	if last.Distinct == 0 || last.Frontier == 0 || last.Bytes == 0 || last.Store != StoreExact ||
		last.Bytes != last.StoreBytes+last.FrontierBytes+last.LogBytes {
		t.Errorf("it says nothing: %+v", last)
	}
	if c := r.Counts; last.Distinct > c.Distinct || last.Generated > c.Generated || last.Depth > c.Depth {
		t.Errorf("it says %+v of a run that counts %+v", last, c)
	}
}

// A run that is over before a second has passed tells nothing, and waits for
// nothing.
func TestProgressOfAShortRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		m := graph(edges{0: {1}}, never(2))
		m.Actions = append(m.Actions, action("Wait", func(*place, *model.Choice) bool {
			time.Sleep(10 * time.Millisecond)
			return true
		}))
		check(t, m, Options{Workers: 2, Progress: func(p Progress) { t.Errorf("it is told %+v", p) }})
		if took := time.Since(started); took > 500*time.Millisecond {
			t.Errorf("it took %v", took)
		}
	})
}
