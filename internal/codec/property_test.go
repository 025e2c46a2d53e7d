package codec

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// What is claimed of every type, tried on random ones.

// The compiled program and its twin make the same bytes, and the same states
// of bytes and of states.
func TestTwinsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
		v := r.value(f)
		want := r.twin.append(nil, v)
		wantBytes(t, "compiled", r.encode(v), want)

		decoded, copied, twin := r.live(), r.live(), r.zero()
		_, ok := decoded.decode(want)
		_, twinOK := r.twin.replace(twin, want)
		if !ok || !twinOK {
			t.Fatalf("decoded: compiled %v, twin %v", ok, twinOK)
		}
		wantSame(t, "decoded", decoded.Value, twin)
		copied.copy(v)
		r.twin.clone(twin, v)
		wantSame(t, "copied", copied.Value, twin)
	})
}

// Decoding what was encoded gives the same state, with nothing in it that is
// ignored, whatever the destination held.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
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

// Two states have the same bytes if and only if they are the same. The second
// state is the first one with a few changes, so that they differ in little.
func TestEqualBytesEqualStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
		a := r.value(f)
		b := r.live()
		b.copy(a)
		f.scramble(b.Value, f.some())
		equal := bytes.Equal(r.encode(a), r.encode(b.Value))
		if equal != same(a, b.Value, false) {
			t.Fatalf("equal bytes: %v\na %+v\nb %+v", equal, a, b.Value)
		}
	})
}

// The size is what every encoding has, and the least what none is below.
func TestSize(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
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

// Appending leaves what is there, and the memory after what it appends.
func TestAppendAppends(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawRig(t), drawFiller(t)
		v := r.live()
		v.copy(r.value(f))
		want := r.encode(v.Value)
		buffer := bytes.Repeat([]byte{0xA5}, len(want)+40)
		got := v.space.append(buffer[:3], refOf(v.Value))
		wantBytes(t, "before", got[:3], buffer[:3])
		wantBytes(t, "appended", got[3:], want)
		if &got[0] == &buffer[0] {
			wantBytes(t, "after", buffer[len(got):], bytes.Repeat([]byte{0xA5}, len(buffer)-len(got)))
		}
	})
}
