//go:build !purego

package codec

import (
	"bytes"
	"testing"
)

// The states of a slab do not overlap, and their words are their encodings.
func TestSlab(t *testing.T) {
	type state struct {
		A [14]uint8
		B uint16
		C uint16
	}
	c, err := For[state]()
	if err != nil {
		t.Fatal(err)
	}
	slab, states := c.NewSlab(3)
	if slab.Stride != 3 || len(slab.Words) != 9 {
		t.Fatalf("got %d words of %d for each state, want 9 of 3", len(slab.Words), slab.Stride)
	}
	space := c.New()
	for i, s := range states {
		for j := range s.A {
			s.A[j] = 0xff
		}
		s.B, s.C = 0xffff, uint16(i)
	}
	for i, s := range states {
		if got, want := slab.Views[i], space.Append(nil, s); !bytes.Equal(got, want) {
			t.Errorf("state %d: the view is %x, want %x", i, got, want)
		}
		if words := slab.Words[i*slab.Stride:]; words[0] != ^uint64(0) || s.C != uint16(i) {
			t.Errorf("state %d: the words begin with %x", i, words[0])
		}
	}
}

// A state of an empty type takes one word.
func TestSlabOfEmptyType(t *testing.T) {
	c, err := For[struct{}]()
	if err != nil {
		t.Fatal(err)
	}
	if !c.Untyped.Flat() {
		return
	}
	if slab := c.Untyped.Slab(2); slab.Stride != 1 || len(slab.Views[1]) != 0 {
		t.Errorf("got %d words and the view %x", slab.Stride, slab.Views[1])
	}
}
