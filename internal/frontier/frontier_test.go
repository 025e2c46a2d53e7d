package frontier

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

func TestStatesStayInOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	var pool Pool
	w := NewWriter(&pool, 256)
	var want []byte
	var got []Fragment
	states := 0
	for range 20_000 {
		s := make([]byte, r.IntN(300))
		if r.IntN(2_000) == 0 {
			s = make([]byte, slabBytes+r.IntN(10))
		}
		for i := range s {
			s[i] = byte(r.Uint32())
		}
		w.Add(s)
		want = append(want, s...)
		states++
		if r.IntN(100) == 0 {
			got = w.Take(got)
		}
	}
	var read []byte
	for _, f := range w.Take(got) {
		if f.States < 1 || f.States > 256 {
			t.Fatalf("a fragment of %d states", f.States)
		}
		states -= f.States
		read = append(read, f.Data...)
	}
	if states != 0 || !bytes.Equal(read, want) {
		t.Fatalf("%d states are missing, or their bytes differ", states)
	}
}

func TestSlabsAreReused(t *testing.T) {
	var pool Pool
	w := NewWriter(&pool, 256)
	state := make([]byte, 100)
	var level []Fragment
	for range 50 {
		for range 50_000 {
			w.Add(state)
		}
		for _, f := range level {
			f.Release()
		}
		level = w.Take(nil)
	}
	if got := pool.Bytes(); got > 3*50_000*100 {
		t.Errorf("levels of 5 MB take %d bytes", got)
	}
}
