package explore

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// news shows which of some states are new to r, one after the other.
func newsOf(r *recent, states ...[]uint64) []uint8 {
	var keep [pendingMax]uint8
	slab := make([]uint64, r.stride*pendingMax)
	copy(slab, slices.Concat(states...))
	n := r.news(slab, len(states), &keep, new([pendingMax]uint32))
	return slices.Clone(keep[:n])
}

// A state is dropped only if it was met before, and always right after.
func TestRecent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stride := rapid.IntRange(1, smallMax/8).Draw(t, "stride")
		r := newRecent(stride)
		met := map[string]bool{}
		word := rapid.Uint64Range(0, uint64(rapid.SampledFrom([]int{1, 3, 1 << 40}).Draw(t, "words")))
		for range rapid.IntRange(1, 40).Draw(t, "batches") {
			var states [][]uint64
			for range rapid.IntRange(1, pendingMax).Draw(t, "states") {
				states = append(states, rapid.SliceOfN(word, stride, stride).Draw(t, "state"))
			}
			kept := newsOf(&r, states...)
			for i, s := range states {
				key := fmt.Sprint(s)
				if !met[key] && !slices.Contains(kept, uint8(i)) {
					t.Fatalf("%d was dropped and not met before", s)
				}
				met[key] = true
			}
			if last := states[len(states)-1]; r.misses > 0 && len(newsOf(&r, last)) > 0 {
				t.Fatalf("%d was met just now and is not remembered", last)
			}
		}
	})
}

// It grows when it is used, and not beyond its last size.
func TestRecentGrows(t *testing.T) {
	for stride := 1; stride <= smallMax/8; stride++ {
		r := newRecent(stride)
		state := make([]uint64, stride)
		for i := range uint64(8 << recentBits) {
			state[stride-1] = i
			newsOf(&r, state)
		}
		if got, want := len(r.words)/stride+len(r.twos)+len(r.threes), 1<<recentBits; got != want || r.size() != want {
			t.Errorf("%d words: it has %d slots and says %d, want %d", stride, got, r.size(), want)
		}
	}
}
