package pages

import "testing"

// What is mapped is zero and can all be written to, and too little is not mapped.
func TestMapped(t *testing.T) {
	for _, n := range []uint64{0, 1, Huge/8 - 1, Huge / 8, Huge/8 + 1, 3 * Huge / 8} {
		for range 2 { // what is given back may come again
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
	Mapping{}.Release() // of nothing
}
