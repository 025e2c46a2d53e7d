package orbit

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

type (
	nodeID  int8
	nodeSet uint16
	actorID uint8
	keyBits struct{ model.Bits }
)

type row struct {
	Phase uint8
	Peer  nodeID
	Seen  nodeSet
}

type flat struct {
	Turn  uint8
	Owner [2]nodeID
	Rows  [5]row `muster:"by=nodeID"`
	Cut   nodeSet
	Wide  uint64
}

type nested struct {
	Sent  [4][3]uint8   `muster:"by=nodeID,actorID"`
	Knows [4][4]bool    `muster:"by=nodeID,nodeID"`
	Who   [3]nodeID     `muster:"by=actorID"`
	Held  [4][2]actorID `muster:"by=nodeID"`
	Keys  keyBits
	Pairs [2]struct{ A, B nodeID }
}

type keyID uint8

type crossed struct {
	Picks [3][4]keyID `muster:"by=actorID,nodeID"`
}

type message struct {
	From, To nodeID
	Kind     uint8
}

type varied struct {
	Name  string
	Net   model.Set[message]
	Dup   model.Bag[message]
	Lists [4][]nodeID `muster:"by=nodeID"`
	Index map[nodeID]uint8
	Sets  map[uint8]nodeSet
	Best  *nodeID
	Queue []message
	Rows  []row                `muster:"by=nodeID"`
	Peers [4]model.Set[nodeID] `muster:"by=nodeID"`
}

// counting has arrays of which only a part is in use.
type counting struct {
	Owner nodeID
	Boxes [3]struct {
		N    uint8
		Mail [3]message `muster:"counted"`
	} `muster:"by=nodeID"`
	Words struct {
		N    uint8
		List [2]struct {
			Text string
			To   nodeID
		} `muster:"counted"`
	}
	Plain struct {
		N    uint8
		List [2]uint8 `muster:"counted"`
	}
	Last nodeID
}

// rename returns what a value becomes when elements are renamed, by reflection and one
// value at a time: the definition, to which the layouts are compared.
func rename(o *Orbits, p Permutation, v reflect.Value, by []string) {
	v = reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
	for i := range o.groups {
		g := &o.groups[i]
		if v.Type() == g.typ {
			number, set := func() int64 { return int64(v.Uint()) }, func(n int64) { v.SetUint(uint64(n)) }
			if v.CanInt() {
				number, set = v.Int, v.SetInt
			}
			if k := number() - int64(g.first); k >= 0 && k < int64(g.Size) {
				set(int64(p[g.base+int(k)]-g.base) + int64(g.first))
			}
			return
		}
		for _, set := range g.sets {
			if v.Type() != set.Type {
				continue
			}
			word := v
			for word.Kind() == reflect.Struct {
				word = word.Field(0)
			}
			was, now := word.Uint(), word.Uint()
			for k := range g.Size {
				now &^= 1 << (k + set.First)
			}
			for k := range g.Size {
				now |= was >> (k + set.First) & 1 << (p[g.base+k] - g.base + set.First)
			}
			word.SetUint(now)
			return
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			tag, _ := strings.CutPrefix(v.Type().Field(i).Tag.Get("muster"), "by=")
			if tag == "counted" { // only those in use are values
				for k := range v.Field(i - 1).Uint() {
					rename(o, p, v.Field(i).Index(int(k)), nil)
				}
				continue
			}
			rename(o, p, v.Field(i), strings.FieldsFunc(tag, func(r rune) bool { return r == ',' }))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			fresh := reflect.New(v.Type().Elem())
			fresh.Elem().Set(v.Elem())
			rename(o, p, fresh.Elem(), nil)
			v.Set(fresh)
		}
	case reflect.Map:
		renamed := reflect.MakeMap(v.Type())
		for k, e := range v.Seq2() {
			key, elem := reflect.New(k.Type()).Elem(), reflect.New(e.Type()).Elem()
			key.Set(k)
			elem.Set(e)
			rename(o, p, key, nil)
			rename(o, p, elem, nil)
			renamed.SetMapIndex(key, elem)
		}
		v.Set(renamed)
	case reflect.Array, reflect.Slice:
		was := reflect.MakeSlice(reflect.SliceOf(v.Type().Elem()), v.Len(), v.Len())
		reflect.Copy(was, v)
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
		}
		for i := range v.Len() {
			to, rest := i, by
			if len(by) > 0 {
				rest = by[1:]
				for _, g := range o.groups {
					for _, b := range append(g.blocks, block{g.Type, 0, g.Size}) {
						if b.name == by[0] && i < b.size && (b.name != g.Type || b.size == g.Size) {
							to = p[g.base+b.from+i] - g.base - b.from
						}
					}
				}
			}
			v.Index(to).Set(was.Index(i))
			rename(o, p, v.Index(to), rest)
		}
	}
}

// examine compares the reducer with the definition on random states of a type.
func examine[S any](t *testing.T, symmetries []model.Symmetry, states int, random func(*rand.Rand, *S)) {
	t.Helper()
	c, err := codec.For[S]()
	if err != nil {
		t.Fatal(err)
	}
	o, err := New(reflect.TypeFor[S](), symmetries)
	if err != nil {
		t.Fatal(err)
	}
	layouts := map[string]layout{"": o.layout}
	if _, ok := o.layout.(*table); ok { // the way of the others has to agree
		groups := mustGroups(t, symmetries)
		compiler := compiler{groups: groups, used: make([]bool, len(groups))}
		root, err := compiler.walk(reflect.TypeFor[S](), "", nil)
		if err != nil {
			t.Fatal(err)
		}
		kept, next := make([]int, len(groups)), 0
		for i, g := range compiler.groups {
			kept[i] = -1
			if !g.isFixed() {
				kept[i] = next
				next++
			}
		}
		root.keep(kept)
		layouts["tree"] = newTree(o.groups, root)
	}
	for name, l := range layouts {
		o := *o
		o.layout = l
		r := o.NewReducer()
		space, source := c.New(), rand.New(rand.NewPCG(1, 2))
		for range states {
			var s S
			random(source, &s)
			own := space.Append(nil, &s)
			first, err := r.Canonical(own)
			if err != nil {
				t.Fatal(err)
			}
			canonical, size := bytes.Clone(first), r.Orbit()
			all := map[string]bool{}
			for p := range o.All {
				renamed := s
				rename(&o, p, reflect.ValueOf(&renamed).Elem(), nil)
				encoded := space.Append(nil, &renamed)
				if got, err := r.Permute(nil, own, p); err != nil || !bytes.Equal(got, encoded) {
					t.Fatalf("%s %v: Permute of %+v gives\n%x, want\n%x %v", name, p, s, got, encoded, err)
				}
				all[string(encoded)] = true
				got, err := r.Canonical(encoded)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, canonical) {
					t.Fatalf("%s: two states of one orbit have different representatives: %+v by %v", name, s, p)
				}
				if r.Orbit() != size {
					t.Fatalf("%s: orbits of %d and %d states", name, size, r.Orbit())
				}
			}
			if !all[string(canonical)] {
				t.Fatalf("%s: the representative of %+v is not in its orbit", name, s)
			}
			if size != uint64(len(all)) {
				t.Fatalf("%s: the orbit of %+v has %d states, and Orbit says %d", name, s, len(all), size)
			}
		}
	}
}

func mustGroups(t *testing.T, symmetries []model.Symmetry) []Group {
	t.Helper()
	list, err := groupsOf(symmetries)
	if err != nil {
		t.Fatal(err)
	}
	base := 0
	for i := range list {
		list[i].base = base
		if !list[i].isFixed() {
			base += list[i].Size
		}
	}
	return list
}

func randomRow(r *rand.Rand, spread int) row {
	return row{Phase: uint8(r.IntN(spread)), Peer: nodeID(r.IntN(4) - 1), Seen: nodeSet(r.IntN(1 << spread))}
}

func TestFlat(t *testing.T) {
	for n := 1; n <= 5; n++ {
		if n == 1 {
			continue
		}
		for spread := 1; spread <= 3; spread++ {
			examine(t, []model.Symmetry{model.Scalars[nodeID](n).Bits(nodeSet(0))}, 25, func(r *rand.Rand, s *flat) {
				s.Turn, s.Wide, s.Cut = uint8(r.IntN(3)), r.Uint64(), nodeSet(r.IntN(1<<(spread+1)))
				for i := range s.Owner {
					s.Owner[i] = nodeID(r.IntN(3) - 1)
				}
				for i := range s.Rows {
					s.Rows[i] = randomRow(r, spread)
				}
			})
		}
	}
}

func TestCounted(t *testing.T) {
	examine(t, []model.Symmetry{model.Scalars[nodeID](3)}, 200, func(r *rand.Rand, s *counting) {
		node := func() nodeID { return nodeID(r.IntN(3)) }
		s.Owner, s.Last = node(), node()
		for i := range s.Boxes {
			b := &s.Boxes[i]
			b.N = uint8(r.IntN(4))
			for k := range b.N {
				b.Mail[k] = message{node(), node(), uint8(r.IntN(2))}
			}
		}
		s.Words.N = uint8(r.IntN(3))
		for k := range s.Words.N {
			s.Words.List[k].Text, s.Words.List[k].To = strings.Repeat("x", r.IntN(3)), node()
		}
		s.Plain.N = uint8(r.IntN(3))
		for k := range s.Plain.N {
			s.Plain.List[k] = uint8(r.IntN(2))
		}
	})
}

func TestFirstValue(t *testing.T) {
	for _, symmetry := range []model.Symmetry{
		model.Scalars[nodeID](4).From(1).Bits(nodeSet(0)), model.Scalars[nodeID](4).From(-1).Bits(nodeSet(0)),
		model.Scalars[nodeID](4).From(1).BitsByValue(nodeSet(0)),
	} {
		examine(t, []model.Symmetry{symmetry}, 40, func(r *rand.Rand, s *flat) {
			for i := range s.Owner {
				s.Owner[i] = nodeID(r.IntN(8) - 3)
			}
			for i := range s.Rows {
				s.Rows[i] = row{Phase: uint8(r.IntN(2)), Peer: nodeID(r.IntN(8) - 3), Seen: nodeSet(r.IntN(64))}
			}
		})
	}
}

// roles has values of two groups of one type, which arrays have elements for together and one by one.
type roles struct {
	Servers [4]row       `muster:"by=server"`
	Clients [3]row       `muster:"by=client"`
	Heard   [8]uint8     `muster:"by=nodeID"`
	Sent    [4][3]uint8  `muster:"by=server,client"`
	Knows   [8][2]nodeID `muster:"by=nodeID"`
	Cut     nodeSet
	Leader  nodeID
}

// mixed is the same with parts of different sizes.
type mixed struct {
	Roles roles
	Net   model.Bag[message]
	Lists [3][]nodeID `muster:"by=client"`
}

func (s *roles) draw(r *rand.Rand, spread int) {
	node := func() nodeID { return nodeID(r.IntN(9)) }
	for i := range s.Servers {
		s.Servers[i] = row{uint8(r.IntN(spread)), node(), nodeSet(r.IntN(1 << 10))}
	}
	for i := range s.Clients {
		s.Clients[i] = row{uint8(r.IntN(spread)), node(), 0}
	}
	for i := range s.Heard {
		s.Heard[i], s.Knows[i][0] = uint8(r.IntN(spread)), node()
	}
	s.Sent[r.IntN(4)][r.IntN(3)] = uint8(r.IntN(2))
	s.Cut, s.Leader = nodeSet(r.IntN(1<<10)), node()
}

// Several groups of one type, side by side and with a value between them: only the values of each are exchanged.
func TestGroupsOfOneType(t *testing.T) {
	server := model.Scalars[nodeID](3).From(1).BitsByValue(nodeSet(0)).Named("server")
	for _, client := range []model.Symmetry{
		model.Scalars[nodeID](3).From(4), model.Scalars[nodeID](2).From(5), model.Scalars[nodeID](1).From(4),
	} {
		symmetries := []model.Symmetry{client.BitsByValue(nodeSet(0)).Named("client"), server}
		for spread := 1; spread <= 2; spread++ {
			examine(t, symmetries, 12, func(r *rand.Rand, s *roles) { s.draw(r, spread) })
			examine(t, symmetries, 12, func(r *rand.Rand, s *mixed) {
				s.Roles.draw(r, spread)
				for range r.IntN(3) {
					s.Net.Add(message{nodeID(1 + r.IntN(6)), nodeID(1 + r.IntN(6)), 0})
				}
				s.Lists[r.IntN(3)] = []nodeID{nodeID(r.IntN(8))}
			})
		}
	}
	// Two groups of one value each, and one of two in front of a single one.
	for _, list := range [][]model.Symmetry{
		{model.Scalars[nodeID](1).From(1).Named("server"), model.Scalars[nodeID](2).From(2).Named("client").BitsByValue(nodeSet(0))},
		{model.Scalars[nodeID](2).From(1).Named("server"), model.Scalars[nodeID](1).From(3).Named("client").BitsByValue(nodeSet(0))},
	} {
		examine(t, list, 50, func(r *rand.Rand, s *roles) { s.draw(r, 2) })
	}
}

func TestGroupsOfOneTypeAreNamed(t *testing.T) {
	server, client := model.Scalars[nodeID](3).From(1).Named("server"), model.Scalars[nodeID](2).From(5).Named("client")
	o, err := New(reflect.TypeFor[roles](), []model.Symmetry{server, client.BitsByValue(nodeSet(0))})
	if err != nil {
		t.Fatal(err)
	}
	if o.String() != "server(3) and client(2)" || o.Order() != 12 {
		t.Errorf("%v with %d permutations; want server(3) and client(2) with 12", o, o.Order())
	}
	for want, list := range map[string][]model.Symmetry{
		"nodeID is declared twice with the value 3: each symmetry of one type has values of its own":                          {server, client.From(3)},
		"two symmetries are called server: give each a name of its own by Named":                                              {server, client.Named("server")},
		"nodeSet does not have a bit for each value of all symmetries of nodeID: use BitsByValue and a type with enough bits": {server, client.Bits(nodeSet(0))},
		"the symmetries of nodeID have the values 1 to 31: there can be 20 from the first of them to the last":                {server, client.From(30)},
	} {
		if _, err := New(reflect.TypeFor[roles](), list); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

func TestProducts(t *testing.T) {
	symmetries := []model.Symmetry{model.Scalars[nodeID](4), model.Scalars[actorID](3).Bits(keyBits{})}
	for spread := 1; spread <= 3; spread++ {
		examineNested(t, symmetries, spread)
	}
}

// Values of one type that are twins stand beside values of two others that only together
// can be exchanged: the orders of the twins count once, however many values are singled out.
func TestTwinsBesideStrangers(t *testing.T) {
	symmetries := []model.Symmetry{model.Scalars[actorID](3), model.Scalars[nodeID](4), model.Scalars[keyID](4)}
	examine(t, symmetries, 4, func(r *rand.Rand, s *crossed) {
		order := r.Perm(4)
		for a := range s.Picks {
			for n := range s.Picks[a] {
				s.Picks[a][n] = keyID(order[n])
				if r.IntN(20) == 0 {
					s.Picks[a][n] = keyID(r.IntN(4))
				}
			}
		}
	})
}

// examineNested examines states with arrays in arrays.
func examineNested(t *testing.T, symmetries []model.Symmetry, spread int) {
	t.Helper()
	examine(t, symmetries, 12, func(r *rand.Rand, s *nested) {
		for i := range s.Sent {
			for j := range s.Sent[i] {
				s.Sent[i][j] = uint8(r.IntN(spread))
			}
			for j := range s.Knows[i] {
				s.Knows[i][j] = r.IntN(spread) == 1
			}
		}
		for i := range s.Who {
			s.Who[i] = nodeID(r.IntN(5) - 1)
		}
		s.Keys.Bits = model.Bits(r.IntN(16))
		for i := range s.Pairs {
			s.Pairs[i].A, s.Pairs[i].B = nodeID(r.IntN(4)), nodeID(r.IntN(5)-1)
		}
	})
}

func TestVaried(t *testing.T) {
	for spread := 1; spread <= 4; spread++ {
		examine(t, []model.Symmetry{model.Scalars[nodeID](4).Bits(nodeSet(0))}, 20, func(r *rand.Rand, s *varied) {
			random := func() nodeID { return nodeID(r.IntN(spread+1) - 1) }
			msg := func() message { return message{random(), random(), uint8(r.IntN(2))} }
			s.Name = strings.Repeat("x", r.IntN(3))
			for range r.IntN(4) {
				s.Net.Add(msg())
				s.Dup.Add(msg())
				s.Queue = append(s.Queue, msg())
			}
			s.Index, s.Sets = map[nodeID]uint8{}, map[uint8]nodeSet{}
			for i := range s.Lists {
				for range r.IntN(3) {
					s.Lists[i] = append(s.Lists[i], random())
				}
				for range r.IntN(3) {
					s.Peers[i].Add(random())
				}
				if r.IntN(2) == 0 {
					s.Index[nodeID(i)] = uint8(r.IntN(2))
					s.Sets[uint8(r.IntN(2))] = nodeSet(r.IntN(16))
				}
			}
			if r.IntN(2) == 0 {
				b := random()
				s.Best = &b
			}
			if r.IntN(2) == 0 {
				for range 4 + r.IntN(2) {
					s.Rows = append(s.Rows, randomRow(r, spread))
				}
			}
		})
	}
}

// A ring of pointers has a group of rotations: no element differs from another by itself.
func TestRing(t *testing.T) {
	type state struct {
		Next [8]nodeID `muster:"by=nodeID"`
	}
	o, err := New(reflect.TypeFor[state](), []model.Symmetry{model.Scalars[nodeID](8)})
	if err != nil {
		t.Fatal(err)
	}
	r := o.NewReducer()
	var first []byte
	var p Permutation
	for i := range 100 {
		p = o.Shuffled(uint64(i), p)
		ring := make([]byte, 8)
		for k := range 8 {
			ring[p[k]] = byte(p[(k+1)%8])
		}
		got, err := r.Canonical(ring)
		if err != nil || r.Orbit() != 5040 {
			t.Fatal(r.Orbit(), err)
		}
		if first == nil {
			first = slices.Clone(got)
		}
		if !bytes.Equal(got, first) {
			t.Fatalf("%x %x", got, first)
		}
	}
}

// A state whose elements no refinement tells apart is an error, and never a guess.
// A slice with fewer elements than the group that indexes it is refused, whatever follows it.
func TestSlicesThatAreTooShort(t *testing.T) {
	type rows struct {
		Lists [][]uint8 `muster:"by=nodeID"`
		Names []string
	}
	orbits, err := New(reflect.TypeFor[rows](), []model.Symmetry{model.Scalars[nodeID](3)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := codec.For[rows]()
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < 3; n++ {
		// The contents would be lengths of what is not there, if they were taken for such.
		s := rows{Lists: [][]uint8{{100, 99, 98}, {97, 96, 95}}[:n], Names: []string{"a", "b"}}
		_, err := orbits.NewReducer().Canonical(c.New().Append(nil, &s))
		if err == nil || !strings.Contains(err.Error(), "make it as long as that") {
			t.Errorf("%d lists: the error is %v", n, err)
		}
	}
}

func TestTooMany(t *testing.T) {
	type state struct {
		Partner [16]nodeID `muster:"by=nodeID"`
	}
	o, err := New(reflect.TypeFor[state](), []model.Symmetry{model.Scalars[nodeID](16)})
	if err != nil {
		t.Fatal(err)
	}
	pairs := make([]byte, 16)
	for i := range pairs {
		pairs[i] = byte(i ^ 1)
	}
	_, err = o.NewReducer().Canonical(pairs)
	want := "a state has 16 values of nodeID (of 16) that nothing in it tells apart, and more than 5040 ways to order them: declare fewer values, or search without the symmetry"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestNothingAllocated(t *testing.T) {
	o, err := New(reflect.TypeFor[flat](), []model.Symmetry{model.Scalars[nodeID](5).Bits(nodeSet(0))})
	if err != nil {
		t.Fatal(err)
	}
	r := o.NewReducer()
	c, _ := codec.For[flat]()
	s := flat{}
	for i := range s.Rows {
		s.Rows[i] = row{Phase: uint8(i & 1), Peer: nodeID(i), Seen: 3}
	}
	encoded := c.New().Append(nil, &s)
	if n := testing.AllocsPerRun(100, func() { r.Canonical(encoded) }); n != 0 {
		t.Errorf("%v allocations a state", n)
	}
}
