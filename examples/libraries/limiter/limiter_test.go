package limiter

import (
	"testing"
	"time"

	"golang.org/x/time/rate"

	"github.com/muster-mc/muster/catalog"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestLimiter(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 595, Generated: 1642, Depth: 12})
}

// Reservations that are made and cancelled in every order stay within the rate.
func TestReservations(t *testing.T) {
	r := mctest.Holds(t, New(Config{Reservations: 3, Reloads: catalog.None}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 18_483, Generated: 53_680, Depth: 17})
}

// A caller that is held up between the clock and the limiter sets the limiter's clock back,
// and the time in between is paid out twice.
func TestLateCaller(t *testing.T) {
	mctest.Breaks(t, New(Config{Late: true}), explore.Options{}, "WithinTheRate", 6)
}

// The same by hand, without a model.
func TestLateCallerByHand(t *testing.T) {
	second := func(n int64) time.Time { return time.Unix(n, 0) }
	l := rate.NewLimiter(1, 2)
	for i, told := range []time.Time{second(0), second(1), second(1)} { // all at second 1
		if !l.AllowN(told, 1) {
			t.Fatalf("call %d was refused: the library has become stricter, and the model's trace is out of date", i+1)
		}
	}
}

func TestBugs(t *testing.T) {
	for _, trial := range Entry.Trials() {
		outcome, err := trial.Run(t.Context(), explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if problem := outcome.Problem(); problem != "" {
			t.Errorf("%s: %s", trial.Name(), problem)
		}
	}
}
