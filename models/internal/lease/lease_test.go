package lease

import (
	"testing"

	"github.com/muster-mc/muster/models/internal/node"
)

func TestLease(t *testing.T) {
	l := Lease{Holder: node.At(0), Expiry: 2}
	for now, want := range []bool{true, true, false, false} {
		if got := l.Valid(uint8(now)); got != want {
			t.Errorf("at %d it is valid: %v, want %v", now, got, want)
		}
		if got := l.HeldBy(node.At(0), uint8(now)); got != want {
			t.Errorf("at %d node 0 holds it: %v, want %v", now, got, want)
		}
		if l.HeldBy(node.At(1), uint8(now)) {
			t.Errorf("at %d node 1 holds it", now)
		}
	}
}

func TestNobodysLease(t *testing.T) {
	var l Lease
	if l.Valid(0) || l.HeldBy(node.Nobody, 0) {
		t.Error("nobody's lease is valid")
	}
}

func TestString(t *testing.T) {
	for want, l := range map[string]Lease{
		"nobody's":              {},
		"node 1's until tick 3": {Holder: node.At(1), Expiry: 3},
	} {
		if got := l.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
