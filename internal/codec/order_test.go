//go:build !purego

package codec

import (
	"bytes"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"unsafe"

	"pgregory.net/rapid"
)

// drawRecords draws records of a size. Records differ in their first and last bytes alone, so many
// are equal. Behind the records there is room for a word.
func drawRecords(t *rapid.T, size int) (b []byte, n int) {
	n = rapid.IntRange(0, 40).Draw(t, "n")
	b = make([]byte, n*size, n*size+wordSize)
	for i := range n {
		b[i*size] = rapid.ByteMax(1).Draw(t, "first")
		b[i*size+size-1] |= rapid.ByteMax(2).Draw(t, "last")
	}
	if rapid.Bool().Draw(t, "nearly sorted") {
		copy(b, sortedRecords(b[:max(0, n-2)*size], size))
	}
	return b, n
}

// sortedRecords is how records have to be sorted.
func sortedRecords(b []byte, size int) []byte {
	records := slices.Collect(slices.Chunk(bytes.Clone(b), size))
	slices.SortFunc(records, bytes.Compare)
	return bytes.Join(records, nil)
}

// sortFixed sorts, for all sizes with a special case and for others.
func TestSortFixed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 10).Draw(t, "size")
		b, _ := drawRecords(t, size)
		want := sortedRecords(b, size)
		new(sorter).sortFixed(b, size)
		wantBytes(t, "sorted", b, want)
	})
}

// Records of up to a word are sorted while they are copied, or copied with the news that they
// are not in order.
func TestCopyRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, wordSize).Draw(t, "size")
		b, n := drawRecords(t, size)
		want, got := sortedRecords(b, size), make([]byte, n*size+wordSize)
		to, from := unsafe.Pointer(unsafe.SliceData(got)), unsafe.Pointer(unsafe.SliceData(b[:cap(b)]))
		if size == wordSize {
			copyWords(to, from, n)
		} else if inOrder := copyParts(to, from, n, size); inOrder != bytes.Equal(b, want) {
			t.Fatalf("in order: %t, with records of %d bytes %x", inOrder, size, b)
		} else {
			want = b
		}
		wantBytes(t, "copied", got[:n*size], want)
	})
}

// sortSpans and slices.SortFunc agree, and sortSpans leaves the bytes and spans
// before the records alone.
func TestSortSpans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOf(rapid.SliceOf(rapid.ByteMax(2))).Draw(t, "records")
		p := sorter{spans: []span{{0, 6}}}
		dst := []byte("before")
		for _, r := range records {
			p.spans = append(p.spans, span{len(dst), len(dst) + len(r)})
			dst = append(dst, r...)
		}
		p.sortSpans(dst, 1)
		slices.SortFunc(records, bytes.Compare)
		wantBytes(t, "sorted", dst, append([]byte("before"), bytes.Join(records, nil)...))
		if len(p.spans) != 1 {
			t.Fatalf("%d spans are left", len(p.spans))
		}
	})
}

// BenchmarkDescent measures the sizes whose records are compared as numbers and,
// next to them, sizes whose records are compared as bytes.
func BenchmarkDescent(b *testing.B) {
	for _, size := range []int{2, 3, 4, 5, 8, 9, 16} {
		b.Run(strconv.Itoa(size), func(b *testing.B) {
			records := make([]byte, 100*size)
			for b.Loop() {
				descent(records, size, size)
			}
		})
	}
}

// A small set is encoded in order, whatever an action did to it and wherever its elements are.
func TestSmallSetsAreSorted(t *testing.T) {
	type state struct {
		Set  []uint8 `muster:"unordered"`
		Next []uint8 `muster:"unordered"`
	}
	r := newHarness(t, reflect.TypeFor[state]())
	elements := rapid.SliceOfN(rapid.OneOf(rapid.Uint8Range(0, 9), rapid.SampledFrom([]uint8{126, 127, 128, 129, 255})), 0, 11)
	rapid.Check(t, func(t *rapid.T) {
		v := r.live()
		before := &state{elements.Draw(t, "set"), elements.Draw(t, "next")}
		v.decode(r.encode(reflect.ValueOf(before).Elem()))
		s := v.Addr().Interface().(*state)
		if len(s.Set) > 0 && rapid.Bool().Draw(t, "remove") {
			i := rapid.IntRange(0, len(s.Set)-1).Draw(t, "at")
			s.Set[i] = s.Set[len(s.Set)-1]
			s.Set = s.Set[:len(s.Set)-1]
		}
		if rapid.Bool().Draw(t, "share") {
			s.Next = s.Set[len(s.Set)/2:]
		}
		s.Set = append(s.Set, elements.Draw(t, "more")...)
		got := v.encode()
		wantBytes(t, "set", got, r.reference.append(nil, v.Value))
		w := r.live()
		if rest, ok := w.decode(got); !ok || len(rest) > 0 {
			t.Fatalf("cannot decode %x: %x is left", got, rest)
		}
		wantSame(t, "decoded", w.Value, v.Value)
		// Elements that are out of order are no encoding.
		i := rapid.IntRange(1, 12).Draw(t, "swapped")
		if n := int(got[0]); i < n && got[i] != got[i+1] {
			got[i], got[i+1] = got[i+1], got[i]
			if _, ok := w.decode(got); ok {
				t.Fatalf("%x was decoded", got)
			}
		}
	})
}
