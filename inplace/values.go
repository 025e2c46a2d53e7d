package inplace

import (
	"bytes"
	"fmt"
	"reflect"
	"sync/atomic"
	"weak"

	"github.com/muster-mc/muster/internal/deep"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Value is a Go type whose values a model passes around without looking inside: the
// messages of a library, for example. [ValuesOf] makes the table of them. The zero Value is
// useful.
type Value[T any] struct {
	// Name is what reports call the values. Empty means the name of T.
	Name string

	// Describe is what traces show of a value. It must not change it. Nil means all
	// fields, as fmt shows them.
	Describe func(*T) string

	// Copy makes a copy that shares no memory that could be written to. Nil means a copy
	// of everything that can be reached; what the rules ignore is shared.
	Copy func(*T) *T

	// Rules say what belongs to a value.
	Rules Rules

	_ struct{}
}

// Values are values that a model has met, by what is in them. Any number of goroutines may
// use them. List them in the model's Code.
type Values[T any] struct{ table *values[T] }

// ValuesOf makes a table of values.
func ValuesOf[T any](v Value[T]) *Values[T] {
	t := &values[T]{value: v, name: nameOf[T](v.Name), codec: v.Rules.codec()}
	t.known = newMemo[Ref[T], kept[T]](func(r Ref[T]) uint64 { return r.a })
	at := weak.Make(t)
	register[T](func() any {
		if t := at.Value(); t != nil {
			return t
		}
		return nil
	})
	return &Values[T]{t}
}

// Put returns a reference to a value, and keeps a copy of it. It is called where values
// come out of a library: in the Step of a machine.
func (v *Values[T]) Put(x *T) Ref[T] { return v.table.put(x) }

// Get returns a copy of a value, for the caller alone: a library that is given it may keep
// it and write to it.
func (v *Values[T]) Get(r Ref[T]) *T { return v.table.copyOf(v.Look(r)) }

// Look returns a value that must not be changed.
func (v *Values[T]) Look(r Ref[T]) *T {
	k := v.table.known.get(r)
	if k == nil {
		panic(&model.Breach{Problem: fmt.Sprintf("a reference to a %s refers to nothing: Put makes one, in the same process", v.table.name)})
	}
	return k.value
}

// The rest is for the engine: see [model.Code].

func (v *Values[T]) Problem() string {
	if p := v.table.value.Rules.problem(); p != "" {
		return "the value " + v.table.name + ": " + p
	}
	return ""
}

func (v *Values[T]) Covers(reference reflect.Type) bool {
	return reference == reflect.TypeFor[Ref[T]]()
}

func (v *Values[T]) Begin(r model.CodeRun) (end func()) {
	v.table.exact.Store(r.Exact)
	return func() {}
}

func (v *Values[T]) Bytes() uint64 { return v.table.bytes.Load() }

func (v *Values[T]) Account() model.CodeAccount {
	return model.CodeAccount{
		Name: v.table.name, States: uint64(v.table.known.count.Load()),
		Exact: v.table.exact.Load() && !v.table.loose.Load(),
	}
}

func (v *Values[T]) Reproduce() model.CodeSource { return nil }

// values is the table.
type values[T any] struct {
	value Value[T]
	name  string
	codec *deep.Codec
	known *memo[Ref[T], kept[T]]
	bytes atomic.Uint64
	exact atomic.Bool // encodings are kept and compared
	loose atomic.Bool // some value was added without its encoding
}

// kept is a value that nothing changes any more.
type kept[T any] struct {
	value    *T
	encoding []byte // nil unless encodings are compared
}

func (t *values[T]) put(x *T) Ref[T] {
	b, err := t.codec.Append(nil, x)
	if err != nil {
		panic(&model.Breach{Problem: fmt.Sprintf("the value %s cannot be taken apart: %v", t.name, err)})
	}
	r := refOf[T](b)
	if k := t.known.get(r); k != nil {
		t.compare(k, b)
		return r
	}
	value := t.copyOf(x)
	if again, err := t.codec.Append(nil, value); err != nil || !bytes.Equal(again, b) {
		panic(&model.Breach{Problem: fmt.Sprintf("the value %s: its Copy is not equal to the value that it copies: %s", t.name, unlikeness(t.codec, x, value))})
	}
	k, fresh := t.known.add(r, func(k *kept[T]) {
		k.value = value
		if t.exact.Load() {
			k.encoding = b
		}
	})
	if !fresh {
		t.compare(k, b)
		return r
	}
	if k.encoding == nil {
		t.loose.Store(true)
	}
	t.bytes.Add(uint64(reflect.TypeFor[item[Ref[T], kept[T]]]().Size()) + uint64(len(b)*objectFactor+len(k.encoding)))
	return r
}

func (t *values[T]) compare(k *kept[T], encoding []byte) {
	if k.encoding != nil && !bytes.Equal(k.encoding, encoding) {
		panic(&model.Breach{Problem: fmt.Sprintf("two values %s have one hash of 128 bits and are not equal", t.name)})
	}
}

func (t *values[T]) copyOf(x *T) *T {
	if t.value.Copy != nil {
		c, problem := copied("the value "+t.name, t.value.Copy, x)
		if problem != "" {
			panic(&model.Breach{Problem: problem})
		}
		return c
	}
	c, err := t.codec.Copy(x)
	if err != nil {
		panic(&model.Breach{Problem: fmt.Sprintf("the value %s cannot be copied: %v", t.name, err)})
	}
	return c.(*T)
}

func (t *values[T]) knows(r Ref[T]) bool { return t.known.get(r) != nil }

func (t *values[T]) show(r Ref[T]) trace.Value { return trace.ValueOf(t.text(r)) }

func (t *values[T]) behind(r Ref[T]) trace.Value {
	list, err := t.codec.Leaves(t.known.get(r).value)
	if err != nil {
		return trace.ValueOf(r.number())
	}
	return recordOf(list)
}

func (t *values[T]) text(r Ref[T]) string {
	x := t.known.get(r).value
	if t.value.Describe != nil {
		return t.value.Describe(x)
	}
	return fmt.Sprintf("%+v", *x)
}
