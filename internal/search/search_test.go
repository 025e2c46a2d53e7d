package search

import (
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
)

// place is a state of a random graph.
type place struct{ N int }

// drawGraph draws a graph with some places, in which Go leads along an edge and Jump
// to anywhere.
func drawGraph(t *rapid.T) *system.System {
	n := rapid.IntRange(1, 40).Draw(t, "places")
	at := rapid.IntRange(0, n-1)
	edges := make([][]int, n)
	for i := range edges {
		edges[i] = rapid.SliceOfN(at, 0, 3).Draw(t, "edges")
	}
	starts := rapid.SliceOfN(at, 1, 3).Draw(t, "starts")
	return system.Of(&model.Model[place]{
		Name: "graph", AllowDeadlock: true,
		Init: func(s *place, c *model.Choice) bool { s.N = model.Pick(c, "start", starts); return true },
		Actions: []model.Action[place]{
			{Name: "Go", Do: func(s *place, c *model.Choice) bool { s.N = model.Pick(c, "to", edges[s.N]); return true }},
			{Name: "Jump", Do: func(s *place, c *model.Choice) bool {
				if s.N%5 != 4 {
					return false
				}
				s.N = c.Int("to", n)
				return true
			}},
		},
	})
}

func newSearch(t rapid.TB, c Config) *Search {
	t.Helper()
	s, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A search finds the states of a textbook search, in its order, and keeps them in any
// number of pieces.
func TestSearchFindsTheStatesInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := drawGraph(t)
		s := newSearch(t, Config{System: m, KeepStates: true, Workers: rapid.IntRange(1, 4).Draw(t, "workers"),
			Tuning: Tuning{FragmentStates: rapid.IntRange(1, 3).Draw(t, "fragment"), BlockStates: rapid.IntRange(1, 5).Draw(t, "block")}})
		defer s.Close()
		s.Run()
		if got, want := archived(s), textbook(m); !slices.Equal(got, want) {
			t.Fatalf("found %v, want %v", got, want)
		}
	})
}

// textbook is a search with a queue and a list.
func textbook(m *system.System) (found []place) {
	p := system.NewStepper(m, m.Actions)
	meet := func() {
		p.Successors(func(_ int, _ []int, s system.State) bool {
			if n := *s.(*place); !slices.Contains(found, n) {
				found = append(found, n)
			}
			return true
		})
	}
	meet()
	space := m.Codec.New()
	for i := 0; i < len(found); i++ {
		p.Enter(space.Append(nil, &found[i]))
		meet()
	}
	return found
}

// archived are the states that a search has kept.
func archived(s *Search) (all []place) {
	r := s.Archive().NewReader(s.System().Codec)
	for n := range s.Archive().states {
		r.Read(n)
		all = append(all, *r.State().(*place))
	}
	return all
}

// Along the log, all states come out as they were, in the order in which they were.
func TestRefillMakesTheSameStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newSearch(t, Config{System: drawGraph(t), KeepStates: true, Workers: 1,
			Tuning: Tuning{FragmentStates: rapid.IntRange(1, 3).Draw(t, "fragment")}})
		defer s.Close()
		s.Run()
		before := archived(s)
		s.archive = Archive{}
		if err := s.Refill(); err != nil {
			t.Fatal(err)
		}
		if after := archived(s); !slices.Equal(before, after) {
			t.Fatalf("%v, and then %v", before, after)
		}
	})
}

// A state that a checkpoint has twice is found, also when the first of the two is in a
// file already.
func TestTwiceInFiles(t *testing.T) {
	m := system.Of(&model.Model[[3]uint8]{})
	for _, at := range []uint64{1, 300, 9_000} {
		s := newSearch(t, Config{System: m, Workers: 2, Store: visited.KindDisk, Memory: 3_000, WorkDir: t.TempDir(), Tuning: Tuning{Tiny: true}})
		if err := loadTwice(s, at); !errors.Is(err, errTwice) {
			t.Errorf("state %d is the first one again: %v", at, err)
		}
		s.Close()
	}
}

// loadTwice loads states as from a checkpoint, of which one is the first again.
func loadTwice(s *Search, at uint64) error {
	l := &visitedLoader{Search: s, form: snapshot.FormPrints, block: newBlock(1, 0, 0, 0)}
	for i := range at + 1 {
		p := fingerprint.Print{Hash: i % at * 0x9E3779B97F4A7C15}
		l.block.candidates[0] = []visited.Candidate{visited.NewCandidate(p, 0)}
		if err := l.insert(); err != nil {
			return err
		}
	}
	return l.resolve()
}

// A search may be attended while Pieces are made: with the race detector, this test finds out.
func TestASearchIsAttendedWhilePiecesAreMade(t *testing.T) {
	s := newSearch(t, Config{System: system.Of(&model.Model[[3]uint8]{}), Workers: 1})
	defer s.Close()
	done := make(chan error)
	go func() {
		_, err := s.NewPieces()
		done <- err
	}()
	if s.IsStuck() {
		t.Error("the search is stuck before it has begun")
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
