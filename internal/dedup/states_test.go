package dedup

import (
	"fmt"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"pgregory.net/rapid"
)

// news shows which of some states are new to r, one after the other.
func newsOf(r *states, states ...[]uint64) []uint8 {
	var keep [system.PendingMax]uint8
	slab := make([]uint64, r.stride*system.PendingMax)
	copy(slab, slices.Concat(states...))
	n := r.news(slab, len(states), &keep, new([system.PendingMax]uint32))
	return slices.Clone(keep[:n])
}

// A state is dropped only if it was met before, and always right after.
func TestStates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stride := rapid.IntRange(1, flatMax/8).Draw(t, "stride")
		r := newStates(stride)
		if rapid.Bool().Draw(t, "large") {
			r.resize(slotBits)
		}
		met := map[string]bool{}
		most := rapid.SampledFrom([]uint64{1, 3, 1<<slotBits - 1, 1 << slotBits, 1 << 40}).Draw(t, "most")
		word := rapid.OneOf(
			rapid.Uint64Range(0, most), rapid.SampledFrom([]uint64{0, most, elsewhere, nothing}))
		for range rapid.IntRange(1, 40).Draw(t, "batches") {
			var states [][]uint64
			for range rapid.IntRange(1, system.PendingMax).Draw(t, "states") {
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
func TestStatesGrows(t *testing.T) {
	for stride := 1; stride <= flatMax/8; stride++ {
		r := newStates(stride)
		state := make([]uint64, stride)
		for i := range uint64(8 << slotBits) {
			state[stride-1] = i
			newsOf(&r, state)
		}
		got, want := len(r.words)/stride+len(r.twos)+len(r.threes), 1<<slotBits
		if r.pairs != nil {
			got += len(r.pairs)
		}
		if got != want || r.size() != want {
			t.Errorf("%d words: it has %d slots and says %d, want %d", stride, got, r.size(), want)
		}
	}
}

// Second words are not held, and told apart all the same. A state that does not fit
// ends that.
func TestStatesPairs(t *testing.T) {
	r := newStates(2)
	r.resize(slotBits)
	for b := range uint64(1 << slotBits) {
		for _, a := range []uint64{0, elsewhere, 1 << 63} {
			if len(newsOf(&r, []uint64{a, b})) == 0 {
				t.Fatalf("%d, %d was not met before", a, b)
			}
			if len(newsOf(&r, []uint64{a, b})) > 0 {
				t.Fatalf("%d, %d was met just now", a, b)
			}
		}
	}
	if r.pairs == nil {
		t.Error("states that fit do not fit any more")
	}
	for _, odd := range [][]uint64{{nothing, 0}, {0, 1 << slotBits}} {
		r.resize(slotBits)
		if newsOf(&r, odd, []uint64{2, 2}); r.pairs != nil {
			t.Errorf("%d fits", odd)
		}
		if len(newsOf(&r, odd, []uint64{2, 2})) > 0 {
			t.Errorf("after %d that did not fit, states are not remembered", odd)
		}
	}
}
