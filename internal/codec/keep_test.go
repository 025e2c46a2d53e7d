package codec

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// A keeper is a state that is kept, for any type: what Space does for a known one.
type keeper struct {
	*live
	image reflect.Value
}

// keep does what Keep does.
func (k *keeper) keep(src []byte) (rest []byte, ok bool) {
	rest, ok = k.space.keep(refOf(k.Value), refOf(k.image), src)
	k.image.Set(k.Value)
	return rest, ok
}

func (r *harness) keeper() *keeper { return &keeper{r.live(), r.zero()} }

// A search keeps a parent and restores it for every action. Whatever an action did to
// it, whether the state was encoded since or not, the restored state is the parent,
// shares no memory within itself, and is encoded as the reference does.
func TestRestore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		work := r.keeper()
		if f.IntN(2) == 0 {
			work.space.trust()
		}
		next := r.encode(r.value(f))
		for range 3 {
			encoded := next
			if rest, ok := work.keep(append(encoded[:len(encoded):len(encoded)], "rest"...)); !ok || string(rest) != "rest" {
				t.Fatalf("cannot keep %x: rest %q", encoded, rest)
			}
			expected := r.live()
			expected.decode(encoded)
			for range 6 {
				wantSame(t, "restored", work.Value, expected.Value)
				f.mutate(work.Value, f.IntN(6))
				if f.IntN(3) > 0 {
					next = work.encode()
					wantBytes(t, "successor", next, r.reference.append(nil, work.Value))
					if f.IntN(3) == 0 {
						f.mutate(work.Value, 2)
						work.space.distrust()
					}
				}
				work.restore()
				wantBytes(t, "restored", r.encode(work.Value), encoded)
				wantBytes(t, "restored, in its space", work.encode(), encoded)
				work.space.distrust()
				if !clean(work.Value) {
					t.Fatalf("not clean: %+v", work.Value)
				}
			}
		}
	})
}
