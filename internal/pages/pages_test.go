package pages

import "testing"

// Mapped memory is zero and can be written to from end to end; less than a large
// page is not mapped.
func TestMapped(t *testing.T) {
	for _, n := range []uint64{0, 1, Huge/8 - 1, Huge / 8, Huge/8 + 1, 3 * Huge / 8} {
		for range 2 { // the system may provide released memory again
			words, m, ok := Words(n)
			if ok && uint64(len(words)) != n || ok && n*8 < Huge {
				t.Fatalf("%d words: got %d, %v", n, len(words), ok)
			}
			for i := range words {
				if words[i] != 0 {
					t.Fatalf("word %d of %d is not zero", i, n)
				}
				words[i] = ^uint64(0)
			}
			m.Release()
			data, m, ok := Bytes(n)
			if ok && uint64(len(data)) != n || ok && n < Huge {
				t.Fatalf("%d bytes: got %d, %v", n, len(data), ok)
			}
			m.Release()
		}
	}
	Mapping{}.Release()
}

// The reserve behind the words is zero and can be written to up to the capacity.
func TestExtensible(t *testing.T) {
	if words, _, ok := Extensible(Huge/8 - 1); ok {
		t.Errorf("got %d words, too few to be mapped", len(words))
	}
	for _, n := range []uint64{Huge / 8, Huge/8 + 1, Huge} {
		words, m, ok := Extensible(n)
		if !ok {
			return // nothing is mapped on this system
		}
		if uint64(len(words)) != n || uint64(cap(words)) != reserveFactor()*n {
			t.Fatalf("got %d words with capacity %d, want %d and %d times as many", len(words), cap(words), n, reserveFactor())
		}
		words = words[:cap(words)]
		for i := range words {
			if words[i] != 0 {
				t.Fatalf("word %d of %d is not zero", i, n)
			}
			words[i] = ^uint64(0)
		}
		m.Release()
	}
}
