package codec

import "testing"

// Small enough types can be tried in full: every state, and every string of
// bytes that could be one.

type tiny struct {
	A bool
	B []bool `muster:"unordered"`
	C map[bool]*bool
	D *[]struct{}
}

// tinyStates returns every state with at most two elements in each part,
// without an order in B.
func tinyStates() []tiny {
	var all []tiny
	no, yes := false, true
	bags := [][]bool{nil, {no}, {yes}, {no, no}, {no, yes}, {yes, yes}}
	pointers := []*bool{nil, &no, &yes}
	maps := []map[bool]*bool{nil}
	for _, p := range pointers {
		maps = append(maps, map[bool]*bool{no: p}, map[bool]*bool{yes: p})
		for _, q := range pointers {
			maps = append(maps, map[bool]*bool{no: p, yes: q})
		}
	}
	nothings := []*[]struct{}{nil, {}, {{}}, {{}, {}}}
	for _, a := range []bool{no, yes} {
		for _, b := range bags {
			for _, c := range maps {
				for _, d := range nothings {
					all = append(all, tiny{a, b, c, d})
				}
			}
		}
	}
	return all
}

// Every state has bytes of its own, and no other bytes of these few values are
// a state.
func TestEveryTinyState(t *testing.T) {
	p := must[tiny](t).New()
	states := map[string]bool{}
	longest := 0
	for _, s := range tinyStates() {
		encoded := p.Append(nil, &s)
		if states[string(encoded)] {
			t.Fatalf("two states are %x, one of them %+v", encoded, s)
		}
		states[string(encoded)] = true
		longest = max(longest, len(encoded))
	}
	accepted := 0
	var s tiny
	var try func(src []byte)
	try = func(src []byte) {
		rest, ok := p.Decode(&s, src)
		if ok && len(rest) == 0 {
			accepted++
			if !states[string(src)] {
				t.Errorf("%x is %+v", src, s)
			}
		}
		if !ok && len(src) < longest { // what follows a state is another's
			for b := range byte(3) {
				try(append(src, b))
			}
		}
	}
	try(make([]byte, 0, longest))
	if accepted != len(states) {
		t.Errorf("%d strings are accepted, of %d states", accepted, len(states))
	}
}

// How many of the strings of one byte are a state: all are a uint8, two of them
// a bool, and so on.
func TestEveryByte(t *testing.T) {
	wantAccepted[uint8](t, 256)
	wantAccepted[int8](t, 256)
	wantAccepted[bool](t, 2)
	wantAccepted[[1]bool](t, 2)
	wantAccepted[string](t, 1)        // the empty one
	wantAccepted[[]uint8](t, 1)       // the empty one
	wantAccepted[*bool](t, 1)         // nil
	wantAccepted[*struct{}](t, 2)     // nil, and not
	wantAccepted[[]struct{}](t, 0x80) // all whose length takes one byte
	wantAccepted[map[struct{}]struct{}](t, 2)
}

// wantAccepted fails unless so many of the strings of one byte are a state.
func wantAccepted[S any](t *testing.T, want int) {
	t.Helper()
	p := must[S](t).New()
	var s S
	got := 0
	for b := range 256 {
		if rest, ok := p.Decode(&s, []byte{byte(b)}); ok && len(rest) == 0 {
			got++
		}
	}
	if got != want {
		t.Errorf("%T: %d bytes are accepted, want %d", s, got, want)
	}
}
