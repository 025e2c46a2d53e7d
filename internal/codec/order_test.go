//go:build !purego

package codec

import (
	"bytes"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// sortFixed and slices.SortFunc agree, for all sizes with a special case and for
// others.
func TestSortFixed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.IntRange(1, 10).Draw(t, "size")
		b := rapid.SliceOf(rapid.ByteMax(2)).Draw(t, "records")
		b = b[:len(b)/size*size]
		records := slices.Collect(slices.Chunk(bytes.Clone(b), size))
		slices.SortFunc(records, bytes.Compare)
		new(sorter).sortFixed(b, size)
		wantBytes(t, "sorted", b, bytes.Join(records, nil))
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
