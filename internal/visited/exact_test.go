package visited

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// hashers has a good hasher, and one so weak that only comparing bytes distinguishes
// states.
var hashers = map[string]*fingerprint.Hasher{"good": fingerprint.New(0), "weak": fingerprint.Weak(6)}

// trial inserts states into a set and into a map.
type trial struct {
	t      *testing.T
	set    Set
	size   int
	hasher *fingerprint.Hasher
	known  map[string]bool
}

func newTrial(t *testing.T, size int, h *fingerprint.Hasher) *trial {
	return &trial{t, NewExact(size), size, h, map[string]bool{}}
}

func (x *trial) insert(states [][]byte) {
	x.t.Helper()
	list := NewEncodings(x.size)
	var candidates []Candidate
	var want []uint64
	for i, s := range states {
		list.Add(s)
		candidates = append(candidates, NewCandidate(x.hasher.Of(s), uint64(i)))
		if !x.known[string(s)] {
			x.known[string(s)] = true
			want = append(want, uint64(i))
		}
	}
	if got := x.set.Insert(candidates, &list, nil); !slices.Equal(got, want) {
		x.t.Fatalf("%d of %d states are new, want %d", len(got), len(states), len(want))
	}
	if got := x.set.Len(); got != uint64(len(x.known)) {
		x.t.Fatalf("the set has %d states, want %d", got, len(x.known))
	}
}

// randomStates repeats a third of the states, some of them with the last bit
// flipped.
func randomStates(r *rand.Rand, n int, length func() int) [][]byte {
	var list [][]byte
	for len(list) < n {
		s := make([]byte, length())
		for i := range s {
			s[i] = byte(r.Uint32())
		}
		if len(list) > 0 && r.IntN(3) == 0 {
			s = slices.Clone(list[r.IntN(len(list))])
			if len(s) > 0 && r.IntN(4) == 0 {
				s[len(s)-1] ^= 1
			}
		}
		list = append(list, s)
	}
	return list
}

func TestExactAgreesWithAMap(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	always := func(n int) func() int { return func() int { return n } }
	for _, c := range []struct {
		name   string
		size   int
		length func() int
		counts []int
	}{
		{"no bytes", 0, always(0), []int{0, 1, 100}},
		{"a byte", 1, always(1), []int{1000}},
		{"eight bytes", 8, always(8), []int{1, 63, 64, 65, 100_000}},
		{"words and a bit", 19, always(19), []int{20_000}},
		{"any size", -1, func() int { return r.IntN(300) }, []int{1, 64, 20_000}},
		{"very different", -1, func() int { return 1 << r.IntN(18) }, []int{500}},
		{"large", 100_000, always(100_000), []int{100}},
		{"larger than a chunk", -1, func() int { return 3 * chunkBytes * r.IntN(2) }, []int{3}},
	} {
		for kind, h := range hashers {
			for _, n := range c.counts {
				if kind == "weak" {
					n = min(n, 3_000) // every look-up reads a long way
				}
				t.Run(fmt.Sprint(c.name, "/", kind, "/", n), func(t *testing.T) {
					x := newTrial(t, c.size, h)
					defer x.set.Free()
					states := randomStates(r, n, c.length)
					x.insert(states)
					x.insert(states)
				})
			}
		}
	}
}

// A state and a prefix of it are different states.
func TestExactDistinguishesPrefixes(t *testing.T) {
	x := newTrial(t, -1, fingerprint.Weak(0))
	var states [][]byte
	for n := range 200 {
		states = append(states, make([]byte, n))
	}
	x.insert(states)
	x.insert(states)
}

// The arena yields its states in the order of insertion.
func TestArenaKeepsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for _, size := range []int{-1, 1, 12, 3000} {
		a := newArena(size, chunksMax, &chunkPool{})
		var want []string
		var places []uint64
		for range 5_000 {
			s := make([]byte, max(size, 0))
			if size < 0 {
				s = make([]byte, r.IntN(2000))
			}
			for i := range s {
				s[i] = byte(r.Uint32())
			}
			place, ok := a.put(s)
			if !ok {
				t.Fatal("the arena is full")
			}
			want, places = append(want, string(s)), append(places, place)
		}
		var got []string
		for s := range a.all() {
			got = append(got, string(s))
		}
		if !slices.Equal(got, want) {
			t.Errorf("size %d: %d states came back, of %d", size, len(got), len(want))
		}
		for i, place := range places {
			if string(a.at(place)) != want[i] {
				t.Fatalf("size %d: state %d is not in its place", size, i)
			}
		}
		a.free()
	}
}

func TestLengthBytes(t *testing.T) {
	for n := range 64 {
		for _, length := range []uint64{1 << n, 1<<n - 1, 1<<n + 1} {
			want := len(binary.AppendUvarint(nil, length))
			if got := lengthBytes(length); got != uint64(want) {
				t.Errorf("the length %d takes %d bytes, want %d", length, got, want)
			}
		}
	}
}

// When an arena is full, the set reports it and keeps its states.
func TestExactBecomesFull(t *testing.T) {
	s := NewExact(1 << 20)
	for i := range s.parts {
		s.parts[i].arena.most = 2
	}
	list := NewEncodings(1 << 20)
	var candidates []Candidate
	for i := range 6 {
		state := make([]byte, 1<<20)
		state[0] = byte(i)
		list.Add(state)
		candidates = append(candidates, NewCandidate(fingerprint.Print{Hash: uint64(i)}, uint64(i)))
	}
	if fresh := s.Insert(candidates[:3], &list, nil); len(fresh) != 3 || s.Full() {
		t.Errorf("%d of three states are new and full is %v", len(fresh), s.Full())
	}
	if fresh := s.Insert(candidates, &list, nil); len(fresh) != 0 || !s.Full() || s.Len() != 3 {
		t.Errorf("%d states were put into a full set; full is %v, it has %d", len(fresh), s.Full(), s.Len())
	}
}

// All states are known in the compact set that they were moved to.
func TestMoveTo(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 3))
	for _, size := range []int{-1, 9} {
		x := newTrial(t, size, fingerprint.New(5))
		states := randomStates(r, 20_000, func() int {
			if size < 0 {
				return 8 + r.IntN(100)
			}
			return size
		})
		x.insert(states)
		to := NewCompact()
		for part := range Partitions {
			x.set.(*Exact).MoveTo(to, part, x.hasher)
		}
		if to.Len() != uint64(len(x.known)) {
			t.Errorf("%d states arrived, of %d", to.Len(), len(x.known))
		}
		if x.set.Bytes() != 0 {
			t.Errorf("the exact set still holds %d bytes", x.set.Bytes())
		}
		x.set = to
		x.insert(states)
		to.Free()
	}
}

// The estimate is close to the memory of a large set.
func TestExactBytes(t *testing.T) {
	const n, size = 2_000_000, 16
	s, list := NewExact(size), NewEncodings(size)
	h := fingerprint.New(0)
	candidates := make([]Candidate, n)
	for i := range candidates {
		state := binary.LittleEndian.AppendUint64(make([]byte, 8, size), uint64(i))
		list.Add(state)
		candidates[i] = NewCandidate(h.Of(state), uint64(i))
	}
	s.Insert(candidates, &list, nil)
	estimate, bytes := ExactBytes(n, n*size), s.Bytes()
	if ratio := float64(bytes) / float64(estimate); ratio < 0.7 || ratio > 1.5 {
		t.Errorf("%d bytes a state, estimated %d", bytes/n, estimate/n)
	}
	s.Free()
}

func BenchmarkExact(b *testing.B) {
	for _, size := range []int{16, 64} {
		b.Run(fmt.Sprint(size, " bytes"), func(b *testing.B) { benchmarkExact(b, size) })
	}
}

func benchmarkExact(b *testing.B, size int) {
	const n = 1 << 20
	list, h := NewEncodings(size), fingerprint.New(0)
	candidates, fresh := make([]Candidate, n), make([]uint64, 0, n)
	for i := range candidates {
		state := make([]byte, size)
		binary.LittleEndian.PutUint64(state, uint64(i))
		list.Add(state)
		candidates[i] = NewCandidate(h.Of(state), uint64(i))
	}
	full := NewExact(size)
	full.Insert(candidates, &list, fresh)
	perState := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/state")
	}
	b.Run("new", func(b *testing.B) {
		for b.Loop() {
			s := NewExact(size)
			s.Insert(candidates, &list, fresh)
			s.Free()
		}
		perState(b)
	})
	b.Run("known", func(b *testing.B) {
		for b.Loop() {
			full.Insert(candidates, &list, fresh)
		}
		perState(b)
	})
	b.Logf("%.1f bytes a state", float64(full.Bytes())/n)
}

// The place and the number of a state do not change while other states are inserted.
// Sets with and without numbers find the same states new, and move the same states.
func TestPlacesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.SampledFrom([]int{-1, 0, 1, 3, 40}).Draw(t, "size")
		s, hasher := NewExact(size), fingerprint.New(0)
		s.UseNumbers()
		defer s.Free()
		placeOf, numberOf := map[string]Place{}, map[string]uint32{}
		kinds := rapid.IntRange(1, 5000).Draw(t, "kinds")
		for range rapid.IntRange(1, 30).Draw(t, "rounds") {
			states := NewEncodings(size)
			var list []string
			var candidates []Candidate
			for i := range rapid.IntRange(1, 300).Draw(t, "candidates") {
				length := size
				kind := (i*7919 + rapid.IntRange(0, kinds).Draw(t, "kind")) % kinds
				if size < 0 {
					length = kind % 200
				}
				state := []byte(fmt.Sprintf("%-*d", length, kind))[:length]
				states.Add(state)
				list = append(list, string(state))
				candidates = append(candidates, NewCandidate(hasher.Of(state), uint64(i)))
			}
			places := make([]Place, len(list))
			for _, i := range s.Place(candidates, &states, nil, places) {
				if _, known := placeOf[list[i]]; known {
					t.Fatalf("%q is new twice", list[i])
				}
				if got := s.Number(places[i]); got != 0 {
					t.Fatalf("%q is new and has number %d", list[i], got)
				}
				placeOf[list[i]], numberOf[list[i]] = places[i], uint32(len(placeOf))*0x01010101
				s.SetNumber(places[i], numberOf[list[i]])
			}
			for i, state := range list {
				if places[i] != placeOf[state] || s.Number(places[i]) != numberOf[state] {
					t.Fatalf("%q is at %x with number %d, want %x and %d",
						state, places[i], s.Number(places[i]), placeOf[state], numberOf[state])
				}
			}
		}
		if s.Len() != uint64(len(placeOf)) {
			t.Fatalf("%d states, want %d", s.Len(), len(placeOf))
		}
		moved := NewCompact()
		defer moved.Free()
		for part := range Partitions {
			s.MoveTo(moved, part, hasher)
		}
		if moved.Len() != uint64(len(placeOf)) {
			t.Fatalf("%d states were moved, of %d", moved.Len(), len(placeOf))
		}
	})
}

// The estimate includes the memory of numbers.
func TestEstimateHasNumbers(t *testing.T) {
	s := NewExact(8)
	defer s.Free()
	if got, want := s.Estimate(100, 800), ExactBytes(100, 800); got != want {
		t.Errorf("without numbers: %d, want %d", got, want)
	}
	s.UseNumbers()
	if got, want := s.Estimate(100, 800), ExactBytes(100, 800)+400; got != want {
		t.Errorf("with numbers: %d, want %d", got, want)
	}
}
