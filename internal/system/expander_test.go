package system_test

import (
	"bytes"
	"fmt"
	"math/bits"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"pgregory.net/rapid"
)

// The state types of random models. Each has one number that actions read and write,
// in a form that an expander treats in a way of its own.
type (
	flatState    struct{ A, B uint8 }
	ignoredState struct {
		A    uint8
		Note int `muster:"-"`
	}
	sliceState struct{ List []uint8 }
	mapState   struct{ Map map[uint8]bool }
)

func (s *flatState) number() uint8     { return s.A }
func (s *flatState) become(n uint8)    { s.A, s.B = n, n/2 }
func (s *ignoredState) number() uint8  { return s.A }
func (s *ignoredState) become(n uint8) { s.A, s.Note = n, int(n)+1 }
func (s *sliceState) number() uint8    { return uint8(len(s.List)) }
func (s *sliceState) become(n uint8) {
	s.List = s.List[:0]
	for i := range n {
		s.List = append(s.List, i)
	}
}
func (s *mapState) number() uint8 { return uint8(len(s.Map)) }
func (s *mapState) become(n uint8) {
	clear(s.Map)
	for i := range n {
		if s.Map == nil {
			s.Map = map[uint8]bool{}
		}
		s.Map[i] = true
	}
}

// numbered is a pointer to such a state.
type numbered[S any] interface {
	*S
	number() uint8
	become(n uint8)
}

func scramble(x, y uint64) uint64 {
	return bits.RotateLeft64((x^y+1)*0x9E3779B97F4A7C15, 31) * 0xBF58476D1CE4E5B9
}

// randomDo is an action that a seed decides: its questions, whether it is enabled, and
// the number that it makes. Some questions have no answer. Then the action has changed
// the state already, and may panic.
func randomDo[S any, P numbered[S]](seed uint64) func(*S, *model.Choice) bool {
	return func(s *S, c *model.Choice) bool {
		p := P(s)
		h := scramble(seed, uint64(p.number()))
		for range h >> 60 % 5 {
			n := int(h >> 50 % 8)
			if n == 0 {
				p.become(99)
			}
			h = scramble(h, uint64(c.Int("n", n)))
			if n == 0 && h>>40%2 == 0 {
				panic("a choice from nothing")
			}
			if n == 0 {
				return true
			}
		}
		if h>>40%4 == 0 {
			return false
		}
		p.become(uint8(h >> 30 % 12))
		return true
	}
}

func randomModel[S any, P numbered[S]](t *rapid.T) *model.Model[S] {
	m := &model.Model[S]{Name: "random", Init: randomDo[S, P](rapid.Uint64().Draw(t, "init"))}
	for i := range rapid.IntRange(1, 4).Draw(t, "actions") {
		m.Actions = append(m.Actions, model.Action[S]{Name: fmt.Sprint("A", i), Do: randomDo[S, P](rapid.Uint64().Draw(t, "seed"))})
	}
	m.Properties = []model.Property[S]{
		model.Always("Odd", func(s *S) bool { return P(s).number()%2 == 1 }),
		model.AlwaysStep("Grows", func(before, after *S) bool { return P(before).number() <= P(after).number() }),
	}
	return m
}

// record is a sink that writes down all that it is told, as lines.
type record struct {
	*system.Expansion
	expander system.Expander
	parents  [][]byte
	haltAt   func() bool
	lines    []string
	line     string // what is found in the step being made
	found    string
}

func (r *record) Next() ([]byte, bool) {
	r.Process()
	if r.Index+1 == len(r.parents) {
		return nil, false
	}
	r.Index++
	r.Others, r.Action, r.Inside = r.Effort.Made, 0, true
	return r.parents[r.Index], true
}

func (r *record) Begin(size int) bool {
	if size != len(r.parents[r.Index]) {
		panic("the parent was not read to its end")
	}
	r.expander.Restore()
	return true
}

func (r *record) Process() {
	for i := range int(r.Pending.Count) {
		o := r.Pending.Origins[i]
		r.found = ""
		r.expander.JudgePending(i)
		label := uint32(0)
		if r.Labeller != nil && !r.Root && r.Labeller.IsTold(o.Action()) {
			label = r.Pending.Labels[i]
		}
		r.lines = append(r.lines, fmt.Sprint(o.Parent(), o.Action(), o.Ordinal(), r.Pending.Encoded[i], label, r.found))
	}
	if r.Pending.Count > 0 && r.haltAt() { // not for nothing: the expansion must get on
		r.Halt = true
	}
	r.Pending.Clear()
}

func (r *record) Stuck() {
	r.Process()
	r.lines = append(r.lines, fmt.Sprint(r.Index, " is stuck"))
}

func (r *record) Find(property int) { r.found = fmt.Sprint("finds ", property) }

func (r *record) FindStep(property int) {
	r.Doing = system.DoAction
	r.line = fmt.Sprint("step ", property)
	r.lines = append(r.lines, r.line)
}

// expand runs an expander to its end: through panics after choices from nothing, and
// through halts.
func (r *record) expand() {
	r.Odometer.Reset()
	for done := false; !done; {
		func() {
			defer func() {
				if v := recover(); v != nil && !r.SkipVoid(r.expander) {
					panic(v)
				}
			}()
			r.Halt = false
			r.expander.Expand()
			done = !r.Halt
		}()
	}
	r.Process()
}

// odd tells the steps of every other action apart.
type odd struct{}

func (odd) IsTold(action int) bool { return action%2 == 1 }

func (odd) Label(_ int, arguments []model.Argument) uint32 { return labelOf(arguments) }

func labelOf(arguments []model.Argument) uint32 {
	l := uint64(1)
	for _, a := range arguments {
		l = scramble(l, uint64(a.Value.(int)))
	}
	return uint32(l)
}

// stepped is what a record must contain, by a stepper.
func stepped(s *system.System, parents [][]byte, isRoot, labelled, steps bool) (lines []string, tries uint64) {
	p := system.NewStepper(s, s.Actions)
	for at, parent := range parents {
		if p.Begin(); !isRoot {
			p.Enter(parent)
		}
		for a, o := range p.Ways() {
			p.Try(a, o)
			tries++
		}
		ordinal := 0
		p.Successors(func(action int, answers []int, made system.State) bool {
			encoded := s.Codec.New().Append(nil, made)
			found, label := "", uint32(0)
			if !s.Properties[0].State(made) {
				found = "finds 0"
			}
			if steps && !isRoot && !s.Properties[1].Step(p.State(), made) {
				lines = append(lines, "step 1")
			}
			if labelled && !isRoot && action%2 == 1 {
				label = labelOf(system.ArgumentsOf(p.Actions()[action].Do, stateOf(s, parent), answers))
			}
			lines = append(lines, fmt.Sprint(at, action, ordinal, encoded, label, found))
			ordinal++
			return true
		})
		if ordinal == 0 {
			lines = append(lines, fmt.Sprint(at, " is stuck"))
		}
	}
	return lines, tries
}

func stateOf(s *system.System, encoded []byte) system.State {
	state := s.Codec.Make()
	system.Decode(s.Codec.New(), state, encoded)
	return state
}

// reachable are encodings of states that a stepper comes to, some dozens at most.
func reachable(s *system.System) (list [][]byte) {
	p := system.NewStepper(s, s.Actions)
	p.Begin()
	for at := 0; ; at++ {
		p.Successors(func(_ int, _ []int, made system.State) bool {
			b := s.Codec.New().Append(nil, made)
			if !slices.ContainsFunc(list, func(a []byte) bool { return bytes.Equal(a, b) }) {
				list = append(list, b)
			}
			return true
		})
		if at == len(list) {
			return list
		}
		p.Enter(list[at])
	}
}

// sameAsStepper compares the two on random models. A state of the type S is flat if the
// codecs are compiled and flat is true.
func sameAsStepper[S any, P numbered[S]](t *testing.T, flat bool) {
	flat = flat && compiled
	rapid.Check(t, func(t *rapid.T) {
		s := system.Of(randomModel[S, P](t))
		if s.Codec.Flat() != flat {
			t.Fatalf("flat is %t", !flat)
		}
		isRoot, labelled := rapid.Bool().Draw(t, "root"), rapid.Bool().Draw(t, "labelled")
		steps := rapid.Bool().Draw(t, "steps") && !s.Codec.HasIgnored()
		parents := [][]byte{nil}
		actions := make([]int, len(s.Actions))
		for i := range actions {
			actions[i] = i
		}
		if !isRoot {
			parents = reachable(s)
		}
		x := &system.Expansion{Cancelled: new(atomic.Bool), Ends: system.NewEfforts(len(actions)), Index: -1, Root: isRoot, Doing: system.DoAction}
		if labelled {
			x.Labeller = odd{}
		}
		halts := rapid.Bool().Draw(t, "halts")
		haltEvery := rapid.IntRange(1, 5).Draw(t, "haltEvery")
		n := 0
		r := &record{Expansion: x, parents: parents, haltAt: func() bool { n++; return halts && n%haltEvery == 0 }}
		x.Sink = r
		r.expander = s.NewExpander(actions, x)
		var asked []system.StepPredicate
		if steps {
			asked = []system.StepPredicate{{Property: 1}}
		}
		r.expander.Ask([]system.Predicate{{Property: 0, Wanted: true}}, asked)
		r.expand()

		want, tries := stepped(s, parents, isRoot, labelled, steps)
		if steps { // steps are judged before those that wait are processed
			isStep := func(line string) bool { return line == "step 1" }
			count := func(lines []string) (n int) {
				for _, line := range lines {
					if isStep(line) {
						n++
					}
				}
				return n
			}
			if got, want := count(r.lines), count(want); got != want {
				t.Fatalf("%d steps shrink, want %d", got, want)
			}
			r.lines, want = slices.DeleteFunc(r.lines, isStep), slices.DeleteFunc(want, isStep)
		}
		if !slices.Equal(r.lines, want) {
			t.Fatalf("the expander makes\n%q\nthe stepper\n%q", r.lines, want)
		}
		if x.Effort.Tries != tries {
			t.Fatalf("%d attempts, want %d", x.Effort.Tries, tries)
		}
	})
}

// An expander makes the successors that a stepper makes, in the same order: by this
// order a trace is found.
func TestExpanderIsLikeStepper(t *testing.T) {
	t.Run("flat", func(t *testing.T) { sameAsStepper[flatState](t, true) })
	t.Run("ignored", func(t *testing.T) { sameAsStepper[ignoredState](t, false) })
	t.Run("slice", func(t *testing.T) { sameAsStepper[sliceState](t, false) })
	t.Run("map", func(t *testing.T) { sameAsStepper[mapState](t, false) })
}
