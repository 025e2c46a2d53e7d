package dedup

import (
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// met reports whether a cache has a state, as News asks.
func met(c *prints, p fingerprint.Print, state []byte) bool {
	_, met := c.meet(p, state)
	c.growIfBusy()
	return met
}

// An exact cache knows a state by its bytes, whatever its size.
func TestExactPrints(t *testing.T) {
	for _, size := range []int{0, 1, 16, CopyMax, CopyMax + 1, -1} {
		f := newExactPrints(size)
		length := max(size, 0)
		if size < 0 {
			length = 20
		}
		a, b := make([]byte, length), make([]byte, length)
		same := fingerprint.Print{Hash: 77 << 32, Extra: 5}
		if met(&f, same, a) {
			t.Errorf("size %d: a state is known to a new filter", size)
		}
		if got, want := met(&f, same, a), length <= CopyMax; got != want {
			t.Errorf("size %d: remembered is %v, want %v", size, got, want)
		}
		if length == 0 {
			continue
		}
		b[length-1] = 1
		if met(&f, same, b) {
			t.Errorf("size %d: a state with the same hash is taken for another", size)
		}
		if size < 0 && met(&f, same, b[:length-1]) {
			t.Error("a state is taken for a longer one that begins like it")
		}
	}
}

// The cache grows when it is used, and works again then.
func TestExactPrintsGrows(t *testing.T) {
	f, h := newExactPrints(2), fingerprint.New(0)
	for i := range 200_000 {
		s := []byte{byte(i), byte(i >> 8)}
		met(&f, h.Of(s), s)
	}
	if len(f.slots) != printSlots {
		t.Errorf("it has %d slots, want %d", len(f.slots), printSlots)
	}
	s := []byte{1, 2}
	met(&f, h.Of(s), s)
	if !met(&f, h.Of(s), s) {
		t.Error("a state that was just met is not known")
	}
}
