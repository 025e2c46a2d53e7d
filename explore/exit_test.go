package explore_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Code of the model that ends its goroutine, as FailNow of a test does, ends the run with an
// error that names the place: also where the goroutine is one of several, which wait for each
// other.
func TestAWorkersGoroutineMayBeEnded(t *testing.T) {
	type grid struct{ N [4]uint8 }
	m := &model.Model[grid]{
		Name: "grid", AllowDeadlock: true,
		Actions: []model.Action[grid]{{Name: "Up", Do: func(s *grid, c *model.Choice) bool {
			i := c.Int("side", len(s.N))
			if s.N[i] == 9 {
				return false
			}
			s.N[i]++
			return true
		}}},
		Properties: []model.Property[grid]{model.Always("Small", func(s *grid) bool {
			if s.N == [4]uint8{9, 2, 3, 4} {
				other := &testing.T{} // of whatever test it is
				other.FailNow()
			}
			return true
		})},
	}
	for _, workers := range []int{1, 2, 4, 8} {
		_, err := explore.Check(t.Context(), m, explore.Options{Workers: workers})
		broken := new(explore.ContractError)
		if !errors.As(err, &broken) || !strings.Contains(err.Error(), "ended its goroutine, at exit_test.go:") {
			t.Errorf("%d workers: got %v, want an error that names the place", workers, err)
		}
	}
}
