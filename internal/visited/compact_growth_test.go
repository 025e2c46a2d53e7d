package visited

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/pages"
)

// scattered returns a pseudo-random fingerprint of a partition, different for each
// number.
func scattered(part int, number uint64) fingerprint.Print {
	h := number * 0x9E3779B97F4A7C15
	h ^= h >> 29
	h *= 0xBF58476D1CE4E5B9
	h ^= h >> 32
	return fingerprint.Print{Hash: uint64(part)<<60 | h>>4, Extra: h << 60}
}

// insertScattered inserts n fingerprints, starting with number first, and returns
// the number of new ones.
func insertScattered(s *Compact, part int, first, n uint64) int {
	var candidates []Candidate
	for i := range n {
		candidates = append(candidates, NewCandidate(scattered(part, first+i), i))
	}
	return len(s.Insert(candidates, nil, nil))
}

// A partition that grows keeps all entries, also beyond the sizes from which it is
// in large pages and no longer doubles.
func TestGrowthKeepsEntries(t *testing.T) {
	const part, step, steps = 5, 100_000, 7
	s := NewCompact()
	defer s.Free()
	sizes := map[int]bool{}
	for i := range uint64(steps) {
		if got := insertScattered(s, part, i*step, step); got != step {
			t.Fatalf("after %d states, %d of %d are new", i*step, got, step)
		}
		sizes[len(s.parts[part].slots)*8] = true
		checkLoad(t, &s.parts[part])
	}
	if got := insertScattered(s, part, 0, step*steps); got != 0 {
		t.Errorf("%d states were forgotten", got)
	}
	if got := s.Len(); got != step*steps {
		t.Errorf("the set has %d states, want %d", got, step*steps)
	}
	smallest, largest := 1<<62, 0
	for size := range sizes {
		smallest, largest = min(smallest, size), max(largest, size)
	}
	if smallest >= pages.Huge || largest < 3*pages.Huge {
		t.Errorf("it went from %d to %d bytes: that shows nothing", smallest, largest)
	}
}

// checkLoad fails the test unless the partition's count of entries is right and its
// load is within the bounds.
func checkLoad(t *testing.T, p *partition) {
	t.Helper()
	entries := uint64(0)
	for _, slot := range p.slots {
		if slot != 0 {
			entries++
		}
	}
	if entries != p.count {
		t.Errorf("it has %d entries and counts %d", entries, p.count)
	}
	load := float64(p.count) / float64(p.buckets*bucketSlots)
	least := 0.85 / 2
	if len(p.slots)*8 > 2*pages.Huge {
		least = 0.85 / 1.5
	}
	if load > 0.85 || load < 0.95*least {
		t.Errorf("%d buckets are %.2f full; want %.2f to 0.85", p.buckets, load, least)
	}
}

// A state takes 8 bytes divided by the load, which is between 0.425 and 0.85.
func TestBytesAState(t *testing.T) {
	for _, n := range []uint64{50_000, 200_000, 1_000_000} {
		s := NewCompact()
		for part := range Partitions {
			insertScattered(s, part, 0, n/Partitions)
		}
		overflow := uint64(0) // what there is beyond the last bucket
		for part := range Partitions {
			overflow += s.parts[part].maxPlace * bucketSlots * 8
		}
		if got := float64(s.Bytes()-overflow) / float64(n); got < 9.4 || got > 18.9 {
			t.Errorf("%d states: %.1f bytes for each, want 9.4 to 18.9", n, got)
		}
		s.Free()
	}
}

// Empty sets take little memory.
func TestEmptySetsAreSmall(t *testing.T) {
	for kind, empty := range kinds {
		set := empty()
		if got := set.Bytes(); got > 1<<20 || set.Len() != 0 || set.Full() {
			t.Errorf("%s: an empty set has %d states in %d bytes, and is full: %v", kind, set.Len(), got, set.Full())
		}
		set.Free()
	}
}

// Allocated slots are zero and can be written to, in Go's memory and in mappings.
func TestAllocate(t *testing.T) {
	for _, n := range []uint64{bucketSlots, 1_000, pages.Huge/8 - 1, pages.Huge / 8, pages.Huge/8 + 1, pages.Huge} {
		for range 2 { // released memory may be allocated again
			slots, m := allocate(n)
			if uint64(len(slots)) != n {
				t.Fatalf("got %d slots, want %d", len(slots), n)
			}
			for i := range slots {
				if slots[i] != 0 {
					t.Fatalf("slot %d of %d is not zero", i, n)
				}
				slots[i] = ^uint64(0)
			}
			m.release()
		}
	}
}

// doubled gives the same place as computing it from the key.
func TestDoubled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		buckets := rapid.Uint64Range(minBuckets, 1<<30).Draw(t, "buckets")
		p := partition{buckets: buckets, digits: digitsOf(buckets)}
		twice := partition{buckets: 2 * buckets, digits: digitsOf(2 * buckets)}
		word, rest := rapid.Uint64().Draw(t, "word"), rapid.Uint64Range(0, 1<<restBits-1).Draw(t, "rest")
		at, further := p.place(word, rest), rapid.Uint64Range(0, 3).Draw(t, "further")
		got := p.doubled(at.slot/bucketSlots+further, at.entry+further)
		if want := twice.place(word, rest); got != want {
			t.Fatalf("got %x, want %x", got, want)
		}
	})
}

// A table that grows in place keeps all entries, whether full buckets are at the
// start, where entries move little, in the middle, or after the last bucket.
func TestSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newPartition(growth(1<<14, maxPlaces), &tablePool{})
		defer func() { p.free() }()
		words := map[uint64]bool{}
		for _, first := range []uint64{0, 1 << 63, ^uint64(0) - 3_000} {
			for i := range rapid.SampledFrom([]uint64{0, 10, 1_000, 1_900}).Draw(t, "crowd") {
				words[first+i] = true
			}
		}
		for i := range rapid.Uint64Range(0, 200_000).Draw(t, "others") {
			words[scattered(0, i).Hash*16] = true
		}
		for word := range words {
			if p.count == p.limit {
				p.grow()
			}
			for !p.put(search{&p, p.place(word, 5)}) {
				p.grow()
			}
		}
		for range 3 {
			p.grow()
		}
		checkKeys(t, &p, words)
	})
}

// Entries between two clusters may find no free slot when they are added in another
// order, since the first cluster then comes after the second. None is lost.
func TestSpreadFindsRoom(t *testing.T) {
	p := newPartition(growth(1<<14, maxPlaces), &tablePool{})
	defer func() { p.free() }()
	first := uint64(1) << 63
	second := first + ^uint64(0)/p.buckets // the next bucket
	words := map[uint64]bool{}
	put := func(from, n uint64) {
		for word := from; word < from+n; word++ {
			words[word] = true
			if !p.put(search{&p, p.place(word, 5)}) {
				t.Fatalf("there is no room for word %d after %d", word-from, from)
			}
		}
	}
	put(first, 1_010)
	put(second, 1_036)
	larger := p
	larger.shape(growth(p.buckets, maxPlaces))
	spreads := larger.total() <= uint64(cap(p.slots))
	p.grow()
	if spreads && p.buckets == larger.buckets {
		t.Error("there was room for all: that shows nothing")
	}
	checkKeys(t, &p, words)
}

// The same holds for an exact table, whose last bucket overflows to the first.
func TestExactSpread(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := newExactPartition(growth(1<<14, 0), newArena(8, chunksMax, &chunkPool{}), &tablePool{})
		defer func() { p.free() }()
		var tags []uint64
		for _, tag := range []uint64{0, 1 << (tagBits - 1), 1<<tagBits - 1} {
			for range rapid.SampledFrom([]int{0, 10, 500}).Draw(t, "crowd") {
				tags = append(tags, tag|1)
			}
		}
		for i := range rapid.Uint64Range(0, 200_000).Draw(t, "others") {
			tags = append(tags, scattered(0, i).Hash>>(64-4-tagBits)|1)
		}
		state := make([]byte, 8)
		insertAll := func(want bool) {
			for i, tag := range tags {
				if p.count == p.limit {
					p.grow()
				}
				binary.LittleEndian.PutUint64(state, uint64(i))
				if fresh, _ := p.insert(p.home(tag), tag, state); fresh != want {
					t.Fatalf("state %d of %d with tag %#x: new is %v, want %v", i, len(tags), tag, fresh, want)
				}
			}
		}
		insertAll(true)
		for range 3 {
			p.grow()
			insertAll(false)
		}
	})
}

type fataler interface{ Fatalf(string, ...any) }

// checkKeys fails the test unless look-ups in a partition find these words, each
// with the rest 5.
func checkKeys(t fataler, p *partition, words map[uint64]bool) {
	if p.count != uint64(len(words)) {
		t.Fatalf("it has %d entries, want %d", p.count, len(words))
	}
	for word := range words {
		at := search{p, p.place(word, 5)}
		for p.insert(at.slot, at.entry) == isFull {
			if !at.advance() {
				t.Fatalf("word %#x is nowhere", word)
			}
		}
	}
	if p.count != uint64(len(words)) {
		t.Fatalf("%d words of %d were lost", p.count-uint64(len(words)), len(words))
	}
}
