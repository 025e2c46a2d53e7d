package fingerprint

import (
	"encoding/binary"
	"math"
	"math/bits"
	"testing"
)

// lengthsMax exceeds all block lengths of the hash functions at least twice.
const lengthsMax = 70

// counting returns n bytes, the first 256 of which are different.
func counting(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i)
	}
	return b
}

// Fingerprints are the same on every machine and in every version, so that a run can
// be repeated. The first word is the published xxHash64; the second has no published
// test vectors.
func TestFingerprintsAreStable(t *testing.T) {
	for _, c := range []struct {
		seed        uint64
		state       string
		hash, extra uint64
	}{
		{0, "", 0xef46db3751d8e999, 0x8c582ba667b646bc},
		{0, "a", 0xd24ec4f1a98c6e5b, 0xa2c251c80ee81e57},
		{0, "abc", 0x44bc2cf5ad770999, 0x8f53ad2df571e861},
		{0, "abcd", 0xde0327b0d25d92cc, 0xb9b93347ca6ebc03},
		{0, "abcdefgh", 0x3ad351775b4634b7, 0x7fc4557757e18da3},
		{0, string(counting(16)), 0x44b6ef2fb84169f7, 0x8534ca7fa2a25a8d},
		{0, string(counting(17)), 0x5603e60c527599b6, 0xcdd5c08003d592b4},
		{0, string(counting(100)), 0x6ac1e58032166597, 0x82dde305a7303bfc},
		{1, "", 0xd5afba1336a3be4b, 0x7bf30db6e6bc3fd9},
		{1, "abc", 0xbea9ca8199328908, 0x8e19dbec9955b9e7},
		{12345, string(counting(100)), 0x28ba1ae2de4de27, 0x1deb07e96ee12130},
	} {
		if got, want := New(c.seed).Of([]byte(c.state)), (Print{c.hash, c.extra}); got != want {
			t.Errorf("seed %d, %q: got {%#x, %#x}, want {%#x, %#x}", c.seed, c.state, got.Hash, got.Extra, want.Hash, want.Extra)
		}
	}
}

// Flipping any bit of a state changes both words, at every length.
func TestEveryBitMatters(t *testing.T) {
	for _, seed := range []uint64{0, 1} {
		h := New(seed)
		for n := range lengthsMax + 1 {
			state := counting(n)
			old := h.Of(state)
			for bit := range 8 * n {
				state[bit/8] ^= 1 << (bit % 8)
				if got := h.Of(state); got.Hash == old.Hash || got.Extra == old.Extra {
					t.Errorf("seed %d, %d bytes: without bit %d got %x, with it %x", seed, n, bit, got, old)
				}
				state[bit/8] ^= 1 << (bit % 8)
			}
		}
	}
}

// States of zeros have different fingerprints if their lengths differ.
func TestLengthMatters(t *testing.T) {
	hashes, extras := map[uint64]int{}, map[uint64]int{}
	zeros := make([]byte, lengthsMax)
	for n := range lengthsMax + 1 {
		p := New(0).Of(zeros[:n])
		if other, ok := hashes[p.Hash]; ok {
			t.Errorf("%d and %d zeros have the hash %x", n, other, p.Hash)
		}
		if other, ok := extras[p.Extra]; ok {
			t.Errorf("%d and %d zeros have the extra hash %x", n, other, p.Extra)
		}
		hashes[p.Hash], extras[p.Extra] = n, n
	}
}

// Another seed changes about half of the bits of both words.
func TestSeedsAreUnrelated(t *testing.T) {
	seeds := []uint64{0, 1, 2, 1 << 63, math.MaxUint64}
	for i, a := range seeds {
		for _, b := range seeds[:i] {
			hash, extra := 0, 0
			for n := range lengthsMax + 1 {
				p, q := New(a).Of(counting(n)), New(b).Of(counting(n))
				hash += bits.OnesCount64(p.Hash ^ q.Hash)
				extra += bits.OnesCount64(p.Extra ^ q.Extra)
			}
			const all = 64 * (lengthsMax + 1)
			for name, differ := range map[string]int{"hash": hash, "extra hash": extra} {
				if share := float64(differ) / all; share < 0.45 || share > 0.55 {
					t.Errorf("seeds %d and %d: %.0f%% of the %s's bits differ", a, b, 100*share, name)
				}
			}
		}
	}
}

// A fingerprint does not depend on the states hashed before.
func TestHashersHaveNoMemory(t *testing.T) {
	for _, seed := range []uint64{0, 7} {
		h := New(seed)
		want := h.Of(counting(20))
		h.Of(counting(99))
		if got := h.Of(counting(20)); got != want {
			t.Errorf("seed %d: got %x, want %x", seed, got, want)
		}
	}
}

func TestHashingDoesNotAllocate(t *testing.T) {
	for _, seed := range []uint64{0, 7} {
		h, state := New(seed), counting(lengthsMax)
		if got := testing.AllocsPerRun(100, func() { h.Of(state) }); got != 0 {
			t.Errorf("seed %d: %g allocations", seed, got)
		}
	}
}

// A weak hasher of n bits makes exactly 2^n fingerprints.
func TestWeakHashers(t *testing.T) {
	for _, width := range []int{1, 4, 8} {
		met := map[Print]bool{}
		for i := range 10_000 {
			met[Weak(width).Of(counting(4 + i%60)[i%4:])] = true
			met[Weak(width).Of(binary.LittleEndian.AppendUint32(nil, uint32(i)))] = true
		}
		if len(met) != 1<<width {
			t.Errorf("%d bits: %d fingerprints, want %d", width, len(met), 1<<width)
		}
	}
}

// families are sets of similar states, as models have them.
var families = map[string]func(i uint64) []byte{
	"a counter": func(i uint64) []byte { return binary.LittleEndian.AppendUint64(nil, i) },
	"counters": func(i uint64) []byte {
		return []byte{byte(i % 16), 0, 0, 0, byte(i / 16 % 16), 0, 0, 0, byte(i / 256 % 16), 0, 0, 0, byte(i / 4096), 0, 0, 0}
	},
	"phases": func(i uint64) []byte { // two bits for each of twelve processes
		b := make([]byte, 16)
		for p := range 12 {
			b[p] = byte(i >> (2 * p) & 3)
		}
		return b
	},
	"far apart": func(i uint64) []byte {
		b := make([]byte, 40)
		binary.LittleEndian.PutUint16(b, uint16(i))
		b[39] = byte(i >> 16)
		return b
	},
}

// parts are the bits of a hash that select a partition or a bucket.
var parts = []struct {
	name string
	of   func(p Print) uint64
	bits int
}{
	{"partition", func(p Print) uint64 { return p.Hash >> 60 }, 4},
	{"bucket", func(p Print) uint64 { return p.Hash << 4 >> 54 }, 10},
	{"lowest bits", func(p Print) uint64 { return p.Hash }, 10},
}

// Similar states are distributed evenly by any part of their hashes: the chi-square
// statistic is as for random numbers.
func TestSpread(t *testing.T) {
	const states = 1 << 16
	for name, family := range families {
		for _, seed := range []uint64{0, 99} {
			h := New(seed)
			for _, part := range parts {
				counts := make([]float64, 1<<part.bits)
				for i := range uint64(states) {
					counts[part.of(h.Of(family(i)))&(1<<part.bits-1)]++
				}
				if deviation := chiSquare(counts, states); math.Abs(deviation) > 5 {
					t.Errorf("%s, seed %d: the %s is off by %.1f standard deviations", name, seed, part.name, deviation)
				}
			}
		}
	}
}

// chiSquare returns the chi-square statistic of counts that should be equal, as a
// number of standard deviations from its expectation.
func chiSquare(counts []float64, sum float64) float64 {
	expected := sum / float64(len(counts))
	square := 0.0
	for _, c := range counts {
		square += (c - expected) * (c - expected) / expected
	}
	freedom := float64(len(counts) - 1)
	return (square - freedom) / math.Sqrt(2*freedom)
}

// The second word distinguishes states whose first words agree. It need not be
// distributed evenly for that. But among pairs of similar states, and among those with
// similar first words, not many more than one in 256 may agree in its first eight bits.
func TestSecondWordDistinguishes(t *testing.T) {
	const states = 1 << 16
	for name, family := range families {
		for _, seed := range []uint64{0, 99} {
			h := New(seed)
			all, similar := groups{}, groups{}
			for i := range uint64(states) {
				p := h.Of(family(i))
				all.add(0, p)
				similar.add(p.Hash>>54, p)
			}
			for who, g := range map[string]groups{"two states": all, "two states with a similar hash": similar} {
				if share := g.agreeing(); share > 1.2/256 {
					t.Errorf("%s, seed %d: %s agree in %.2f of 256 cases", name, seed, who, 256*share)
				}
			}
		}
	}
}

// groups counts the states of each group by the first eight bits of their second
// word.
type groups map[uint64]*[256]float64

func (g groups) add(group uint64, p Print) {
	if g[group] == nil {
		g[group] = new([256]float64)
	}
	g[group][p.Extra>>56]++
}

// agreeing returns the share of pairs within a group that agree.
func (g groups) agreeing() float64 {
	agree, pairs := 0.0, 0.0
	for _, counts := range g {
		sum := 0.0
		for _, c := range counts {
			agree += c * (c - 1)
			sum += c
		}
		pairs += sum * (sum - 1)
	}
	return agree / pairs
}
