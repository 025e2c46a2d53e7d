//go:build !purego

// By reflection, byte by byte, these take minutes.

package explore

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/model"
)

// States can be large: larger than anything that they are handed out in, fixed in
// size or not.
func TestLargeStates(t *testing.T) {
	// visit walks through the bits of a number, and notes it far apart.
	bits := unlessShort(5, 3)
	visit := func(bytes []byte, c *model.Choice) {
		bit := byte(1) << c.Int("bit", bits)
		bytes[0] |= bit
		bytes[len(bytes)-1] ^= bit
	}
	counts := func(c Counts) string { return fmt.Sprint(c.Distinct, " distinct, ", c.Depth, " levels") }
	want := "243 distinct, 11 levels" // each bit is in no byte, in both, or in the first
	if testing.Short() {
		want = "27 distinct, 7 levels"
	}

	type array struct{ Bytes [100_000]byte }
	fixed := checkFew(t, &model.Model[array]{
		Name: "array",
		Actions: []model.Action[array]{action("Visit", func(s *array, c *model.Choice) bool {
			visit(s.Bytes[:], c)
			return true
		})},
		Properties: []model.Property[array]{model.Always("Zero", func(s *array) bool { return s.Bytes[50_000] == 0 })},
	}, Options{})
	if got := counts(fixed.Counts); got != want || fixed.Verdict != Holds {
		t.Errorf("arrays: the run %s, with %s; want %s", fixed.Verdict, got, want)
	}

	varied := checkFew(t, &model.Model[[]byte]{
		Name: "slice",
		Init: func(s *[]byte, _ *model.Choice) bool { *s = make([]byte, 100_000); return true },
		Actions: []model.Action[[]byte]{action("Visit", func(s *[]byte, c *model.Choice) bool {
			visit(*s, c)
			return true
		})},
		Properties: []model.Property[[]byte]{model.Always("Zero", func(s *[]byte) bool { return (*s)[50_000] == 0 })},
	}, Options{})
	if got := counts(varied.Counts); got != want || varied.Verdict != Holds {
		t.Errorf("slices: the run %s, with %s; want %s", varied.Verdict, got, want)
	}
}

// States of 100,000 bytes and more are like any others.
func TestStoresKeepLargeStates(t *testing.T) {
	places := unlessShort(4, 3)
	type large struct {
		Body [100_000]uint8
		List []uint8
	}
	m := &model.Model[large]{
		Name: "large", AllowDeadlock: true,
		Actions: []model.Action[large]{{Name: "Set", Do: func(s *large, c *model.Choice) bool {
			at := c.Int("at", places)
			if s.Body[at*33_333] == 2 {
				return false
			}
			s.Body[at*33_333]++
			return true
		}}},
		Properties: []model.Property[large]{model.Always("Fine", func(*large) bool { return true })},
	}
	for _, o := range []Options{{Store: StoreExact}, {Memory: 20 << 20}, {Store: StoreCompact}, {Memory: 1}, {Store: StoreDisk, Memory: 1}} {
		o.tuning.Tiny = true
		if got, want := counted(t, m, o), uint64(unlessShort(81, 27)); got != want {
			t.Errorf("%s: %d states, want %d", fmt.Sprint(o.Store), got, want)
		}
	}
}
