package system_test

import (
	"sync/atomic"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

type colour uint8

// pots is as many pots of paint as there are colours.
type pots struct {
	First  colour
	Second colour
	Noise  uint8 `muster:"-"`
}

func newEquivariance(t *testing.T, colours int, change func(*model.Model[pots])) *system.Equivariance {
	t.Helper()
	m := &model.Model[pots]{
		Name: "pots", AllowDeadlock: true,
		Symmetry: []model.Symmetry{model.Scalars[colour](colours).From(1)},
		Actions: []model.Action[pots]{{Name: "Fill", Do: func(s *pots, c *model.Choice) bool {
			to := colour(c.Int("colour", colours) + 1)
			if s.First == to {
				return false
			}
			s.First, s.Second = to, s.First
			return true
		}}},
		Constraint: func(s *pots) bool { return s.Second == 0 || s.First != s.Second },
		Properties: []model.Property[pots]{model.AlwaysStep("Differs", func(a, b *pots) bool { return a.First != b.First })},
	}
	if change != nil {
		change(m)
	}
	s := system.Of(m)
	o, err := s.Orbits()
	if err != nil {
		t.Fatal(err)
	}
	return system.NewEquivariance(s, o, s.Actions, []int{0}, new(atomic.Bool), s.Watch)
}

// Of a group of two, fewer states are checked from the beginning than of a larger one; no
// state of a small space is left out.
func TestWhichStatesAreChecked(t *testing.T) {
	for colours, want := range map[int][]int{2: {256, 960, 64}, 3: {256, 3840, 64}} {
		e := newEquivariance(t, colours, nil)
		from := uint64(0)
		for i, to := range []uint64{256, 4096, 8192} {
			got := 0
			for n := from; n < to; n++ {
				if e.Checks(n) {
					got++
				}
			}
			if from = to; got < want[i]-2 || got > want[i]+2 {
				t.Errorf("%d colours: %d states up to %d are checked, want %d", colours, got, to, want[i])
			}
		}
	}
}

// A state that a renaming leaves as it is can show a breach: where it leads, the renamed
// state does not lead to.
func TestEquivarianceOfASymmetricState(t *testing.T) {
	none, both := []byte{0, 0}, []byte{1, 2}
	if problem := newEquivariance(t, 2, nil).Check(1000, none); problem != "" {
		t.Error(problem)
	}
	first := func(m *model.Model[pots]) {
		m.Actions[0].Do = func(s *pots, _ *model.Choice) bool { s.First = 1; return true }
	}
	if newEquivariance(t, 2, first).Check(1000, none) == "" {
		t.Error("an action that prefers a colour is not noticed in a state without colours")
	}
	panics := func(m *model.Model[pots]) {
		m.Actions[0].Do = func(*pots, *model.Choice) bool { panic("always") }
	}
	for _, state := range [][]byte{none, both} {
		if problem := newEquivariance(t, 2, panics).Check(1000, state); problem != "" {
			t.Errorf("a panic in both states is taken for a breach: %s", problem)
		}
	}
}

// How often an action takes a step is no difference, and in which order it takes them.
func TestEquivarianceComparesSets(t *testing.T) {
	often := func(m *model.Model[pots]) {
		m.Actions[0].Do = func(s *pots, c *model.Choice) bool {
			ways := 1
			if s.First == 1 {
				ways = 3
			}
			c.Int("way", ways)
			s.Second = s.First
			return true
		}
	}
	if problem := newEquivariance(t, 2, often).Check(1000, []byte{1, 2}); problem != "" {
		t.Error(problem)
	}
}

// What an action leaves in a field that is no part of the state, and returns false, is not
// met by its next attempt: the attempts of the renamed state have another order.
func TestEquivarianceOfAttemptsThatLeaveNoise(t *testing.T) {
	noisy := func(m *model.Model[pots]) {
		do := m.Actions[0].Do
		m.Actions[0].Do = func(s *pots, c *model.Choice) bool {
			if !do(s, c) {
				s.Noise = 1
				return false
			}
			return true
		}
		m.Properties[0].Step = func(_, b *pots) bool { return b.Noise == 0 }
	}
	if problem := newEquivariance(t, 2, noisy).Check(1000, []byte{1, 2}); problem != "" {
		t.Error(problem)
	}
}
