package explore

import (
	"context"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
)

// squares has 40 x 40 states of two numbers.
func squares() *model.Model[[2]uint16] { return squaresOf(40) }

// squaresOf has as many states as a square with this side has fields.
func squaresOf(side uint16) *model.Model[[2]uint16] {
	step := func(axis int) func(*[2]uint16, *model.Choice) bool {
		return func(s *[2]uint16, c *model.Choice) bool {
			s[axis] = (s[axis] + 1 + uint16(c.Int("far", 3))) % side
			return true
		}
	}
	return &model.Model[[2]uint16]{
		Name:       "squares",
		Actions:    []model.Action[[2]uint16]{{Name: "Right", Do: step(0)}, {Name: "Up", Do: step(1)}},
		Properties: []model.Property[[2]uint16]{model.Reachable("Corner", func(s *[2]uint16) bool { return s[0]+s[1] == 2*(side-1) })},
	}
}

// listState has all listState of up to four numbers below six.
func listState() *model.Model[[]uint8] {
	return &model.Model[[]uint8]{
		Name: "listState", AllowDeadlock: true,
		Actions: []model.Action[[]uint8]{{Name: "Append", Do: func(s *[]uint8, c *model.Choice) bool {
			if len(*s) == 4 {
				return false
			}
			*s = append(*s, uint8(c.Int("value", 6)))
			return true
		}}, {Name: "Empty", Do: func(s *[]uint8, _ *model.Choice) bool {
			*s = nil
			return true
		}}},
		Properties: []model.Property[[]uint8]{model.Always("Short", func(s *[]uint8) bool { return len(*s) < 5 })},
	}
}

// counted is the number of distinct states that a search finds.
func counted[S any](t *testing.T, m *model.Model[S], o Options) uint64 {
	t.Helper()
	r, err := Check(context.Background(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	return r.Counts.Distinct
}

// With a hash of a few bits a compact set takes nearly all states for others,
// and an exact one none: neither it nor the filter believes a hash.
func TestNoStateIsLostOnItsHashAlone(t *testing.T) {
	for _, bits := range []int{1, 4, 8} {
		for _, workers := range []int{1, 2, 3} {
			o := Options{Workers: workers, Store: StoreExact, KeepGoing: true, tuning: tuning{Tuning: search.Tuning{HashBits: bits}}}
			if got := counted(t, squares(), o); got != 1600 {
				t.Errorf("exact, %d bits, %d workers: %d squares, want 1600", bits, workers, got)
			}
			if got := counted(t, listState(), o); got != 1555 {
				t.Errorf("exact, %d bits, %d workers: %d lists, want 1555", bits, workers, got)
			}
			o.Store = StoreCompact
			if got := counted(t, squares(), o); got > 1<<bits {
				t.Errorf("compact, %d bits: %d squares; the weak hash is not in use", bits, got)
			}
		}
	}
}

func TestUnknownStore(t *testing.T) {
	_, err := Check(context.Background(), squares(), Options{Store: "tape"})
	want := `there is no store "tape"; there are auto, exact, compact, disk`
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the error is %v, want one with %s", err, want)
	}
}
