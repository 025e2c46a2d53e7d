package simulate

import (
	"context"
	"reflect"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

type counter struct{ N int8 }

// counting never lets N be 6, and does.
func counting() Config {
	s := system.Of(&model.Model[counter]{
		Name: "counting",
		Actions: []model.Action[counter]{
			{Name: "Up", Do: func(s *counter, _ *model.Choice) bool { s.N++; return true }},
			{Name: "Down", Do: func(s *counter, _ *model.Choice) bool {
				if s.N == 0 {
					return false
				}
				s.N--
				return true
			}},
		},
		Properties: []model.Property[counter]{model.Always("Small", func(s *counter) bool { return s.N < 6 })},
	})
	return Config{System: s, Actions: s.Actions, Properties: []int{0}, Deadlock: true, Seed: 3, Walks: 100, Depth: 200}
}

func TestWalksFindAndShorten(t *testing.T) {
	c, ctx := counting(), context.Background()
	first, err := New(ctx, c).Run()
	again, _ := New(ctx, c).Run()
	if err != nil || !reflect.DeepEqual(first, again) {
		t.Fatalf("two runs with one seed differ, or fail: %v", err)
	}
	way := first.Found[0]
	if way == nil {
		t.Fatal("the violation is not found")
	}
	short := way.Shorten(ctx, c, 0)
	w, ok := short.Walk(c)
	if !ok || len(short) != 7 {
		t.Fatalf("the shortened route has %d moves, want 7: the first state and six steps", len(short))
	}
	if shows, _ := w.Shows(0); !shows {
		t.Error("the shortened route does not show the violation")
	}
}
