package codec

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// Properties of all types, tested on random ones.

// The compiled program and the reference encode, decode and copy alike.
func TestCompiledAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		v := r.value(f)
		want := r.reference.append(nil, v)
		wantBytes(t, "compiled", r.encode(v), want)

		decoded, copied, expected := r.live(), r.live(), r.zero()
		_, ok := decoded.decode(want)
		_, referenceOK := r.reference.replace(expected, want)
		if !ok || !referenceOK {
			t.Fatalf("decoded: compiled %v, reference %v", ok, referenceOK)
		}
		wantSame(t, "decoded", decoded.Value, expected)
		copied.copy(v)
		r.reference.clone(expected, v)
		wantSame(t, "copied", copied.Value, expected)
	})
}

// Decoding an encoding gives an equal state whose ignored fields are zero, whatever
// the destination held before.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		from, to := r.value(f), r.live()
		for range 3 {
			f.fill(from)
			f.fill(to.Value)
			encoded := r.encode(from)
			rest, ok := to.decode(append(bytes.Clone(encoded), "what follows"...))
			if !ok || string(rest) != "what follows" {
				t.Fatalf("decoding %x: ok %v, rest %q", encoded, ok, rest)
			}
			wantSame(t, "decoded", to.Value, from)
			wantBytes(t, "encoded again", to.encode(), encoded)
			if !clean(to.Value) {
				t.Fatalf("not clean: %+v", to.Value)
			}
		}
	})
}

// Two states have the same bytes if and only if they are equal. The second state is
// the first one after a few changes, so that equal and nearly equal ones occur.
func TestEqualBytesEqualStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		a := r.value(f)
		b := r.live()
		b.copy(a)
		f.mutate(b.Value, f.some())
		equal := bytes.Equal(r.encode(a), r.encode(b.Value))
		if equal != same(a, b.Value, false) {
			t.Fatalf("equal bytes: %v\na %+v\nb %+v", equal, a, b.Value)
		}
	})
}

// Every encoding has the known size, and at least the known minimum.
func TestSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		n := len(r.encode(r.value(f)))
		if size := r.shape.size(); size >= 0 && n != size {
			t.Fatalf("%d bytes, but the size is %d", n, size)
		}
		if n < r.shape.least {
			t.Fatalf("%d bytes, but the least is %d", n, r.shape.least)
		}
		if zero := len(r.encode(r.zero())); zero != r.shape.least {
			t.Fatalf("zero takes %d bytes, but the least is %d", zero, r.shape.least)
		}
	})
}

// Append changes neither the bytes before the encoding nor the memory behind the capacity.
func TestAppendAppends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		v := r.live()
		v.copy(r.value(f))
		want := r.encode(v.Value)
		buffer := bytes.Repeat([]byte{0xA5}, len(want)+80)
		capacity := 3 + len(want) + rapid.IntRange(0, 60).Draw(t, "spare capacity")
		got := v.space.append(buffer[:3:capacity], refOf(v.Value))
		wantBytes(t, "before", got[:3], []byte{0xA5, 0xA5, 0xA5})
		wantBytes(t, "appended", got[3:], want)
		wantBytes(t, "behind the capacity", buffer[capacity:], bytes.Repeat([]byte{0xA5}, len(buffer)-capacity))
	})
}
