package inplace

import (
	"fmt"
	"sync"

	"github.com/dgraph-io/ristretto/v2"

	"github.com/muster-mc/muster/model"
)

// live are objects in memory, by their local states: a cache, for each can be made again.
// It may forget any of them at any time, and it may take a while until it has one.
type live[T any] struct {
	cache *ristretto.Cache[uint64, *holder[T]]
}

// holder has an object, until it is taken.
type holder[T any] struct {
	mu     sync.Mutex
	ref    Ref[T]
	object *T
}

// An object takes more memory than its encoding, in which there are no pointers, headers
// and spare memory. The factor is an estimate; for a node of etcd's raft it is about 5.
const (
	objectFactor = 5
	objectRoom   = 512
)

// newLive returns a cache with room for so many bytes, or nil if there is none. Ten
// counters for each object, and buffers of 64, are what the cache's documentation
// recommends.
func newLive[T any](bytes uint64) *live[T] {
	const usual = 4 << 10 // bytes of an object
	if bytes < 16*usual {
		return nil
	}
	c, err := ristretto.NewCache(&ristretto.Config[uint64, *holder[T]]{
		NumCounters: int64(bytes/usual) * 10, MaxCost: int64(bytes), BufferItems: 64, IgnoreInternalCost: true,
	})
	if err != nil {
		return nil // it is a cache: without it objects are made again each time
	}
	return &live[T]{c}
}

func (l *live[T]) close() {
	if l != nil {
		l.cache.Close()
	}
}

func (l *live[T]) put(r Ref[T], object *T, encoding int) {
	if l != nil {
		l.cache.Set(r.a, &holder[T]{ref: r, object: object}, int64(encoding*objectFactor+objectRoom))
	}
}

func (l *live[T]) get(r Ref[T]) *holder[T] {
	if l == nil {
		return nil
	}
	if h, ok := l.cache.Get(r.a); ok && h.ref == r {
		return h
	}
	return nil
}

// take returns the object of a local state and forgets it, or nil.
func (l *live[T]) take(r Ref[T]) *T {
	h := l.get(r)
	if h == nil {
		return nil
	}
	h.mu.Lock()
	x := h.object
	h.object = nil
	h.mu.Unlock()
	l.cache.Del(r.a)
	return x
}

// keep puts an object that is not needed any more into the cache.
func (t *table[T, V, In, Out]) keep(l *local[T, V, In], object *T) {
	t.live.Load().put(l.ref, object, len(l.encoding)+1024)
}

// object returns an object in a local state, for the caller alone.
func (t *table[T, V, In, Out]) object(l *local[T, V, In]) *T {
	cache := t.live.Load()
	if t.machine.Copy == nil {
		if x := cache.take(l.ref); x != nil {
			return x
		}
		return t.again(l)
	}
	h := cache.get(l.ref)
	if h == nil {
		h = &holder[T]{ref: l.ref, object: t.again(l)}
		cache.put(l.ref, h.object, len(l.encoding)+1024)
	}
	h.mu.Lock() // the copy may be made by code that writes into caches of the object
	defer h.mu.Unlock()
	return t.copyOfObject(h.object)
}

func (t *table[T, V, In, Out]) copyOfObject(x *T) *T {
	c, problem := copied("the machine "+t.name, t.machine.Copy, x)
	if problem != "" {
		panic(&model.Breach{Problem: problem})
	}
	return c
}

// copied calls the Copy of a machine or a value, whose mistakes are none of the library's.
func copied[T any](whose string, by func(*T) *T, x *T) (c *T, problem string) {
	defer func() {
		if v := recover(); v != nil {
			problem = fmt.Sprintf("%s: its Copy panics: %v%s", whose, v, panicSite())
		}
	}()
	if c = by(x); c == nil {
		problem = whose + ": its Copy returns nil"
	}
	return c, problem
}

// again makes an object of a local state by all inputs that have led to it, and looks
// whether it has become the same.
func (t *table[T, V, In, Out]) again(l *local[T, V, In]) *T {
	x := t.along(&l.way)
	if refOf[T](t.encode(x, "")) != l.ref {
		panic(&model.Breach{Problem: t.diagnose(&l.way, &l.way, nil)})
	}
	return x
}

// along makes an object by a way to it.
func (t *table[T, V, In, Out]) along(w *way[T, V, In]) *T {
	var inputs []In
	for ; w.from != nil; w = &w.from.way {
		inputs = append(inputs, w.in)
	}
	x := t.remade(w.start)
	for i := len(inputs) - 1; i >= 0; i-- {
		t.replay(x, inputs[i])
	}
	return x
}

// remade is an object of a number that New has made before without a panic.
func (t *table[T, V, In, Out]) remade(id int) *T {
	defer func() { t.notAgain(fmt.Sprintf("New(%d)", id), recover()) }()
	return t.made(id)
}

// replay gives an object an input that it was given before, when it did not panic.
func (t *table[T, V, In, Out]) replay(x *T, in In) {
	defer func() { t.notAgain("the input "+t.say(in), recover()) }()
	t.machine.Step(x, in)
}

// notAgain has a panic that was none the first time be an error of the model.
func (t *table[T, V, In, Out]) notAgain(of string, v any) {
	switch p := v.(type) {
	case nil:
	case *model.Breach:
		panic(p)
	default:
		panic(&model.Breach{Problem: fmt.Sprintf("the machine %s: %s panics when it is repeated, and did not before: %v. %s", t.name, of, p, outside)})
	}
}
