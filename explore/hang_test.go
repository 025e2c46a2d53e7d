//go:build !race

package explore

// The report of a run that hangs reads what a goroutine has written that never returns,
// and so never says that it is done: to the race detector that is a race.

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/model"
)

// hanging counts to 3, and does not return from there until the test ends.
func hanging(t *testing.T) *model.Model[[2]int] {
	end := make(chan struct{})
	t.Cleanup(func() { close(end) })
	return &model.Model[[2]int]{
		Name: "hanging", AllowDeadlock: true,
		Actions: []model.Action[[2]int]{{Name: "Spin", Do: func(s *[2]int, c *model.Choice) bool {
			n := c.Int("n", 2)
			if s[0] < 3 {
				s[0]++
				return true
			}
			if n == 1 {
				<-end
			}
			return false
		}}},
		Properties: []model.Property[[2]int]{model.Always("Any", func(*[2]int) bool { return true })},
	}
}

// A run whose model does not return ends soon after its limit, and says which action it
// was, on which state.
func TestAnActionThatDoesNotReturn(t *testing.T) {
	const want = `the time limit of 50ms was reached; Spin(n=1), on the state [3 0], has not returned for 3s: ` +
		`it cannot be stopped, and goes on until the process ends`
	var all sync.WaitGroup
	defer all.Wait()
	for _, workers := range []int{1, 2} {
		all.Go(func() { hangs(t, workers, want) })
	}
	s, err := Simulate(context.Background(), hanging(t), SimulateOptions{Timeout: 50 * time.Millisecond})
	if err != nil || s.Verdict != Incomplete || !strings.Contains(s.Reason, "Spin(n=1), on the state [3 0], has not returned") {
		t.Errorf("random walks: %v, %+v", err, s)
	}
}

func hangs(t *testing.T, workers int, want string) {
	r, err := Check(context.Background(), hanging(t), Options{Workers: workers, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Error(err)
	} else if r.Verdict != Incomplete || r.Reason != want || r.Counts.Distinct == 0 {
		t.Errorf("%d workers: %s, %d states: %s", workers, r.Verdict, r.Counts.Distinct, r.Reason)
	}
}

// An explanation looks at steps beside those of the search: at states outside the constraint, where
// an action may not return.
func TestAnActionThatDoesNotReturnWhileItIsExplained(t *testing.T) {
	end := make(chan struct{})
	t.Cleanup(func() { close(end) })
	m := &model.Model[[2]int]{
		Name: "hanging", AllowDeadlock: true,
		Actions: []model.Action[[2]int]{
			{Name: "Up", Do: func(s *[2]int, _ *model.Choice) bool {
				if s[0] == 3 {
					return false
				}
				s[0]++
				return true
			}},
			{Name: "Spin", Do: func(s *[2]int, _ *model.Choice) bool {
				if s[0] == 3 {
					<-end
				}
				return false
			}},
		},
		Properties: []model.Property[[2]int]{model.Always("Any", func(*[2]int) bool { return true })},
		Constraint: func(s *[2]int) bool { return s[0] < 3 },
	}
	r, err := Check(context.Background(), m, Options{Explain: true, Timeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	const want = `the time limit of 50ms was reached; Spin, on the state [3 0], has not returned for 3s: ` +
		`it cannot be stopped, and goes on until the process ends`
	if r.Verdict != Incomplete || r.Reason != want || r.Counts.Distinct != 3 {
		t.Errorf("%s, %d states: %s", r.Verdict, r.Counts.Distinct, r.Reason)
	}
}
