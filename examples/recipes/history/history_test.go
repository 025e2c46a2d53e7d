package history

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestHistory(t *testing.T) {
	r := mctest.Holds(t, New(Config{}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 1379, Depth: 8})
	mctest.Breaks(t, New(Config{Bug: "read-backup"}), explore.Options{}, "Linearizable", 5)
}

// The checker itself, on histories whose answer is known.
func TestLinearizable(t *testing.T) {
	write := func(value, begin, end uint8) Call { return Call{Write: true, Value: value, Begin: begin, End: end} }
	read := func(value, begin, end uint8) Call { return Call{Value: value, Begin: begin, End: end} }
	for name, c := range map[string]struct {
		calls []Call
		want  bool
	}{
		"nothing":                    {nil, true},
		"a read of the first value":  {[]Call{read(0, 1, 2)}, true},
		"a read of no value":         {[]Call{read(7, 1, 2)}, false},
		"a read after the write":     {[]Call{write(7, 1, 2), read(7, 3, 4)}, true},
		"a stale read":               {[]Call{write(7, 1, 2), read(0, 3, 4)}, false},
		"a read during the write":    {[]Call{write(7, 1, 4), read(0, 2, 3)}, true},
		"new, then old":              {[]Call{write(7, 1, 6), read(7, 2, 3), read(0, 4, 5)}, false},
		"a write that has not ended": {[]Call{write(7, 1, 0), read(7, 2, 3)}, true},
	} {
		if got := linearizable(c.calls, 0); got != c.want {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}
