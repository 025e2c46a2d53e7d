package inplace_test

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
)

func numbers(m inplace.Machine[counter, int, uint8, int]) *inplace.Machines[counter, int, uint8, int] {
	m.New = func(id int) *counter { return &counter{n: id} }
	m.Step = func(c *counter, by uint8) int { c.n = (c.n + int(by)) % 64; return c.n }
	m.View = func(c *counter) int { return c.n }
	return inplace.Of(m)
}

// A step that was run is found again without an allocation, and so is a view.
func TestStepsAllocateNothing(t *testing.T) {
	m := numbers(inplace.Machine[counter, int, uint8, int]{})
	ref := m.Start(1)
	count := func() {
		for by := range uint8(8) {
			at := ref
			if m.Step(&at, by) != *m.View(at) {
				t.Fatal("the step and the view differ")
			}
		}
	}
	count()
	if n := testing.AllocsPerRun(100, count); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// Objects are made again by their inputs or copied, and kept in memory or not. The report is
// the same.
func TestWaysToMakeAnObject(t *testing.T) {
	type ring struct{ C inplace.Ref[counter] }
	report := func(m *inplace.Machines[counter, int, uint8, int], memory uint64) string {
		r, err := explore.Check(context.Background(), &model.Model[ring]{
			Name: "ring",
			Init: func(s *ring, c *model.Choice) bool { s.C = m.Start(c.Int("from", 2)); return true },
			Actions: []model.Action[ring]{{Name: "Add", Do: func(s *ring, c *model.Choice) bool {
				m.Step(&s.C, uint8(1+c.Int("by", 3)))
				return true
			}}},
			Properties: []model.Property[ring]{model.Reachable("Last", func(s *ring) bool { return *m.View(s.C) == 63 })},
			Code:       []model.Code{m},
		}, explore.Options{Memory: memory, Workers: 2})
		if err != nil {
			t.Fatal(err)
		}
		if c := r.Code.Parts[0]; c.States != 64 || c.Steps != 64*3 {
			t.Errorf("%d local states and %d steps, want 64 and 192", c.States, c.Steps)
		}
		r.Seconds, r.Bytes = 0, 0
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	again := numbers(inplace.Machine[counter, int, uint8, int]{})
	copies := numbers(inplace.Machine[counter, int, uint8, int]{Copy: func(c *counter) *counter { return &counter{n: c.n} }})
	want := report(again, 1<<30)
	if got := report(copies, 1<<30); got != want {
		t.Errorf("with copies:\n%s\nwant\n%s", got, want)
	}
	if got := report(numbers(inplace.Machine[counter, int, uint8, int]{}), 64<<20); got != want {
		t.Errorf("with little memory:\n%s\nwant\n%s", got, want)
	}
}

func BenchmarkStep(b *testing.B) {
	m := numbers(inplace.Machine[counter, int, uint8, int]{})
	first := m.Start(1)
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		at := first
		for by := uint8(0); p.Next(); by++ {
			m.Step(&at, by%8)
		}
	})
}
