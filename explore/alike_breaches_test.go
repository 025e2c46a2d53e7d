package explore

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// A desk has three clerks, each in a phase, and something that refers to one or more of
// them: its state type decides what.
type desk[S any] struct {
	phase func(s *S) *[3]uint8
	has   func(s *S, i int) bool
	add   func(s *S, i int)
	drop  func(s *S, i int)
}

// model is symmetric if the state type has all annotations that it needs.
func (d desk[S]) model() *model.Model[S] {
	return &model.Model[S]{
		Name: "desk", AllowDeadlock: true,
		Actions: []model.Action[S]{
			{Name: "Come", Do: func(s *S, c *model.Choice) bool {
				i := c.Int("clerk", 3)
				if d.phase(s)[i] != 0 {
					return false
				}
				d.phase(s)[i] = 1
				return true
			}},
			{Name: "Add", Do: func(s *S, c *model.Choice) bool {
				i := c.Int("clerk", 3)
				if d.phase(s)[i] != 1 || d.has(s, i) {
					return false
				}
				d.add(s, i)
				return true
			}},
			{Name: "Drop", Do: func(s *S, c *model.Choice) bool {
				i := c.Int("clerk", 3)
				if !d.has(s, i) {
					return false
				}
				d.drop(s, i)
				d.phase(s)[i] = 2
				return true
			}},
		},
		Properties: []model.Property[S]{model.Always("Known", func(s *S) bool {
			for i := range 3 {
				if d.has(s, i) && d.phase(s)[i] == 0 {
					return false
				}
			}
			return true
		})},
		Symmetry: []model.Symmetry{model.Scalars[peer](3).From(1).Bits(peers(0))},
	}
}

// wantBreach checks that a breach of symmetry is found by every number of workers, names who
// breaks it, the type and the exchange, and that its run is one of the model.
func wantBreach[S any](t *testing.T, m *model.Model[S], who string) {
	t.Helper()
	err := checkError[*ContractError](t, m, Options{Symmetry: SymmetryOn, KeepGoing: true})
	form := regexp.MustCompile(`^\w+: (` + who + `) is not symmetric in peer: (exchanging peer \d and \d|renaming peer .*) (makes it lead elsewhere from|changes what it says of) `)
	if !form.MatchString(err.Error()) || err.Trace == nil || err.Trace.Length == 0 {
		t.Errorf("got %s, with %v; want a breach by %s", err, err.Trace, who)
		return
	}
	if _, err := Replay(t.Context(), m, err.Trace); err != nil {
		t.Errorf("the run to the breach: %v", err)
	}
}

type (
	fieldDesk struct {
		Phase [3]uint8 `muster:"by=peer"`
		Who   peer
	}
	fieldDeskPlain struct {
		Phase [3]uint8 `muster:"by=peer"`
		Who   uint8
	}
	fieldDeskUntagged struct {
		Phase [3]uint8
		Who   peer
	}
	bitsDesk struct {
		Phase [3]uint8 `muster:"by=peer"`
		In    peers
	}
	bitsDeskPlain struct {
		Phase [3]uint8 `muster:"by=peer"`
		In    uint8
	}
	bitsDeskUntagged struct {
		Phase [3]uint8
		In    peers
	}
	setDesk[P comparable] struct {
		Phase [3]uint8 `muster:"by=peer"`
		Post  model.Set[P]
	}
	bagDesk[P comparable] struct {
		Phase [3]uint8 `muster:"by=peer"`
		Post  model.Bag[P]
	}
	mapDesk[P comparable] struct {
		Phase [3]uint8 `muster:"by=peer"`
		Age   map[P]uint8
	}
	listDesk[P comparable] struct {
		Phase [3]uint8 `muster:"by=peer"`
		Queue []P
	}
	arrayDesk struct {
		Phase [3]uint8 `muster:"by=peer"`
		Flags [3]bool  `muster:"by=peer"`
	}
	arrayDeskUntagged struct {
		Phase [3]uint8 `muster:"by=peer"`
		Flags [3]bool
	}
	nestedDesk struct {
		Phase [3]uint8    `muster:"by=peer"`
		Sees  [3][3]uint8 `muster:"by=peer,peer"`
	}
	nestedDeskOuter struct {
		Phase [3]uint8    `muster:"by=peer"`
		Sees  [3][3]uint8 `muster:"by=peer"`
	}
)

// letterOf is a message to a clerk, of a type P.
type letterOf[P any] struct{ To P }

func field[S any](phase func(*S) *[3]uint8, who func(*S) *uint8) desk[S] {
	return desk[S]{phase,
		func(s *S, i int) bool { return *who(s) == uint8(i+1) },
		func(s *S, i int) { *who(s) = uint8(i + 1) },
		func(s *S, _ int) { *who(s) = 0 }}
}

func bits[S any](phase func(*S) *[3]uint8, in func(*S) *uint8) desk[S] {
	return desk[S]{phase,
		func(s *S, i int) bool { return *in(s)>>i&1 > 0 },
		func(s *S, i int) { *in(s) |= 1 << i },
		func(s *S, i int) { *in(s) &^= 1 << i }}
}

func set[P ~uint8]() desk[setDesk[letterOf[P]]] {
	type S = setDesk[letterOf[P]]
	of := func(i int) letterOf[P] { return letterOf[P]{P(i + 1)} }
	return desk[S]{func(s *S) *[3]uint8 { return &s.Phase },
		func(s *S, i int) bool { return s.Post.Has(of(i)) },
		func(s *S, i int) { s.Post.Add(of(i)) },
		func(s *S, i int) { s.Post.Remove(of(i)) }}
}

func bag[P ~uint8]() desk[bagDesk[letterOf[P]]] {
	type S = bagDesk[letterOf[P]]
	of := func(i int) letterOf[P] { return letterOf[P]{P(i + 1)} }
	return desk[S]{func(s *S) *[3]uint8 { return &s.Phase },
		func(s *S, i int) bool { return s.Post.Count(of(i)) > 1 },
		func(s *S, i int) { s.Post.Add(of(i)) },
		func(s *S, i int) { s.Post.Remove(of(i)) }}
}

func keys[P ~uint8]() desk[mapDesk[P]] {
	type S = mapDesk[P]
	return desk[S]{func(s *S) *[3]uint8 { return &s.Phase },
		func(s *S, i int) bool { return s.Age[P(i+1)] > 0 },
		func(s *S, i int) {
			if s.Age == nil {
				s.Age = map[P]uint8{}
			}
			s.Age[P(i+1)] = 1
		},
		func(s *S, i int) { delete(s.Age, P(i+1)) }}
}

func queue[P ~uint8]() desk[listDesk[P]] {
	type S = listDesk[P]
	return desk[S]{func(s *S) *[3]uint8 { return &s.Phase },
		func(s *S, i int) bool { return slices.Contains(s.Queue, P(i+1)) },
		func(s *S, i int) { s.Queue = append(s.Queue, P(i+1)) },
		func(s *S, i int) { s.Queue = slices.DeleteFunc(s.Queue, func(p P) bool { return p == P(i+1) }) }}
}

func flags[S any](phase func(*S) *[3]uint8, at func(*S) *[3]bool) desk[S] {
	return desk[S]{phase,
		func(s *S, i int) bool { return at(s)[i] },
		func(s *S, i int) { at(s)[i] = true },
		func(s *S, i int) { at(s)[i] = false }}
}

func sees[S any](phase func(*S) *[3]uint8, at func(*S) *[3][3]uint8) desk[S] {
	return desk[S]{phase,
		func(s *S, i int) bool { return at(s)[i][i] > 0 },
		func(s *S, i int) { at(s)[i][i] = 1 },
		func(s *S, i int) { at(s)[i][i] = 0 }}
}

// wantProof checks that a model is symmetric.
func wantProof[S any](t *testing.T, m *model.Model[S]) {
	t.Helper()
	if r := check(t, m, Options{Symmetry: SymmetryProve}); !r.Symmetry.Proved || r.Verdict != Holds {
		t.Errorf("it %s, %+v", r.Verdict, r.Symmetry)
	}
}

// Each annotation that a state type needs is missed when it is not there.
func TestForgottenAnnotations(t *testing.T) {
	const any = `action \w+|property Known`
	wantProof(t, field(func(s *fieldDesk) *[3]uint8 { return &s.Phase }, func(s *fieldDesk) *uint8 { return (*uint8)(&s.Who) }).model())
	wantBreach(t, field(func(s *fieldDeskPlain) *[3]uint8 { return &s.Phase }, func(s *fieldDeskPlain) *uint8 { return &s.Who }).model(), any)
	wantBreach(t, field(func(s *fieldDeskUntagged) *[3]uint8 { return &s.Phase }, func(s *fieldDeskUntagged) *uint8 { return (*uint8)(&s.Who) }).model(), any)
	wantProof(t, bits(func(s *bitsDesk) *[3]uint8 { return &s.Phase }, func(s *bitsDesk) *uint8 { return (*uint8)(&s.In) }).model())
	wantBreach(t, bits(func(s *bitsDeskPlain) *[3]uint8 { return &s.Phase }, func(s *bitsDeskPlain) *uint8 { return &s.In }).model(), any)
	wantBreach(t, bits(func(s *bitsDeskUntagged) *[3]uint8 { return &s.Phase }, func(s *bitsDeskUntagged) *uint8 { return (*uint8)(&s.In) }).model(), any)
	byValue := bits(func(s *bitsDesk) *[3]uint8 { return &s.Phase }, func(s *bitsDesk) *uint8 { return (*uint8)(&s.In) }).model()
	byValue.Symmetry = []model.Symmetry{model.Scalars[peer](3).From(1).BitsByValue(peers(0))}
	wantBreach(t, byValue, any)
	wantProof(t, set[peer]().model())
	wantBreach(t, set[uint8]().model(), any)
	wantProof(t, bag[peer]().model())
	wantBreach(t, bag[uint8]().model(), any)
	wantProof(t, keys[peer]().model())
	wantBreach(t, keys[uint8]().model(), any)
	wantProof(t, queue[peer]().model())
	wantBreach(t, queue[uint8]().model(), any)
	wantProof(t, flags(func(s *arrayDesk) *[3]uint8 { return &s.Phase }, func(s *arrayDesk) *[3]bool { return &s.Flags }).model())
	wantBreach(t, flags(func(s *arrayDeskUntagged) *[3]uint8 { return &s.Phase }, func(s *arrayDeskUntagged) *[3]bool { return &s.Flags }).model(), any)
	wantProof(t, sees(func(s *nestedDesk) *[3]uint8 { return &s.Phase }, func(s *nestedDesk) *[3][3]uint8 { return &s.Sees }).model())
	wantBreach(t, sees(func(s *nestedDeskOuter) *[3]uint8 { return &s.Phase }, func(s *nestedDeskOuter) *[3][3]uint8 { return &s.Sees }).model(), any)
}

// What a model must not do is found, and who does it is named.
func TestBreachesOfSymmetry(t *testing.T) {
	act := func(name string, do func(s *fieldDesk, c *model.Choice) bool) func(*model.Model[fieldDesk]) {
		return func(m *model.Model[fieldDesk]) {
			m.Actions = append(m.Actions, model.Action[fieldDesk]{Name: name, Do: do})
		}
	}
	claims := func(p model.Property[fieldDesk]) func(*model.Model[fieldDesk]) {
		return func(m *model.Model[fieldDesk]) { m.Properties = append(m.Properties, p) }
	}
	odd := func(s *fieldDesk) bool { return s.Who != 2 || s.Phase[0] != 2 }
	for _, c := range []struct {
		name, who string
		spoil     func(*model.Model[fieldDesk])
	}{
		{"min", "action Give", act("Give", func(s *fieldDesk, c *model.Choice) bool {
			a, b := c.Int("a", 3), c.Int("b", 3)
			if a == b || s.Phase[a] != 1 || s.Phase[b] != 1 {
				return false
			}
			s.Who = peer(min(a, b) + 1)
			return true
		})},
		{"not the first", "action Leave", act("Leave", func(s *fieldDesk, c *model.Choice) bool {
			i := c.Int("clerk", 3)
			if i == 0 || s.Phase[i] != 2 {
				return false
			}
			s.Phase[i] = 0
			return true
		})},
		{"the first free one", "action Take", act("Take", func(s *fieldDesk, c *model.Choice) bool {
			i := slices.Index(s.Phase[:], 0)
			if i < 0 || s.Who != 0 {
				return false
			}
			s.Who = peer(i + 1)
			s.Phase[i] = 1
			return true
		})},
		{"a range that leaves one out", "action Rest", act("Rest", func(s *fieldDesk, c *model.Choice) bool {
			i := c.Int("clerk", 2)
			if s.Phase[i] != 2 {
				return false
			}
			s.Phase[i] = 1
			return true
		})},
		{"a panic for one", "action Fall", act("Fall", func(s *fieldDesk, c *model.Choice) bool {
			if s.Who == 3 && s.Phase[0] == 2 {
				panic("3")
			}
			return false
		})},
		{"a property", "property Odd", claims(model.Always("Odd", odd))},
		{"a claim of reachability", "property Odd", claims(model.Reachable("Odd", odd))},
		{"the left side of an implication", "property Odd", claims(model.Implies("Odd", odd, func(*fieldDesk) bool { return true }))},
		{"a property of steps", "property Odd", claims(model.AlwaysStep("Odd", func(a, b *fieldDesk) bool { return odd(a) || odd(b) }))},
		{"a formula", "property Odd", claims(model.Temporal("Odd", model.Globally(model.Finally(model.Holds(odd)))))},
		{"the second side of a claim", "property Odd", claims(model.LeadsTo("Odd", func(s *fieldDesk) bool { return s.Who != 0 }, odd))},
		{"Constraint", "Constraint", func(m *model.Model[fieldDesk]) { m.Constraint = odd }},
		{"Terminal", "Terminal", func(m *model.Model[fieldDesk]) { m.AllowDeadlock, m.Terminal = false, odd }},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := field(func(s *fieldDesk) *[3]uint8 { return &s.Phase }, func(s *fieldDesk) *uint8 { return (*uint8)(&s.Who) }).model()
			c.spoil(m)
			wantBreach(t, m, c.who)
		})
	}
}

// A space of a few states is checked wholly: a property may say something else of one state of
// an orbit of six alone.
func TestSmallSpacesAreCheckedWholly(t *testing.T) {
	for odd := range 6 {
		m := &model.Model[fieldDesk]{
			Name: "pair", AllowDeadlock: true,
			Actions: []model.Action[fieldDesk]{{Name: "Seat", Do: func(s *fieldDesk, c *model.Choice) bool {
				a, b := c.Int("a", 3), c.Int("b", 3)
				if a == b || s.Who != 0 {
					return false
				}
				s.Phase[a], s.Phase[b], s.Who = 1, 1, peer(a+1)
				return true
			}}},
			Properties: []model.Property[fieldDesk]{model.Always("Odd", func(s *fieldDesk) bool {
				who, other := odd%3, (odd%3+1+odd/3)%3
				return s.Who != peer(who+1) || s.Phase[other] == 0
			})},
			Symmetry: []model.Symmetry{model.Scalars[peer](3).From(1)},
		}
		wantBreach(t, m, "property Odd")
	}
}

// lateDesk is a desk with two clerks and a clock, which makes the space larger.
type lateDesk struct {
	Phase [2]uint8 `muster:"by=peer"`
	Who   peer
	Hour  uint16
}

// A group of two values has one exchange. In a space that is not small, a sample of the states
// is checked. The sample finds a breach in a few states that come late.
func TestRareBreachesInAGroupOfTwo(t *testing.T) {
	const from, every = 40, 25 // hours
	for name, do := range map[string]func(s *lateDesk, c *model.Choice) bool{
		"min": func(s *lateDesk, c *model.Choice) bool {
			a, b := c.Int("a", 2), c.Int("b", 2)
			s.Who = peer(min(a, b) + 1)
			return a != b
		},
		"not the first": func(s *lateDesk, c *model.Choice) bool {
			i := c.Int("clerk", 2)
			s.Phase[i] = 3
			return i > 0
		},
		"the first free one": func(s *lateDesk, _ *model.Choice) bool {
			i := slices.Index(s.Phase[:], 0)
			if i < 0 {
				return false
			}
			s.Phase[i] = 3
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := &model.Model[lateDesk]{
				Name: "late", AllowDeadlock: true,
				Actions: []model.Action[lateDesk]{
					{Name: "Come", Do: func(s *lateDesk, c *model.Choice) bool {
						i := c.Int("clerk", 2)
						s.Phase[i], s.Who = (s.Phase[i]+1)%3, peer(i+1)
						return true
					}},
					{Name: "Tick", Do: func(s *lateDesk, _ *model.Choice) bool { s.Hour++; return true }},
					{Name: "Odd", Do: func(s *lateDesk, c *model.Choice) bool {
						copied := *s
						if s.Hour < from || s.Hour%every > 0 || !do(&copied, c) {
							return false
						}
						*s = copied
						return true
					}},
				},
				Symmetry: []model.Symmetry{model.Scalars[peer](2).From(1)},
			}
			err := checkError[*ContractError](t, m, Options{Symmetry: SymmetryOn, MaxStates: 4096})
			if want := "late: action Odd is not symmetric in peer: exchanging peer 1 and 2 makes it lead elsewhere"; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("got %s, want %s", err, want)
			}
		})
	}
}

// A step can differ in nothing but a field that is no part of the state.
func TestBreachInWhatIsNoPartOfTheState(t *testing.T) {
	type watched struct {
		Phase [3]uint8 `muster:"by=peer"`
		Who   peer
		By    uint8 `muster:"-"`
	}
	m := field(func(s *watched) *[3]uint8 { return &s.Phase }, func(s *watched) *uint8 { return (*uint8)(&s.Who) }).model()
	do := m.Actions[0].Do
	m.Actions[0].Do = func(s *watched, c *model.Choice) bool {
		s.By = uint8(min(2, s.Phase[0]+s.Phase[1]))
		return do(s, c)
	}
	m.Properties = append(m.Properties, model.AlwaysStep("Odd", func(_, s *watched) bool { return s.By < 2 }))
	wantBreach(t, m, "property Odd")
}

func refusal[S any](t *testing.T, want string, symmetries ...model.Symmetry) {
	t.Helper()
	m := &model.Model[S]{Name: "m", AllowDeadlock: true, Symmetry: symmetries,
		Actions: []model.Action[S]{{Name: "Go", Do: func(*S, *model.Choice) bool { return false }}}}
	for _, mode := range SymmetryModes() {
		_, err := Check(t.Context(), m, Options{Symmetry: mode})
		var refused *ModelError
		if !errors.As(err, &refused) || refused.Problem != "its Symmetry: "+want {
			t.Errorf("%s: got %v\nwant its Symmetry: %s", mode, err, want)
		}
	}
}

// Declarations that cannot be meant are refused before the run, by the path of the field.
func TestRefusedSymmetries(t *testing.T) {
	clerks := model.Scalars[peer](3).From(1)
	refusal[struct {
		In struct {
			Flags [3]bool `muster:"by=clerk"`
		}
		Who peer
	}](t, `field In.Flags: the tag says that "clerk" is an index of it, and the model declares no such symmetry: add model.Scalars[clerk] to Symmetry, or correct the tag`, clerks)
	refusal[struct {
		Flags [2]bool `muster:"by=peer"`
	}](t, "field Flags: it is indexed by peer and has 2 elements, fewer than the 3 values of peer", clerks)
	refusal[struct {
		Flags [3][2]bool `muster:"by=peer,peer"`
	}](t, "field Flags[]: it is indexed by peer and has 2 elements, fewer than the 3 values of peer", clerks)
	refusal[struct{ N uint8 }](t, `no part of a state depends on peer: give the state fields of this type, or arrays a tag muster:"by=peer"`, clerks)
	refusal[struct{ N uint8 }](t, "uint8 cannot be a type of interchangeable values, since not every uint8 is one of them: define a type, such as type NodeID uint8", model.Scalars[uint8](3))
	refusal[struct{ Who peer }](t, "peer is declared twice with the value 1: each symmetry of one type has values of its own", clerks, clerks)
	refusal[struct{ Who peer }](t, "peer is declared twice, as values and as sets of peer", clerks.Bits(peer(0)))
	refusal[struct {
		Who peer `muster:"by=peer"`
	}](t, "field Who: the tag says that peer is an index of it, and it is explore.peer: only arrays and slices can be indexed", clerks)
	refusal[struct {
		Flags [3]bool `muster:"by=peer,peer"`
	}](t, "field Flags[]: the tag says that peer is an index of it, and it is bool: only arrays and slices can be indexed", clerks)
	refusal[struct{ Who peer }](t, "peer has 0 values: a symmetry can have 1 to 20", model.Scalars[peer](0))
	refusal[struct{ Who peer }](t, "peer has 21 values: a symmetry can have 1 to 20", model.Scalars[peer](21))
	refusal[struct{ Who peer }](t, "the values 250 to 259 do not fit peer, which is uint8", model.Scalars[peer](10).From(250))
	refusal[struct{ Who peer }](t, "the values -1 to 1 do not fit peer, which is uint8", model.Scalars[peer](3).From(-1))
	refusal[struct{ In peersBy }](t, "peersBy has 8 bits, too few for sets of 8 values of peer", model.Scalars[peer](8).From(1).BitsByValue(peersBy(0)))
	refusal[struct{ Who peer }](t, "uint8 cannot be a type of sets of peer, since not every uint8 is one: define a type, such as type NodeSet uint8", clerks.Bits(uint8(0)))
	refusal[struct{ Who peer }](t, "a symmetry has no type: make it with model.Scalars", model.Symmetry{})
}

// What only a state shows is an error of the run, with the way to the state.
func TestStatesThatCannotBeRenamed(t *testing.T) {
	type rows struct {
		Rows []uint8 `muster:"by=peer"`
		Who  peer
	}
	m := &model.Model[rows]{Name: "rows", AllowDeadlock: true, Symmetry: []model.Symmetry{model.Scalars[peer](3).From(1)},
		Actions: []model.Action[rows]{{Name: "Grow", Do: func(s *rows, _ *model.Choice) bool {
			if len(s.Rows) > 3 {
				return false
			}
			s.Rows = append(s.Rows, 0)
			return true
		}}},
	}
	err := checkError[*ContractError](t, m, Options{})
	want := "rows: Rows is indexed by peer, which has 3 values, and has 1 elements: make it as long as that when it is made, or leave it empty"
	if err.Error() != want || err.Trace == nil || pathOf(err.Trace) != "Init" {
		t.Errorf("got  %s, %v\nwant %s", err, err.Trace, want)
	}
	m.Init = func(s *rows, _ *model.Choice) bool { s.Rows = []uint8{1}; return true }
	if err := checkError[*ContractError](t, m, Options{}); err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	type pairs struct {
		Partner [16]peer `muster:"by=peer"`
	}
	couples := &model.Model[pairs]{Name: "pairs", AllowDeadlock: true, Symmetry: []model.Symmetry{model.Scalars[peer](16).From(1)},
		Actions: []model.Action[pairs]{{Name: "Go", Do: func(*pairs, *model.Choice) bool { return false }}},
		Init: func(s *pairs, _ *model.Choice) bool { // initial states need not be symmetric
			for i := range s.Partner {
				s.Partner[i] = peer(i^1) + 1
			}
			return true
		},
	}
	err = checkError[*ContractError](t, couples, Options{})
	if !strings.HasPrefix(err.Error(), "pairs: a state has 16 values of peer (of 16) that nothing in it tells apart") || pathOf(err.Trace) != "" {
		t.Errorf("got %s, %v", err, err.Trace)
	}
}
