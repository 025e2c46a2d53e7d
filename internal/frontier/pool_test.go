package frontier

import (
	"bytes"
	"encoding/binary"
	"sync"
	"testing"
)

// Writers that share a pool never get memory of fragments that were not released,
// while other goroutines write and release.
func TestConcurrentWriters(t *testing.T) {
	const writers, levels = 4, 6
	var pool Pool
	var all sync.WaitGroup
	for writer := range writers {
		all.Go(func() {
			w := NewWriter(&pool, 100)
			var level []Fragment
			for round := range levels {
				stamp := byte(writer*levels + round + 1)
				states := 3_000 + 500*writer
				for range states {
					w.Add(bytes.Repeat([]byte{stamp}, 300))
				}
				next := w.Take(nil)
				for _, f := range level { // made a level ago, while others wrote
					wantStamp(t, f, stamp-1)
					f.Release()
				}
				level = next
			}
		})
	}
	all.Wait()
	if limit := uint64(2 * writers * 5 << 20); pool.Bytes() > limit {
		t.Errorf("the pool has grown to %d bytes, more than two levels of each writer", pool.Bytes())
	}
}

// wantStamp fails the test unless every byte of a fragment is the stamp.
func wantStamp(t *testing.T, f Fragment, stamp byte) {
	for i, got := range f.Data {
		if got != stamp {
			t.Errorf("byte %d of a fragment is %d, want %d", i, got, stamp)
			return
		}
	}
}

// Later writes do not change a fragment until it is released. Then its slab is reused.
func TestHeldFragmentsDoNotChange(t *testing.T) {
	var pool Pool
	w := afterFirst(&pool)
	state := func(i int) []byte { return binary.LittleEndian.AppendUint64(nil, uint64(i)) }
	for i := range 25 {
		w.Add(state(i))
	}
	held := w.Take(nil)
	for i := range 4 * slabBytes / 8 {
		w.Add(state(1000 + i))
	}
	for _, f := range w.Take(nil) {
		f.Release()
	}
	n := 0
	for _, f := range held {
		for data := f.Data; len(data) > 0; data = data[8:] {
			if got := binary.LittleEndian.Uint64(data); got != uint64(n) {
				t.Fatalf("state %d has become %d", n, got)
			}
			n++
		}
	}
	if n != 25 {
		t.Errorf("%d states are held, want 25", n)
	}
	before := pool.Bytes()
	for _, f := range held {
		f.Release()
	}
	for range 4 * slabBytes / 8 {
		w.Add(state(0))
	}
	if after := pool.Bytes(); after > before {
		t.Errorf("although all was released, the pool grew from %d to %d bytes", before, after)
	}
}

// Fragments have at most the given number of states, and fewer if states are large.
func TestFragmentSizes(t *testing.T) {
	for _, c := range []struct {
		name                    string
		most, size, states      int
		fragments, statesOfEach int
	}{
		{"small states", 256, 16, 1024, 4, 256},
		{"a few at a time", 3, 16, 9, 3, 3},
		{"states without bytes", 256, 0, 512, 2, 256},
		{"large states", 256, fragmentBytes / 4, 20, 5, 4},
		{"very large states", 256, fragmentBytes, 7, 7, 1},
		{"larger than a slab", 256, slabBytes + 1, 3, 3, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			var pool Pool
			w := NewWriter(&pool, c.most)
			state := make([]byte, c.size)
			for range c.states {
				w.Add(state)
			}
			fragments := w.Take(nil)
			if len(fragments) != c.fragments {
				t.Errorf("got %d fragments, want %d", len(fragments), c.fragments)
			}
			for _, f := range fragments {
				if f.States != c.statesOfEach || len(f.Data) != c.statesOfEach*c.size {
					t.Errorf("a fragment has %d states in %d bytes, want %d", f.States, len(f.Data), c.statesOfEach)
				}
				f.Release()
			}
		})
	}
}

// A slab for a single large state is not kept.
func TestLargeSlabsAreNotKept(t *testing.T) {
	var pool Pool
	w := NewWriter(&pool, 256)
	w.Add(make([]byte, 5*slabBytes))
	fragments := w.Take(nil)
	w.Add([]byte{1}) // elsewhere
	if got := pool.Bytes(); got < 5*slabBytes {
		t.Errorf("the pool says %d bytes while it has %d", got, 5*slabBytes)
	}
	fragments[0].Release()
	if got := pool.Bytes(); got > slabBytes {
		t.Errorf("%d bytes are kept, want one slab", got)
	}
}

func TestTakeReturnsFragmentsOnce(t *testing.T) {
	var pool Pool
	w := NewWriter(&pool, 256)
	if got := w.Take(nil); len(got) != 0 {
		t.Errorf("nothing was written and %d fragments taken", len(got))
	}
	w.Add([]byte{1})
	kept := []Fragment{{States: 7}}
	if got := w.Take(kept); len(got) != 2 || got[0].States != 7 || got[1].States != 1 {
		t.Errorf("got %d fragments, want that of before and a new one", len(got))
	}
	if got := w.Take(nil); len(got) != 0 {
		t.Errorf("%d fragments were taken again", len(got))
	}
}

// If there is little memory, slabs are smaller, so that a few writers do not take all.
func TestLittleMemoryMakesSmallSlabs(t *testing.T) {
	for _, c := range []struct{ bytes, want uint64 }{
		{1 << 30, slabBytes},
		{slabsLeast * slabBytes, slabBytes},
		{3 << 20, fragmentBytes},
		{0, fragmentBytes},
		{10 << 20, 256 << 10},
	} {
		var pool Pool
		pool.For(c.bytes)
		afterFirst(&pool).Add(make([]byte, 8))
		if got := pool.Bytes(); got != c.want {
			t.Errorf("of %d bytes a slab takes %d, want %d", c.bytes, got, c.want)
		}
	}
}

// afterFirst returns a writer whose slabs have the usual size. The first, smaller
// slabs of the pool have been used and dropped.
func afterFirst(p *Pool) *Writer {
	for range slabsFirst {
		p.get(1).release()
	}
	for i := range p.free {
		p.bytes.Add(-int64(len(p.free[i].data)))
		p.idle.Add(-int64(len(p.free[i].data)))
	}
	p.free = nil
	return NewWriter(p, 10)
}
