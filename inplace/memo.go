package inplace

import (
	"sync"
	"sync/atomic"
)

// memo is a hash table to which entries are added for ever. Any number of goroutines may
// use it, and to look something up takes no lock: it is on the way of every step that a
// model takes, and nearly all of those are in the table already.
type memo[K comparable, E any] struct {
	hash func(K) uint64

	mu    sync.Mutex // of those who add
	count atomic.Int64
	slots atomic.Pointer[[]atomic.Pointer[item[K, E]]] // a power of two of them, at most half of them in use
}

type item[K comparable, E any] struct {
	hash  uint64
	key   K
	entry E
}

const firstSlots = 64

func newMemo[K comparable, E any](hash func(K) uint64) *memo[K, E] {
	m := &memo[K, E]{hash: hash}
	slots := make([]atomic.Pointer[item[K, E]], firstSlots)
	m.slots.Store(&slots)
	return m
}

// get returns the entry of a key, or nil. While the table grows, get may miss an entry that
// was added just now: the code that adds looks again.
func (m *memo[K, E]) get(k K) *E {
	h := m.hash(k)
	slots := *m.slots.Load()
	for i := h; ; i++ {
		it := slots[i&uint64(len(slots)-1)].Load()
		if it == nil {
			return nil
		}
		if it.hash == h && it.key == k {
			return &it.entry
		}
	}
}

// add adds an entry unless the key has one, and returns that of the table.
func (m *memo[K, E]) add(k K, fill func(*E)) (entry *E, fresh bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if e := m.get(k); e != nil {
		return e, false
	}
	if n := int(m.count.Add(1)); 2*n > len(*m.slots.Load()) {
		m.grow()
	}
	it := &item[K, E]{hash: m.hash(k), key: k}
	fill(&it.entry)
	place(*m.slots.Load(), it)
	return &it.entry, true
}

// grow makes a table of twice the size. Those who read the old one meanwhile find all that
// was in it.
func (m *memo[K, E]) grow() {
	old := *m.slots.Load()
	slots := make([]atomic.Pointer[item[K, E]], 2*len(old))
	for i := range old {
		if it := old[i].Load(); it != nil {
			place(slots, it)
		}
	}
	m.slots.Store(&slots)
}

// place puts an item into the first slot that is free.
func place[K comparable, E any](slots []atomic.Pointer[item[K, E]], it *item[K, E]) {
	for i := it.hash; ; i++ {
		if at := &slots[i&uint64(len(slots)-1)]; at.Load() == nil {
			at.Store(it)
			return
		}
	}
}
