package codec

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A harness runs the codec of a type that is known only at run time, and the
// reference for that type.
type harness struct {
	typ       reflect.Type
	shape     *shape
	machine   *machine
	reference reference
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Fatalf(format string, args ...any)
}

func newHarness(t tester, typ reflect.Type) *harness {
	t.Helper()
	s, err := shapeOf(typ)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return &harness{typ, s, compile(s), reference{s}}
}

// drawHarness draws a type from the fixtures or at random.
func drawHarness(t *rapid.T) *harness {
	typ := rapid.OneOf(rapid.SampledFrom(fixtures), rapid.Custom(drawStruct)).Draw(t, "type")
	return newHarness(t, typ)
}

// drawFiller draws the seed of a filler.
func drawFiller(t *rapid.T) filler {
	return newFiller(rapid.Uint64().Draw(t, "seed"))
}

func newFiller(seed uint64) filler { return filler{rand.New(rand.NewPCG(seed, 0))} }

// zero returns a new variable of the type.
func (r *harness) zero() reflect.Value { return reflect.New(r.typ).Elem() }

// value returns a variable with a random value.
func (r *harness) value(f filler) reflect.Value {
	v := r.zero()
	f.fill(v)
	return v
}

// encode encodes a value in a space of its own.
func (r *harness) encode(v reflect.Value) []byte {
	var p space
	p.begin(r.machine)
	return p.append(nil, refOf(v))
}

// A live is a decoded state with its space.
type live struct {
	reflect.Value
	space space
}

func (r *harness) live() *live {
	l := &live{Value: r.zero()}
	l.space.begin(r.machine)
	return l
}

func (l *live) encode() []byte { return l.space.append(nil, refOf(l.Value)) }

func (l *live) decode(src []byte) (rest []byte, ok bool) {
	return l.space.replace(refOf(l.Value), src)
}

func (l *live) copy(from reflect.Value) { l.space.clone(refOf(l.Value), refOf(from)) }

// wantBytes fails unless two encodings are equal.
func wantBytes(t tester, what string, got, want []byte) {
	t.Helper()
	if !bytes.Equal(got, want) {
		t.Fatalf("%s:\ngot  %x\nwant %x", what, got, want)
	}
}

// wantSame fails unless two states are equal.
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
