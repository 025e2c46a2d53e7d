package codec

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A rig runs the codec of a type that is only known at run time, and its twin.
type rig struct {
	typ     reflect.Type
	shape   *shape
	machine *machine
	twin    twin
}

// tester is what the rig tells about failures: a test, or a draw of one.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newRig(t tester, typ reflect.Type) *rig {
	t.Helper()
	s, err := shapeOf(typ)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return &rig{typ, s, compile(s), twin{s}}
}

// drawRig draws a type, from the menagerie or at random.
func drawRig(t *rapid.T) *rig {
	typ := rapid.OneOf(rapid.SampledFrom(menagerie), rapid.Custom(drawStruct)).Draw(t, "type")
	return newRig(t, typ)
}

// drawFiller draws where values come from.
func drawFiller(t *rapid.T) filler {
	return newFiller(rapid.Uint64().Draw(t, "seed"))
}

func newFiller(seed uint64) filler { return filler{rand.New(rand.NewPCG(seed, 0))} }

// zero returns a new variable of the type.
func (r *rig) zero() reflect.Value { return reflect.New(r.typ).Elem() }

// value returns a variable with a random value.
func (r *rig) value(f filler) reflect.Value {
	v := r.zero()
	f.fill(v)
	return v
}

// encode encodes a value in a space of its own.
func (r *rig) encode(v reflect.Value) []byte {
	p := newSpace(r.machine)
	return p.append(nil, refOf(v))
}

// A live is a state in a space, as an engine holds it.
type live struct {
	reflect.Value
	space space
}

func (r *rig) live() *live { return &live{r.zero(), newSpace(r.machine)} }

func (l *live) encode() []byte { return l.space.append(nil, refOf(l.Value)) }

func (l *live) decode(src []byte) (rest []byte, ok bool) {
	return l.space.replace(refOf(l.Value), src)
}

func (l *live) copy(from reflect.Value) { l.space.clone(refOf(l.Value), refOf(from)) }

// wantBytes fails unless a state has an encoding.
func wantBytes(t tester, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Fatalf("%s:\ngot  %x\nwant %x", what, got, want)
	}
}

// wantSame fails unless two states are the same.
func wantSame(t tester, what string, got, want reflect.Value) {
	t.Helper()
	if !same(got, want, false) {
		t.Fatalf("%s:\ngot  %+v\nwant %+v", what, got, want)
	}
}

// must returns the codec of a type.
func must[S any](t testing.TB) *Codec[S] {
	t.Helper()
	c, err := For[S]()
	if err != nil {
		t.Fatal(err)
	}
	return c
}
