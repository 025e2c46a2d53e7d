package explain

import (
	"encoding/binary"
	"reflect"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// A sample keeps all states of a small space, and a share of a large one: the same states in
// whichever order they come, also if it was saved in between.
func TestSample(t *testing.T) {
	state := func(i int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(i)) }
	for _, n := range []int{0, 100, sampleStates, 5 * sampleStates} {
		var s, backwards, saved sample
		for i := range n {
			s.add(state(i))
			backwards.add(state(n - 1 - i))
			if saved.add(state(i)); i%10_000 == 0 {
				saved = saved.saved().sample()
			}
		}
		got := s.states()
		if !reflect.DeepEqual(got, backwards.states()) || !reflect.DeepEqual(got, saved.states()) {
			t.Errorf("%d: the samples differ", n)
		}
		if s.isWhole() != (n <= sampleStates) || s.isWhole() && len(got) != n || len(got) > sampleStates || n > sampleStates && len(got) < sampleStates/4 {
			t.Errorf("%d: %d were kept", n, len(got))
		}
		half := uint32(0)
		for _, encoded := range got[:len(got)/2] {
			if binary.LittleEndian.Uint32(encoded) < uint32(n/2) {
				half++
			}
		}
		if share := float64(half) / float64(max(1, len(got)/2)); n > 1000 && (share < 0.45 || share > 0.55) {
			t.Errorf("%d: of the first half of the sample, %.2f come from the first half of the states", n, share)
		}
	}
}

// Large states are fewer, so that a sample has its limit in bytes too.
func TestSampleOfLargeStates(t *testing.T) {
	var s sample
	for i := range 1000 {
		s.add(binary.LittleEndian.AppendUint32(make([]byte, 20_000), uint32(i)))
		if s.bytes > sampleBytes {
			t.Fatalf("%d bytes", s.bytes)
		}
	}
	if s.isWhole() || s.bytes != 20_004*len(s.kept) || len(s.kept) < 40 {
		t.Errorf("%d states, %d bytes", len(s.kept), s.bytes)
	}
}

// grid is two counters of one action each.
func grid() *system.System {
	type state struct{ A, B uint8 }
	up := func(name string, of func(*state) *uint8) model.Action[state] {
		return model.Action[state]{Name: name, Do: func(s *state, _ *model.Choice) bool {
			if *of(s) == 50 {
				return false
			}
			*of(s)++
			return true
		}}
	}
	return system.Of(&model.Model[state]{Name: "grid", Actions: []model.Action[state]{
		up("A", func(s *state) *uint8 { return &s.A }), up("B", func(s *state) *uint8 { return &s.B }),
	}})
}

// observed is an observer that was shown all states of the grid.
func observedGrid() *Observer {
	s := grid()
	x := New(s, s.Actions)
	for a := range byte(51) {
		for b := range byte(51) {
			x.sample.add([]byte{a, b})
		}
	}
	return x
}

// The parts are found; after a cancellation there is little time, and nothing is said that was
// not looked at.
func TestMeasure(t *testing.T) {
	q := Question{Distinct: 51 * 51}
	m := observedGrid().Measure(q)
	if len(m.Apart) != 2 || !slices.Equal(m.Apart[0].Parts, []string{"A"}) || m.Apart[1].Values != 51 || !m.ApartWhole || m.ApartStates != 51*51 {
		t.Errorf("got %+v", m)
	}
	x := observedGrid()
	x.Until(func() bool { return true })
	x.grace = 0
	if m := x.Measure(q); m.States > 0 || m.Whole || len(m.Apart) > 0 || len(m.Joins) > 0 {
		t.Errorf("after a cancellation: got %+v", m)
	}
}

func TestUnitName(t *testing.T) {
	for path, want := range map[string]string{
		"Clock": "Clock", "Servers[1].Log": "Servers[1]", "Grid[1][2]": "Grid[1]", "Net.Inbox[0]": "Net", "Last[2]": "Last[2]",
	} {
		if got := unitName(path); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}
