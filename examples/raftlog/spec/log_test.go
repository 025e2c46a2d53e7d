package spec

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// A log does what a slice of entries does.
func TestLogs(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		var entries []Entry
		for range r.IntN(12) {
			e := Entry{Term: 1 + r.IntN(2)}
			if r.IntN(4) == 0 {
				e.Change, e.Peer = AddVoter, 1+r.IntN(2)
			}
			entries = append(entries, e)
		}
		l := logOf(entries)
		if l.Last() != len(entries) {
			t.Fatalf("%v has %d entries, want %d", l, l.Last(), len(entries))
		}
		after := r.IntN(len(entries) + 1)
		to := after + r.IntN(len(entries)-after+1)
		if got, want := l.Slice(after, to), logOf(entries[after:to]); got != want {
			t.Fatalf("%v from %d to %d is %v, want %v", l, after, to, got, want)
		}
		if got := l.Slice(0, after).Join(l.Slice(after, len(entries))); got != l {
			t.Fatalf("%v, cut at %d and joined, is %v", l, after, got)
		}
		other := slices.Clone(entries)
		if len(other) > 0 {
			other[r.IntN(len(other))].Term++
		}
		same := slices.Equal(entries[:to], other[:to])
		if got := l.SamePrefix(logOf(other), to); got != same {
			t.Fatalf("%v and %v are the same up to %d: got %v", l, logOf(other), to, got)
		}
		for i, e := range entries {
			if l.At(i+1) != e {
				t.Fatalf("entry %d of %v is %v, want %v", i+1, l, l.At(i+1), e)
			}
		}
	}
}

func logOf(entries []Entry) (l Log) {
	for _, e := range entries {
		l = l.Append(e)
	}
	return l
}
