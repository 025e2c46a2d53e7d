package inplace

import (
	"bytes"
	"cmp"
	"fmt"
	"hash/maphash"
	"reflect"
	"sync"
	"sync/atomic"
	"weak"

	"github.com/muster-mc/muster/internal/deep"
	"github.com/muster-mc/muster/model"
)

// table has every local state of a machine and every step between them that was asked for.
// Entries stay for ever: a state that a search has kept may refer to any of them.
type table[T, V any, In comparable, Out any] struct {
	machine Machine[T, V, In, Out]
	name    string
	problem string // why the machine cannot be run
	codec   *deep.Codec
	copies  struct{ view, out bool } // they may refer to memory of the object

	locals *memo[Ref[T], local[T, V, In]]
	steps  *memo[stepKey[T, In], outcome[T, V, In, Out]]
	starts *memo[int, outcome[T, V, In, Out]] // by number: the objects that New has made

	bytes   atomic.Uint64 // that the tables take
	checks  atomic.Uint64 // steps that were run twice
	running account       // of the runs
	live    atomic.Pointer[live[T]]
	watch   atomic.Pointer[source[T, V, In, Out]]
	leaves  cachedLeaves[T]
}

// local is a state of one object: a local state of the whole.
type local[T, V any, In comparable] struct {
	ref      Ref[T]
	view     V
	way      way[T, V, In]                 // by which the object is made again
	other    atomic.Pointer[way[T, V, In]] // another one, if there is one
	tried    atomic.Pointer[In]            // an input that was given to the object
	encoding []byte                        // nil unless encodings are compared
	run      atomic.Uint32                 // the last that has met the state
}

// way is how to make an object: by an input to another, or by its number.
type way[T, V any, In comparable] struct {
	from  *local[T, V, In] // nil for an object that New makes
	in    In
	start int
}

type stepKey[T any, In comparable] struct {
	from Ref[T]
	in   In
}

// outcome is what a step leads to.
type outcome[T, V any, In comparable, Out any] struct {
	next Ref[T]
	to   *local[T, V, In]
	out  Out
	stop any           // the step panics with this, unless it is nil
	run  atomic.Uint32 // the last that has asked for the step
}

func newTable[T, V any, In comparable, Out any](m Machine[T, V, In, Out]) *table[T, V, In, Out] {
	seed := maphash.MakeSeed()
	t := &table[T, V, In, Out]{
		machine: m, codec: m.Rules.codec(),
		locals: newMemo[Ref[T], local[T, V, In]](func(r Ref[T]) uint64 { return r.a }),
		steps: newMemo[stepKey[T, In], outcome[T, V, In, Out]](func(k stepKey[T, In]) uint64 {
			return maphash.Comparable(seed, k)
		}),
		starts: newMemo[int, outcome[T, V, In, Out]](func(id int) uint64 { return uint64(id) }),
	}
	t.name = nameOf[T](m.Name)
	t.copies.view, t.copies.out = deep.Refers(reflect.TypeFor[V]()), deep.Refers(reflect.TypeFor[Out]())
	if t.problem = cmp.Or(problemOfInput(reflect.TypeFor[In](), ""), m.Rules.problem()); m.New == nil || m.Step == nil {
		t.problem = "it needs New, which makes an object, and Step, which gives an object an input"
	}
	if t.problem != "" {
		t.problem = "the machine " + t.name + ": " + t.problem
	}
	t.running.epoch.Store(1)
	at := weak.Make(t)
	register[T](func() any {
		if t := at.Value(); t != nil {
			return t
		}
		return nil
	})
	return t
}

// known is the local state that a reference refers to.
func (t *table[T, V, In, Out]) known(r Ref[T]) *local[T, V, In] {
	l := t.locals.get(r)
	switch {
	case l != nil:
		return l
	case r.IsZero():
		panic(&model.Breach{Problem: fmt.Sprintf("a reference to a machine %s refers to nothing: Start makes the first one", t.name)})
	}
	panic(&model.Breach{Problem: fmt.Sprintf("a reference to a machine %s was made by other machines, or by another process", t.name)})
}

// start returns the object that New makes for a number.
func (t *table[T, V, In, Out]) start(id int) Ref[T] {
	o := t.starts.get(id)
	if o == nil {
		o = t.begun(id)
	}
	t.met(o, false, func(s *source[T, V, In, Out]) { s.start(id, o.next) })
	if o.stop != nil {
		panic(o.stop)
	}
	return o.next
}

func (t *table[T, V, In, Out]) begun(id int) *outcome[T, V, In, Out] {
	w := way[T, V, In]{start: id}
	r := t.attempt(func() (*T, Out) {
		var none Out
		return t.made(id), none
	})
	to, problem := t.intern(&r, w)
	if problem == "" {
		problem = t.checkStart(id, &r)
	}
	o, _ := t.starts.add(id, func(o *outcome[T, V, In, Out]) { o.settle(&r, to, problem) })
	return o
}

// made is an object as New makes it. New may panic.
func (t *table[T, V, In, Out]) made(id int) *T {
	x := t.machine.New(id)
	if x == nil {
		panic(&model.Breach{Problem: fmt.Sprintf("New(%d) of the machine %s returns nil", id, t.name)})
	}
	return x
}

// step returns where an input leads.
func (t *table[T, V, In, Out]) step(from Ref[T], in In) *outcome[T, V, In, Out] {
	o := t.steps.get(stepKey[T, In]{from, in})
	if o == nil {
		o = t.first(from, in)
	}
	t.running.asked.add()
	if o.run.Load() != t.running.epoch.Load() {
		t.met(o, true, func(s *source[T, V, In, Out]) { s.step(from, in, o.next) })
	}
	if o.stop != nil {
		panic(o.stop)
	}
	return o
}

// first runs a step that was not asked for before. Two goroutines may do so at the same
// time, and find the same.
func (t *table[T, V, In, Out]) first(from Ref[T], in In) *outcome[T, V, In, Out] {
	l := t.known(from)
	object := t.object(l)
	r := t.attempt(func() (*T, Out) { return object, t.machine.Step(object, in) })
	to, problem := t.intern(&r, way[T, V, In]{from: l, in: in})
	if problem == "" {
		problem = t.check(l, in, &r, to)
	}
	l.tried.CompareAndSwap(nil, &in)
	o, fresh := t.steps.add(stepKey[T, In]{from, in}, func(o *outcome[T, V, In, Out]) { o.settle(&r, to, problem) })
	if fresh {
		t.bytes.Add(uint64(reflect.TypeFor[item[stepKey[T, In], outcome[T, V, In, Out]]]().Size()) + uint64(2*len(r.outEncoding)))
	}
	if r.stop == nil && problem == "" && !r.spent {
		t.keep(to, r.object)
	}
	return o
}

func (o *outcome[T, V, In, Out]) settle(r *result[T, V, Out], to *local[T, V, In], problem string) {
	o.stop, o.to, o.out = r.stop, to, r.out
	if to != nil {
		o.next = to.ref
	}
	if problem != "" {
		o.stop = &model.Breach{Problem: problem}
	}
}

// intern finds the local state that an object is in, or adds it.
func (t *table[T, V, In, Out]) intern(r *result[T, V, Out], w way[T, V, In]) (to *local[T, V, In], problem string) {
	if r.stop != nil {
		return nil, ""
	}
	to, fresh := t.locals.add(r.ref, func(l *local[T, V, In]) {
		l.ref, l.view, l.way = r.ref, r.view, w
		if t.running.exact.Load() {
			l.encoding = r.encoding
		}
	})
	if fresh {
		// The view is about as large as its share of the encoding; one encoding is a
		// generous bound for it.
		t.bytes.Add(uint64(reflect.TypeFor[item[Ref[T], local[T, V, In]]]().Size()) + uint64(len(r.encoding)+cap(to.encoding)))
		if to.encoding == nil {
			t.running.loose.Store(true)
		}
		return to, ""
	}
	if to.encoding != nil && !bytes.Equal(to.encoding, r.encoding) {
		return to, fmt.Sprintf("two objects of the machine %s have one hash of 128 bits and are not equal", t.name)
	}
	if w.from != nil && w != to.way {
		to.other.CompareAndSwap(nil, &w)
	}
	return to, ""
}

// counter counts what many goroutines do all the time. Each count goes to one of its cells
// by chance, so that the goroutines rarely wait for each other's memory.
type counter struct {
	cells [64]struct {
		n atomic.Uint64
		_ [7]uint64
	}
}

// account is what is counted in a run. Runs at the same time are counted as one.
type account struct {
	mu     sync.Mutex
	runs   int // that are going on
	asked  counter
	states atomic.Uint64
	steps  atomic.Uint64
	epoch  atomic.Uint32 // the number of the run; 0 while a source watches, which no entry has
	last   uint32        // the number of the latest run
	exact  atomic.Bool   // encodings are kept and compared
	loose  atomic.Bool   // some local state was added without its encoding
}
