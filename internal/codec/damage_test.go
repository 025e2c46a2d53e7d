package codec

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// Decode accepts exactly the bytes that Append makes. The compiled program and the
// reference refuse all other bytes, and neither panics.

// tryBytes decodes bytes, and fails unless they are refused or canonical.
func tryBytes(t tester, r *harness, l *live, src []byte) (ok bool) {
	t.Helper()
	rest, ok := l.decode(src)
	referenceRest, referenceOK := r.reference.replace(r.zero(), src)
	if ok != referenceOK {
		t.Fatalf("decoding %x: compiled %v, reference %v", src, ok, referenceOK)
	}
	if ok {
		wantBytes(t, "rest", rest, referenceRest)
		wantBytes(t, "encoded again", l.encode(), src[:len(src)-len(rest)])
	}
	return ok
}

// Every proper prefix of an encoding is refused.
func TestTruncated(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		encoded := r.encode(r.value(f))
		l := r.live()
		for n := range min(len(encoded), 200) {
			if tryBytes(t, r, l, encoded[:n:n]) {
				t.Fatalf("%d of %d bytes were accepted", n, len(encoded))
			}
		}
	})
}

// An encoding with a flipped bit is refused or is the encoding of another state.
func TestFlipped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, f := drawHarness(t), drawFiller(t)
		encoded := r.encode(r.value(f))
		l := r.live()
		for range min(len(encoded), 100) {
			damaged := bytes.Clone(encoded)
			damaged[f.IntN(len(damaged))] ^= 1 << f.IntN(8)
			tryBytes(t, r, l, damaged)
		}
	})
}

// Random bytes are refused or are the encoding of a state.
func TestRandomBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := drawHarness(t)
		l := r.live()
		small := rapid.SliceOf(rapid.ByteMax(3)).Draw(t, "small")
		tryBytes(t, r, l, small)
		tryBytes(t, r, l, rapid.SliceOf(rapid.Byte()).Draw(t, "any"))
	})
}

// Cases of accepted and refused bytes, one by one.
func TestRefusedBytes(t *testing.T) {
	type bag struct {
		Items []string `muster:"unordered"`
	}
	type bytesBag struct {
		Items []uint8 `muster:"unordered"`
	}
	tooMany := binary.AppendUvarint(nil, emptyElemsMax+1)
	for _, c := range []struct {
		name string
		typ  reflect.Type
		src  string
		ok   bool
	}{
		{"true", reflect.TypeFor[bool](), "\x01", true},
		{"neither true nor false", reflect.TypeFor[bool](), "\x02", false},
		{"neither true nor false in a slice", reflect.TypeFor[[]bool](), "\x02\x01\x80", false},
		{"string", reflect.TypeFor[string](), "\x02ab", true},
		{"length in two bytes that fits into one", reflect.TypeFor[string](), "\x82\x00ab", false},
		{"length of a string beyond the end", reflect.TypeFor[string](), "\x03ab", false},
		{"length of a slice beyond the end", reflect.TypeFor[[]uint16](), "\x02abc", false},
		{"length of a slice that overflows", reflect.TypeFor[[]uint64](), "\x80\x80\x80\x80\x80\x80\x80\x80\x20", false},
		{"length of more than 64 bits", reflect.TypeFor[string](), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", false},
		{"length that is negative", reflect.TypeFor[string](), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", false},
		{"length without an end", reflect.TypeFor[string](), "\xff\xff", false},
		{"nil", reflect.TypeFor[*uint8](), "\x00", true},
		{"pointee", reflect.TypeFor[*uint8](), "\x01a", true},
		{"neither nil nor a pointee", reflect.TypeFor[*uint8](), "\x02a", false},
		{"map", reflect.TypeFor[map[uint8]uint8](), "\x02ayby", true},
		{"map out of order", reflect.TypeFor[map[uint8]uint8](), "\x02byay", false},
		{"map with a key twice", reflect.TypeFor[map[uint8]uint8](), "\x02axay", false},
		{"map with the only key twice", reflect.TypeFor[map[struct{}]uint8](), "\x02ab", false},
		{"map with the empty key", reflect.TypeFor[map[struct{}]struct{}](), "\x01", true},
		{"map with the empty key twice", reflect.TypeFor[map[struct{}]struct{}](), "\x02", false},
		{"bag", reflect.TypeFor[bag](), "\x03\x01a\x01a\x02a0", true},
		{"bag out of order", reflect.TypeFor[bag](), "\x02\x01b\x01a", false},
		{"bag of bytes", reflect.TypeFor[bytesBag](), "\x03aab", true},
		{"bag of bytes out of order", reflect.TypeFor[bytesBag](), "\x03aba", false},
		{"many empty elements", reflect.TypeFor[[]struct{}](), "\xff\x7f", true},
		{"too many empty elements", reflect.TypeFor[[]struct{}](), string(tooMany), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newHarness(t, c.typ)
			if ok := tryBytes(t, r, r.live(), []byte(c.src)); ok != c.ok {
				t.Errorf("decoding %x: %v", c.src, ok)
			}
		})
	}
}

// Append panics at the number of empty elements from which Decode refuses.
func TestTooManyEmptyElements(t *testing.T) {
	c := must[[]struct{}](t)
	most := make([]struct{}, emptyElemsMax)
	if _, ok := c.New().Decode(&most, c.New().Append(nil, &most)); !ok || len(most) != emptyElemsMax {
		t.Errorf("%d: ok %v", len(most), ok)
	}
	defer func() {
		want := "codec: a slice of 65537 elements that encode to nothing: there can be at most 65536"
		if got := recover(); got != want {
			t.Errorf("panic %v, want %v", got, want)
		}
	}()
	more := make([]struct{}, emptyElemsMax+1)
	c.New().Append(nil, &more)
}

// FuzzDecode decodes the input as every type of the fixtures.
func FuzzDecode(f *testing.F) {
	var harnesses []*harness
	var lives []*live
	for i, typ := range fixtures {
		harnesses = append(harnesses, newHarness(f, typ))
		lives = append(lives, harnesses[i].live())
		f.Add(harnesses[i].encode(harnesses[i].value(newFiller(uint64(i)))))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		for i, r := range harnesses {
			tryBytes(t, r, lives[i], src)
		}
	})
}
