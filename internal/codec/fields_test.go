package codec

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type fielded struct {
	Holder int8
	nodes  [2]struct {
		Phase  uint8
		Belief [2]struct{ Expiry, _ int8 }
	}
	Sent struct {
		items []int8 `muster:"unordered"`
	}
	Log   []struct{ N int }
	Votes map[int8]bool
	Memo  int `muster:"-"`
}

func fieldsOf[S any](t testing.TB) []*Field {
	t.Helper()
	c, err := For[S]()
	if err != nil {
		t.Fatal(err)
	}
	return c.Untyped.Fields()
}

func TestFields(t *testing.T) {
	var got []string
	for _, f := range fieldsOf[fielded](t) {
		got = append(got, f.Path+strings.Repeat("'", f.Places()))
	}
	const want = "Holder' nodes[].Phase'' nodes[].Belief[].Expiry'''' Sent' Log' Votes'"
	if strings.Join(got, " ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, " "), want)
	}
	if f := fieldsOf[[2]int](t); len(f) != 1 || f[0].Path != "[]" || f[0].Places() != 2 {
		t.Errorf("of an array: %+v", f[0])
	}
	if f := fieldsOf[int](t); len(f) != 1 || f[0].Path != "" || f[0].Places() != 1 {
		t.Errorf("of a number: %+v", f[0])
	}
}

func TestFieldsOfDifferentStates(t *testing.T) {
	var a, b fielded
	b.nodes[1].Belief[0].Expiry = 7
	b.Sent.items, a.Sent.items = []int8{1, 2}, []int8{2, 1} // the same set
	b.Log = []struct{ N int }{}
	b.Memo = 1
	fields := fieldsOf[fielded](t)
	for _, f := range fields {
		if f.Equal(&a, &b) != (f.Path != "nodes[].Belief[].Expiry") {
			t.Errorf("%s: equal is %v", f.Path, f.Equal(&a, &b))
		}
	}
	expiry := fields[2]
	if expiry.Same(2, &a, &b) || !expiry.Same(3, &a, &b) {
		t.Error("the states differ at another place")
	}
	for _, c := range []struct {
		place, element, other int
		beside                int
		ok                    bool
	}{
		{2, 1, 0, 0, true},  // nodes[1].Belief[0]: the first step with index 1 is the node's
		{2, 0, 1, 3, true},  // the first step with index 0 is the belief's
		{2, 1, 2, 0, false}, // there are two nodes
		{3, 5, 0, 0, false},
	} {
		if beside, ok := expiry.Beside(c.place, c.element, c.other); beside != c.beside || ok != c.ok {
			t.Errorf("beside %d, %d for %d: %d, %v", c.place, c.other, c.element, beside, ok)
		}
	}
	expiry.Move(&a, 0, &b, 2)
	if a.nodes[0].Belief[0].Expiry != 7 {
		t.Error("Move did not change the value")
	}
	expiry.Copy(&a, &b)
	if !expiry.Equal(&a, &b) || a.nodes[0].Belief[0].Expiry != 0 {
		t.Error("Copy did not change the field")
	}
}

// The fields make up the whole state: states are equal if all their fields are, and
// copying all fields makes a state equal to the source.
func TestFieldsAreTheWholeState(t *testing.T) {
	type S struct {
		A [3]int8
		B []int8
		C map[int8]int8
		D struct{ E, F uint8 }
		G *int8
	}
	c, err := For[S]()
	if err != nil {
		t.Fatal(err)
	}
	fields, space := c.Untyped.Fields(), c.New()
	rapid.Check(t, func(t *rapid.T) {
		small := rapid.Int8Range(0, 1)
		draw := func(name string) *S {
			s := &S{B: rapid.SliceOfN(small, 0, 1).Draw(t, name), C: rapid.MapOfN(small, small, 0, 1).Draw(t, name)}
			s.A[rapid.IntRange(0, 2).Draw(t, name)] = small.Draw(t, name)
			s.D.F = uint8(small.Draw(t, name))
			s.G = rapid.Ptr(small, true).Draw(t, name)
			return s
		}
		a, b := draw("a"), draw("b")
		equal := true
		for _, f := range fields {
			equal = equal && f.Equal(a, b)
		}
		if want := string(space.Append(nil, a)) == string(space.Append(nil, b)); equal != want {
			t.Fatalf("fields equal: %v, states equal: %v", equal, want)
		}
		for _, f := range fields {
			f.Copy(a, b)
		}
		if string(space.Append(nil, a)) != string(space.Append(nil, b)) {
			t.Fatal("the states differ after all fields were copied")
		}
	})
}
