package codec

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"testing"
)

// Cases of shared memory that are easy to get wrong, one by one. The property tests
// cover them by chance only.

type sharing struct {
	A, B []int
	C    [][]int
	M, N map[string][]int
	P, Q *padded
	Note []int `muster:"-"`
}

func sharingState() sharing {
	return sharing{
		A: []int{1, 2, 3},
		B: []int{4, 5},
		C: [][]int{{6}, {7, 8}},
		M: map[string][]int{"a": {9}},
		N: map[string][]int{},
		P: &padded{A: 1},
	}
}

// If an action lets two fields share memory, they do not share it in the next copy.
func TestSharedFieldsAreSeparateInTheNextCopy(t *testing.T) {
	c := must[sharing](t)
	parent, p := sharingState(), c.New()
	want := p.Append(nil, &parent)
	var work sharing
	for name, share := range map[string]func(){
		"slices":             func() { work.A = work.B },
		"part of a slice":    func() { work.B = work.A[1:2] },
		"elements":           func() { work.C[0] = work.C[1] },
		"element and field":  func() { work.C[0] = work.A },
		"maps":               func() { work.N = work.M },
		"slice in a map":     func() { work.M["b"] = work.A },
		"pointers":           func() { work.Q = work.P },
		"into an array":      func() { work.P = &[]padded{{A: 5}, {A: 6}}[1] },
		"with what it lacks": func() { work = sharing{} },
	} {
		p.Copy(&work, &parent)
		share()
		p.Copy(&work, &parent)
		wantSeparate(t, name, p, &work, &parent, want)
		p.Keep(&work, want)
		share()
		p.Append(nil, &work)
		p.Restore(&work)
		wantSeparate(t, name+", restored", p, &work, &parent, want)
		p.Restore(&work)
		wantBytes(t, name+", restored again", c.New().Append(nil, &work), want)
	}
}

// wantSeparate fails unless work is the parent, and each part of work has memory of
// its own. It changes the parts.
func wantSeparate(t *testing.T, name string, p *Space[sharing], work, parent *sharing, want []byte) {
	t.Helper()
	wantBytes(t, name, p.Append(nil, work), want)
	work.A[0], work.B[0], work.C[0][0], work.C[1][0], work.M["a"][0] = 10, 11, 12, 13, 14
	work.N["a"], work.P.A = nil, 15
	if work.A[0] != 10 || work.B[0] != 11 || work.C[0][0] != 12 || work.C[1][0] != 13 || work.M["a"][0] != 14 || work.Q != nil {
		t.Errorf("%s: still shared: %+v", name, work)
	}
	wantBytes(t, name+": parent", p.Append(nil, parent), want)
	p.Distrust()
}

// Appending to one slice changes no other, within its spare capacity or beyond.
func TestAppendsDoNotOverlap(t *testing.T) {
	c := must[sharing](t)
	parent := sharingState()
	p := c.New()
	var work sharing
	for n := range 2 * len(parent.A) {
		p.Copy(&work, &parent)
		for i := range n {
			work.A = append(work.A, 100+i)
			work.C[0] = append(work.C[0], 200+i)
		}
		if !slices.Equal(work.B, parent.B) || !slices.Equal(work.C[1], parent.C[1]) {
			t.Errorf("after %d: %+v", n, work)
		}
	}
}

// Decoding through one space does not change the states of other spaces.
func TestSpacesAreSeparate(t *testing.T) {
	c := must[sharing](t)
	from := sharingState()
	encoded := c.New().Append(nil, &from)
	var states [3]sharing
	var spaces [3]*Space[sharing]
	for i := range states {
		spaces[i] = c.New()
		spaces[i].Decode(&states[i], encoded)
		states[i].A[0], states[i].M["a"][0], states[i].P.A = 20+i, 30+i, uint8(40+i)
	}
	for i, s := range states {
		if s.A[0] != 20+i || s.M["a"][0] != 30+i || s.P.A != uint8(40+i) {
			t.Errorf("state %d: %+v", i, s)
		}
	}
}

// A decoded state does not refer to the bytes of its encoding.
func TestDecodedStringsOutliveTheirBytes(t *testing.T) {
	c := must[richState](t)
	from := rich()
	encoded := c.New().Append(nil, &from)
	var to richState
	p := c.New()
	p.Decode(&to, encoded)
	want := p.Append(nil, &to)
	clear(encoded)
	wantBytes(t, "after the encoding was overwritten", p.Append(nil, &to), want)
}

// Strings stay valid when the bounded table of strings drops them.
func TestManyStrings(t *testing.T) {
	c := must[[2]string](t)
	p := c.New()
	var to [2]string
	long := make([]byte, 1<<16)
	for i := range 100 {
		long[0] = byte(i)
		from := [2]string{string(long), "short"}
		if _, ok := p.Decode(&to, p.Append(nil, &from)); !ok || to != from {
			t.Fatalf("string %d was not decoded", i)
		}
	}
}

// Decoded slices and maps are never nil, so an action can use empty ones.
func TestEmptyIsReadyForUse(t *testing.T) {
	c := must[sharing](t)
	var none, got sharing
	p := c.New()
	p.Decode(&got, p.Append(nil, &none))
	got.M["a"] = append(got.A, 1)
	if got.A == nil || got.N == nil || len(got.M) != 1 || got.Note != nil {
		t.Errorf("decoded nothing as %+v", got)
	}
}

// Goroutines may share a codec if each has its own spaces.
func TestGoroutines(t *testing.T) {
	c := must[sharing](t)
	from := sharingState()
	want := c.New().Append(nil, &from)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			p := c.New()
			var s sharing
			for n := range 100 {
				p.Decode(&s, want)
				s.A[0], s.M["a"][0] = i, n
				s.B = s.A
				p.Append(nil, &s)
				p.Copy(&s, &from)
				if got := p.Append(nil, &s); !bytes.Equal(got, want) {
					t.Errorf("goroutine %d: got %x, want %x", i, got, want)
				}
			}
		})
	}
	all.Wait()
}

// Maps and slices that are large enough to exercise the sort survive a round trip,
// in states whose sizes alternate.
func TestLargeStates(t *testing.T) {
	type large struct {
		Index map[uint32]string
		Seen  map[uint16]struct{}
		Bag   []uint32 `muster:"unordered"`
		Names []string `muster:"unordered"`
	}
	r := newHarness(t, reflect.TypeFor[large]())
	f := newFiller(1)
	to := r.live()
	for _, n := range []int{10, 1000, 3, 300, 0, 1000} {
		s := large{Index: map[uint32]string{}, Seen: map[uint16]struct{}{}}
		for range n {
			s.Index[f.Uint32()] = strconv.Itoa(f.some())
			s.Seen[uint16(f.Uint32())] = struct{}{}
			s.Bag = append(s.Bag, f.Uint32())
			s.Names = append(s.Names, strconv.Itoa(f.IntN(n)))
		}
		from := reflect.ValueOf(&s).Elem()
		encoded := r.encode(from)
		wantBytes(t, "reference", r.reference.append(nil, from), encoded)
		to.decode(encoded)
		wantSame(t, "decoded", to.Value, from)
		to.copy(from)
		wantBytes(t, "copy", to.encode(), encoded)
	}
}
