//go:build !purego

package codec

import (
	"bytes"
	"reflect"
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
