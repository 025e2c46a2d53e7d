package run

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// chance is a random function of numbers: the same every time.
type chance uint64

func (c chance) of(parts ...uint64) uint64 {
	h := uint64(c) ^ 0x6A09E667F3BCC909
	for _, p := range parts {
		h = (h ^ p) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}

// recipe is a random model, as numbers. What is one in n is never if n is 0.
type recipe struct {
	seed                       chance
	actions, answers, initial  int
	values                     uint64
	outside, terminal          uint64
	always, step, reach, panic uint64
	panicsIn                   string // the code that panics
	deadlock                   bool   // is allowed
}

func drawRecipe(t *rapid.T) recipe {
	one := func(name string, values ...uint64) uint64 { return rapid.SampledFrom(values).Draw(t, name) }
	return recipe{
		seed:     chance(rapid.Uint64().Draw(t, "seed")),
		actions:  int(one("actions", 4, 3, 2, 1)),
		answers:  int(one("answers", 3, 2, 1)),
		initial:  int(one("initial", 1, 3)),
		values:   one("values", 5, 4, 3, 2),
		outside:  one("outside", 0, 0, 50, 5),
		terminal: one("terminal", 1, 0, 3),
		always:   one("always", 0, 200, 30, 0),
		step:     one("step", 0, 1000, 100, 30, 0),
		reach:    one("reach", 30, 0, 200, 5),
		panic:    one("panic", 300, 1000, 50),
		panicsIn: rapid.SampledFrom([]string{"", "", "Action", "Property", "Step", "Constraint", "Terminal"}).Draw(t, "panicsIn"),
		deadlock: rapid.Bool().Draw(t, "deadlock"),
	}
}

// is reports whether something that is so in one of n cases is so in this one.
func (r recipe) is(what, n uint64, digest ...uint64) bool {
	return n > 0 && chance(uint64(r.seed)+what).of(digest...)%n == 0
}

// trip panics in some cases, if this is the place for it.
func (r recipe) trip(place string, digest ...uint64) {
	if place == r.panicsIn && r.is(9, r.panic, digest...) {
		panic("by chance")
	}
}

// flat is a state whose encoding is its memory, and deep is another one.
type (
	flat struct{ Values [4]uint8 }
	deep struct {
		Values [2]uint8
		List   []uint8
		Net    model.Bag[uint8]
	}
)

func (s *flat) digest() uint64 {
	h := uint64(1)
	for _, v := range s.Values {
		h = h*8 + uint64(v)
	}
	return h
}

func (s *flat) change(r recipe, by uint64) { s.Values[by%4] = uint8(by / 4 % r.values) }

func (s *deep) digest() uint64 {
	h := uint64(s.Values[0])*8 + uint64(s.Values[1])
	for _, v := range s.List {
		h = h*8 + uint64(v) + 1
	}
	for v := range uint8(5) { // a bag has no order
		h = h*4 + uint64(s.Net.Count(v))
	}
	return h
}

func (s *deep) change(r recipe, by uint64) {
	v := uint8(by / 4 % r.values)
	switch by % 4 {
	case 0, 1:
		s.Values[by%4] = v
	case 2:
		if len(s.List) == 2 {
			s.List = slices.Delete(s.List, 0, 1)
		} else {
			s.List = append(s.List, v)
		}
	default:
		if !s.Net.Remove(v) && s.Net.Len() < 2 {
			s.Net.Add(v)
		}
	}
}

// modelOf makes the model of a recipe.
func modelOf[S any, P interface {
	*S
	digest() uint64
	change(r recipe, by uint64)
}](r recipe) *model.Model[S] {
	digest := func(s *S) uint64 { return P(s).digest() }
	m := &model.Model[S]{
		Name: "random", AllowDeadlock: r.deadlock,
		Init: func(s *S, c *model.Choice) bool {
			P(s).change(r, r.seed.of(uint64(c.Int("start", r.initial))))
			return true
		},
		Properties: []model.Property[S]{
			model.Always("Always", func(s *S) bool { r.trip("Property", digest(s)); return !r.is(1, r.always, digest(s)) }),
			model.Reachable("Reachable", func(s *S) bool { return r.is(2, r.reach, digest(s)) }),
			model.Implies("Implied", func(s *S) bool { return r.is(3, r.reach, digest(s)) }, func(s *S) bool { return !r.is(4, r.always, digest(s)) }),
			model.AlwaysStep("Step", func(a, b *S) bool {
				r.trip("Step", digest(a), digest(b))
				return !r.is(5, r.step, digest(a), digest(b))
			}),
			model.ImpliesStep("ImpliedStep", func(a, b *S) bool { return r.is(6, r.reach, digest(a), digest(b)) },
				func(a, b *S) bool { return !r.is(7, r.step, digest(a), digest(b)) }),
		},
	}
	if r.outside > 0 {
		m.Constraint = func(s *S) bool { r.trip("Constraint", digest(s)); return !r.is(8, r.outside, digest(s)) }
	}
	if r.terminal > 0 {
		m.Terminal = func(s *S) bool { r.trip("Terminal", digest(s)); return r.is(10, r.terminal, digest(s)) }
	}
	for a := range r.actions {
		m.Actions = append(m.Actions, model.Action[S]{Name: fmt.Sprint("Act", a), Do: func(s *S, c *model.Choice) bool {
			before := digest(s)
			h := r.seed.of(uint64(a), before, uint64(c.Int("answer", r.answers)))
			r.trip("Action", h)
			if h%3 == 0 {
				return false
			}
			P(s).change(r, h/3)
			return true
		}})
	}
	return m
}

// The report on a random model is that of one process, also where code of the model panics,
// whatever the options and however the levels are cut.
func TestRandomModelsHaveTheReportOfOneProcess(t *testing.T) {
	abroad := 0
	rapid.Check(t, func(x *rapid.T) {
		r := drawRecipe(x)
		options := explore.Options{
			KeepGoing: rapid.Bool().Draw(x, "keepGoing"),
			Traces:    rapid.SampledFrom([]int{0, 1, 3}).Draw(x, "traces"),
			MaxStates: rapid.SampledFrom([]uint64{0, 0, 0, 40}).Draw(x, "maxStates"),
			MaxDepth:  rapid.SampledFrom([]int{0, 0, 0, 5}).Draw(x, "maxDepth"),
			Store:     rapid.SampledFrom([]explore.StoreKind{explore.StoreAuto, explore.StoreExact}).Draw(x, "store"),
		}
		isFlat := rapid.Bool().Draw(x, "flat")
		check := func(ctx context.Context, e explore.Engine) (*explore.Report, error) {
			o := options
			o.Engine = e
			if isFlat {
				return explore.Check(ctx, modelOf[flat](r), o)
			}
			return explore.Check(ctx, modelOf[deep](r), o)
		}
		report, err := check(context.Background(), nil)
		g := &rig{
			search: check, workers: rapid.IntRange(1, 2).Draw(x, "workers"), homeStates: 1,
			block: rapid.SampledFrom([]int{1, 3, 10, 100}).Draw(x, "block"), partitions: rapid.IntRange(1, 4).Draw(x, "partitions"),
		}
		got, gotErr := g.check(t)
		if fmt.Sprint(err) != fmt.Sprint(gotErr) {
			x.Fatalf("%+v: the error is %v, want %v", r, gotErr, err)
		}
		if err != nil {
			return
		}
		if a, b := without(t, got), without(t, report); a != b {
			x.Fatalf("%+v: %s", r, difference(a, b))
		}
		abroad += int(got.Distribution.Tasks)
	})
	if abroad == 0 && !t.Failed() {
		t.Error("no level was made by a worker")
	}
}
