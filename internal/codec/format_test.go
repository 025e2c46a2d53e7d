package codec

import (
	"encoding/binary"
	"testing"
)

// Examples of the documented format, which the compiled program and the reference
// must both produce.
func TestFormat(t *testing.T) {
	one := uint16(1)
	wantFormat(t, "numbers", struct {
		A int8
		B uint16
		C bool
	}{-1, 0x0102, true}, "\xff"+native16(0x0102)+"\x01")
	wantFormat(t, "string", "abc", "\x03abc")
	wantFormat(t, "array", [2]string{"a", ""}, "\x01a\x00")
	wantFormat(t, "slice", []uint16{1, 2}, "\x02"+native16(1)+native16(2))
	wantFormat(t, "nil slice", []uint16(nil), "\x00")
	wantFormat(t, "long slice", make([]uint8, 200), "\xc8\x01"+string(make([]byte, 200)))
	wantFormat(t, "map", map[string]uint8{"b": 1, "": 3, "a": 2}, "\x03\x00\x03\x01a\x02\x01b\x01")
	wantFormat(t, "nil pointer", (*uint16)(nil), "\x00")
	wantFormat(t, "pointer", &one, "\x01"+native16(1))
	wantFormat(t, "nothing", struct{}{}, "")
	wantFormat(t, "unordered", struct {
		A []uint8    `muster:"unordered"`
		B []string   `muster:"unordered"`
		C [][2]uint8 `muster:"unordered"`
	}{[]uint8{3, 1, 2}, []string{"b", "aa", "a"}, [][2]uint8{{2, 1}, {1, 2}, {1, 1}}},
		"\x03\x01\x02\x03"+"\x03\x01a\x01b\x02aa"+"\x03\x01\x01\x01\x02\x02\x01")
	wantFormat(t, "ignored and blank", struct {
		A uint8
		B uint8 `muster:"-"`
		_ uint8
		C uint8
	}{1, 2, 3, 4}, "\x01\x04")
}

// wantFormat fails unless want is the encoding of s.
func wantFormat[S any](t *testing.T, name string, s S, want string) {
	t.Helper()
	wantBytes(t, name, must[S](t).New().Append(nil, &s), []byte(want))
}

func native16(x uint16) string { return string(binary.NativeEndian.AppendUint16(nil, x)) }

// The size and flatness of a type are known before there is a value.
func TestSizeAndFlat(t *testing.T) {
	wantKnown[uint8](t, 1, true)
	wantKnown[[3]uint32](t, 12, true)
	wantKnown[flatState](t, 32, true)
	wantKnown[struct{}](t, 0, true)
	wantKnown[[1000][3]bool](t, 3000, true)
	wantKnown[padded](t, 16, false)
	wantKnown[[1000]padded](t, 16000, false)
	wantKnown[ignoring](t, -1, false)
	wantKnown[string](t, -1, false)
	wantKnown[[0]string](t, 0, true)
	wantKnown[[]uint8](t, -1, false)
	wantKnown[*uint8](t, -1, false)
	wantKnown[*struct{}](t, 1, false)
	wantKnown[map[uint8]uint8](t, -1, false)
	wantKnown[struct {
		A uint8
		B uint8 `muster:"-"`
	}](t, 1, false)
	wantKnown[struct {
		A uint8
		_ uint8
	}](t, 1, false)
}

func wantKnown[S any](t *testing.T, size int, flat bool) {
	t.Helper()
	c := must[S](t)
	if c.Untyped.Size() != size || c.Untyped.Flat() != (flat && compiled) {
		var s S
		t.Errorf("%T: size %d, flat %v; want %d, %v", s, c.Untyped.Size(), c.Untyped.Flat(), size, flat)
	}
}

// A view is the encoding, and shares the memory of the state.
func TestView(t *testing.T) {
	c := must[flatState](t)
	s := flatState{Epoch: 7, Sent: [8]bool{3: true}}
	if !c.Untyped.Flat() {
		t.Skip("no type is flat in this build")
	}
	view := c.View(&s)
	wantBytes(t, "view", view, c.New().Append(nil, &s))
	s.Phase[0] = 9
	wantBytes(t, "view", view, c.New().Append(nil, &s))
}

// View panics for a type whose memory is not its encoding.
func TestViewPanicsUnlessFlat(t *testing.T) {
	defer func() {
		want := "codec: View of a state type that is not flat: codec.padded"
		if got := recover(); got != want {
			t.Errorf("panic %v, want %v", got, want)
		}
	}()
	must[padded](t).View(new(padded))
}
