package node

import "testing"

func TestID(t *testing.T) {
	for want, n := range map[string]ID{"nobody": Nobody, "node 0": At(0), "node 3": At(3)} {
		if got := n.String(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for i := range 4 {
		if got := At(i).Index(); got != i {
			t.Errorf("got %d, want %d", got, i)
		}
	}
}
