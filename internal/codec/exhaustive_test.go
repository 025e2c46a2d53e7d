package codec

import "testing"

// Types that are small enough are tested exhaustively: all states, and all short
// strings of bytes.

type tiny struct {
	A bool
	B []bool `muster:"unordered"`
	C map[bool]*bool
	D *[]struct{}
}

// tinyStates returns all states with at most two elements in each part, with B in
// one order only.
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

// Different states have different encodings, and no other string of the bytes 0, 1
// and 2 is an encoding.
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
		if !ok && len(src) < longest { // a longer string would only repeat an accepted prefix
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

// The number of strings of one byte that are an encoding: all of them for uint8, two
// for bool, and so on.
func TestEveryByte(t *testing.T) {
	wantAccepted[uint8](t, 256)
	wantAccepted[int8](t, 256)
	wantAccepted[bool](t, 2)
	wantAccepted[[1]bool](t, 2)
	wantAccepted[string](t, 1)        // the empty one
	wantAccepted[[]uint8](t, 1)       // the empty one
	wantAccepted[*bool](t, 1)         // nil
	wantAccepted[*struct{}](t, 2)     // nil and not nil
	wantAccepted[[]struct{}](t, 0x80) // all whose length takes one byte
	wantAccepted[map[struct{}]struct{}](t, 2)
}

// wantAccepted fails unless want strings of one byte are an encoding.
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
