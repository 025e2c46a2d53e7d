package explore

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
)

// randomState has what a state can have, and few values of each.
type randomState struct {
	Small [2]uint8
	List  []uint8
	Net   model.Bag[uint8]
}

// flatState is a state whose encoding is its memory.
type flatState struct{ A, B, C, D uint8 }

// chance is a random function of a state: the same every time.
type chance uint64

func (c chance) of(parts ...uint64) uint64 {
	h := uint64(c) ^ 0x6A09E667F3BCC909
	for _, p := range parts {
		h = (h ^ p) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}

// oneIn is true for one in n states.
func (c chance) oneIn(n uint64, digest uint64) bool { return c.of(digest)%n == 0 }

// recipe is a random model, as numbers.
type recipe struct {
	seed              chance
	actions, answers  int
	values            uint64
	initial           int
	constraint        uint64 // 0: none; n: false for one state in n
	terminal          uint64 // 0: none; n: true for one state in n
	allowDeadlock     bool
	always, step      uint64 // violated by one in n
	reachable, panics uint64
	panicsIn          string // what of the model's code it is that panics
}

// panicPlaces is the code of a model that can panic.
var panicPlaces = []string{"Action", "Init", "Property", "Step", "Constraint", "Terminal"}

// checkUntil has rapid check, and again while shown is 0: a test shows nothing before what it
// is about has been drawn, and how much rapid draws depends on its flags and on -short.
func checkUntil(t *testing.T, shown *int, check func(*rapid.T)) {
	t.Helper()
	for range 50 {
		if rapid.Check(t, check); *shown > 0 || t.Failed() {
			return
		}
	}
	t.Error("what this test is about was never drawn")
}

func drawRecipe(t *rapid.T) recipe {
	const never = 1 << 40
	one := func(name string, values ...int) int { return rapid.SampledFrom(values).Draw(t, name) }
	return recipe{
		seed:          chance(rapid.Uint64().Draw(t, "seed")),
		actions:       one("actions", 4, 6, 3, 2, 1),
		answers:       one("answers", 3, 3, 2, 1, 0),
		values:        uint64(one("values", 5, 7, 4, 3, 2)),
		initial:       one("initial", 1, 3, 4),
		constraint:    uint64(one("constraint", 0, 0, 50, 5)),
		terminal:      uint64(one("terminal", 1, 0, 3)),
		allowDeadlock: rapid.Bool().Draw(t, "allowDeadlock"),
		always:        uint64(one("always", never, 200, 30, 1000, never)),
		step:          uint64(one("step", never, 1000, 200, 30, never)),
		reachable:     uint64(one("reachable", 30, never, 200, 5)),
		panics:        uint64(one("panics", 200, 1000, 30)),
		panicsIn:      rapid.SampledFrom(append([]string{"", ""}, panicPlaces...)).Draw(t, "panicsIn"),
	}
}

// trip panics in one of so many cases, if this is the place for it. Code that is
// seldom run does more often.
func (r recipe) trip(place string, digest ...uint64) bool {
	n := r.panics
	if place == "Init" || place == "Terminal" {
		n = 3
	}
	if place == r.panicsIn && (r.seed+6).of(digest...)%n == 0 {
		panic("by chance")
	}
	return true
}

// modelOf makes a model of the recipe on any state type, given what a state
// digests to and how a number changes it.
func modelOf[S any](r recipe, digest func(*S) uint64, change func(*S, uint64)) *model.Model[S] {
	m := &model.Model[S]{
		Name: "random", AllowDeadlock: r.allowDeadlock,
		Init: func(s *S, c *model.Choice) bool {
			n := c.Int("start", r.initial)
			change(s, r.seed.of(uint64(n)))
			r.trip("Init", uint64(n))
			return n == 0 || r.seed.of(uint64(n))%3 > 0
		},
		Properties: []model.Property[S]{
			model.Always("Always", func(s *S) bool { return !r.seed.oneIn(r.always, digest(s)) }),
			model.Reachable("Reachable", func(s *S) bool { return (r.seed + 1).oneIn(r.reachable, digest(s)) }),
			model.Implies("Implied",
				func(s *S) bool { return (r.seed + 7).oneIn(r.reachable, digest(s)) },
				func(s *S) bool { return !(r.seed + 8).oneIn(r.always, digest(s)) }),
			model.AlwaysStep("Step", func(a, b *S) bool { return (r.seed+2).of(digest(a), digest(b))%r.step > 0 }),
			model.ImpliesStep("ImpliedStep",
				func(a, b *S) bool { return (r.seed+9).of(digest(a), digest(b))%r.reachable == 0 },
				func(a, b *S) bool { return (r.seed+10).of(digest(a), digest(b))%r.step > 0 }),
			model.Always("Again", func(s *S) bool { return !(r.seed + 3).oneIn(r.always, digest(s)) }),
			model.Always("Fragile", func(s *S) bool { return r.trip("Property", digest(s)) }),
			model.AlwaysStep("FragileStep", func(a, b *S) bool { return r.trip("Step", digest(a), digest(b)) }),
		},
	}
	if r.constraint > 0 {
		m.Constraint = func(s *S) bool {
			return r.trip("Constraint", digest(s)) && !(r.seed+4).oneIn(r.constraint, digest(s))
		}
	}
	if r.terminal > 0 {
		m.Terminal = func(s *S) bool {
			return r.trip("Terminal", digest(s)) && (r.seed+5).oneIn(r.terminal, digest(s))
		}
	}
	for a := range r.actions {
		fault := ""
		if a == 2 {
			fault = "crash"
		}
		m.Actions = append(m.Actions, model.Action[S]{
			Name: fmt.Sprint("Act", a), Fault: fault,
			Do: func(s *S, c *model.Choice) bool { return act(r, uint64(a), digest, change, s, c) },
		})
	}
	return m
}

// act asks questions whose number depends on the state and on earlier answers,
// sometimes from nothing, and then changes the state in some way.
func act[S any](r recipe, a uint64, digest func(*S) uint64, change func(*S, uint64), s *S, c *model.Choice) bool {
	d := r.seed.of(a, digest(s))
	if d%7 == 0 {
		return false
	}
	mix := d
	for q := range d % 3 {
		n := r.seed.of(mix, q) % uint64(r.answers+2) // sometimes nothing to choose from
		list := make([]uint64, n)
		for i := range list {
			list[i] = r.seed.of(mix, uint64(i))
		}
		if n == 0 && d%7 == 0 {
			change(s, d)
			c.Int("nothing", 0)
			_ = list[0] // an action goes on after a choice from nothing
		}
		mix = r.seed.of(mix, model.Pick(c, "way", list))
	}
	if !c.Guard(fmt.Sprint("guard ", a), r.seed.of(mix, 1)%6 > 0) || !c.Guard("rare", r.seed.of(mix, 2)%1000 > 0) {
		return false
	}
	r.trip("Action", mix)
	change(s, mix)
	return true
}

func (r recipe) flat() *model.Model[flatState] {
	return modelOf(r,
		func(s *flatState) uint64 {
			return uint64(s.A) | uint64(s.B)<<8 | uint64(s.C)<<16 | uint64(s.D)<<24
		},
		func(s *flatState, n uint64) {
			*[]*uint8{&s.A, &s.B, &s.C, &s.D}[n%4] = uint8(n >> 8 % r.values)
		})
}

func (r recipe) rich() *model.Model[randomState] {
	digest := func(s *randomState) uint64 {
		d := uint64(s.Small[0]) | uint64(s.Small[1])<<8
		for _, v := range s.List {
			d = d*31 + uint64(v) + 1<<20
		}
		for v := range r.values {
			d = d*37 + uint64(s.Net.Count(uint8(v)))
		}
		return d
	}
	change := func(s *randomState, n uint64) {
		v := uint8(n >> 16 % r.values)
		switch n % 6 {
		case 0, 1:
			s.Small[n%2] = v
		case 2:
			if len(s.List) < 3 {
				s.List = append(s.List, v)
			}
		case 3:
			s.List = s.List[len(s.List)/2:]
		case 4:
			if s.Net.Len() < 3 {
				s.Net.Add(v)
			}
		case 5:
			s.Net.Remove(v)
		}
	}
	return modelOf(r, digest, change)
}

// strip shows a report without what may differ between the twins.
func strip(r *Report) string {
	c := *r
	c.Properties = slices.Clone(r.Properties)
	for i := range c.Properties {
		if c.Properties[i].Kind == "panic" {
			c.Properties[i].Detail = ""
		}
	}
	return textOf(&c)
}

func drawOptions(t *rapid.T, r recipe) Options {
	o := Options{
		KeepGoing: rapid.Bool().Draw(t, "keepGoing"),
		MaxStates: uint64(rapid.SampledFrom([]int{600, 600, 600, 600, 100, 10, 1}).Draw(t, "maxStates")),
		MaxDepth:  rapid.SampledFrom([]int{0, 0, 0, 0, 0, 4, 1}).Draw(t, "maxDepth"),
		Store:     rapid.SampledFrom([]StoreKind{"", StoreAuto, StoreExact, StoreCompact, StoreDisk, StoreDisk}).Draw(t, "store"),
		Memory:    rapid.SampledFrom([]uint64{0, 1, 1000, 10_000}).Draw(t, "memory"),
	}
	if r.actions > 2 && rapid.Bool().Draw(t, "withoutFaults") {
		o.WithoutFaults = []string{"crash"}
	}
	return o
}

func drawTuning(t *rapid.T) tuning {
	return tuning{Tuning: search.Tuning{FragmentStates: rapid.IntRange(1, 5).Draw(t, "fragment"), BlockStates: rapid.IntRange(1, 20).Draw(t, "block"), RoundBlocks: rapid.IntRange(1, 9).Draw(t, "round"), LogChunk: rapid.IntRange(1, 200).Draw(t, "chunk"),
		WideCandidates: rapid.SampledFrom([]int{0, 0, 1, 3, 20}).Draw(t, "wide"),
		SmallRound:     rapid.SampledFrom([]int{0, -1, -1, -1}).Draw(t, "small")}, liveness: liveness.Tuning{Apart: rapid.Bool().Draw(t, "apart"), Pieces: rapid.Bool().Draw(t, "pieces")}}
}

func agree[S any](t *rapid.T, m *model.Model[S], r recipe) {
	o := drawOptions(t, r)
	if o.Store == StoreExact {
		o.tuning.HashBits = rapid.SampledFrom([]int{0, 0, 0, 10}).Draw(t, "hashBits")
	}
	hashBits := o.tuning.HashBits
	twin := checkTwin(m, o)
	nowhere := twin.Counts.Distinct == 0 && twin.Reason == "" && !twin.hasCounterexample()
	want := strip(twin)
	for _, way := range []struct {
		workers int
		cut     tuning
	}{
		{1, tuning{}}, {1, drawTuning(t)}, {2, drawTuning(t)}, {3, shared}, {5, drawTuning(t)}, {8, drawTuning(t)},
	} {
		o.Workers, o.tuning = way.workers, way.cut
		o.tuning.HashBits, o.tuning.Tiny = hashBits, true
		got, err := Check(context.Background(), m, o)
		switch {
		case nowhere && err == nil:
			t.Fatalf("%+v: no error for a model without initial states", way)
		case nowhere:
		case err != nil:
			t.Fatalf("%+v: %v", way, err)
		case strip(got) != want:
			t.Fatalf("%+v: %s", way, firstDifference(strip(got), want))
		}
	}
}

// On random models, whole reports agree with the slow search: counts, levels,
// coverage, verdicts and traces, whatever the workers and however work is cut.
func TestEngineAgreesWithItsTwin(t *testing.T) {
	t.Parallel()
	t.Run("flat", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) { r := drawRecipe(t); agree(t, r.flat(), r) })
	})
	t.Run("rich", func(t *testing.T) {
		rapid.Check(t, func(t *rapid.T) { r := drawRecipe(t); agree(t, r.rich(), r) })
	})
}
