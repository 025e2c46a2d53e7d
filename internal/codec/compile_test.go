//go:build !purego

package codec

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// listing returns a program as text.
func listing(ops []op) string {
	var all []string
	for _, o := range ops {
		all = append(all, o.list())
	}
	return strings.Join(all, " ")
}

func (o op) list() string {
	name := []string{"bytes", "moves", "byte", "string", "slice", "bag", "smalls", "map", "pointer", "array", "clear", "zero"}[o.code]
	switch o.code {
	case opMoves:
		for _, q := range o.gather {
			name += fmt.Sprintf(" %d>%d:%d", q.from, q.to, q.size)
		}
		return name + fmt.Sprintf(" =%d", o.size)
	case opBytes, opClear:
		return fmt.Sprintf("%s@%d:%d", name, o.at, o.size)
	case opArray:
		return fmt.Sprintf("%s@%dx%d(%s)", name, o.at, o.count, listing(o.elem.wire))
	case opString, opZero, opByte:
		return fmt.Sprintf("%s@%d", name, o.at)
	default:
		return fmt.Sprintf("%s@%d(%s)", name, o.at, listing(o.elem.wire))
	}
}

// Adjacent fields are merged across structs and arrays. The encoding omits padding;
// a copy includes it.
func TestPrograms(t *testing.T) {
	type inner struct {
		A, B uint16
		C    [4]uint8
	}
	for _, c := range []struct {
		typ        reflect.Type
		wire, deep string
	}{
		{reflect.TypeFor[uint8](), "byte@0", "bytes@0:1"},
		{reflect.TypeFor[inner](), "moves 0>0:8 =8", "bytes@0:8"},
		{reflect.TypeFor[[100]inner](), "bytes@0:800", "bytes@0:800"},
		{reflect.TypeFor[struct {
			A [2]inner
			B uint64
			C struct{ D [8]bool }
		}](), "moves 0>0:16 16>16:16 =32", "bytes@0:32"},
		{reflect.TypeFor[padded](), "moves 0>0:1 4>1:8 16>6:8 18>8:8 =16", "bytes@0:32"},
		{reflect.TypeFor[[100]padded](), "array@0x100(moves 0>0:1 4>1:8 16>6:8 18>8:8 =16)", "bytes@0:3200"},
		{reflect.TypeFor[struct {
			A uint8
			B string
			C [2]struct{ D []inner }
			E uint16
		}](), "byte@0 string@8 slice@24(moves 0>0:8 =8) slice@48(moves 0>0:8 =8) moves 72>0:2 =2",
			"bytes@0:1 string@8 slice@24(moves 0>0:8 =8) slice@48(moves 0>0:8 =8) bytes@72:2"},
		{reflect.TypeFor[struct {
			A uint8
			B uint16 `muster:"-"`
			C *uint8 `muster:"-"`
			_ *uint8
			_ uint8
			D uint8
		}](), "byte@0 clear@2:2 zero@8 zero@16 byte@25",
			"bytes@0:1 clear@2:2 zero@8 zero@16 bytes@25:1"},
		{reflect.TypeFor[struct {
			_ [0]func()
			A [3]struct{ _ uint8 }
			B [2]uint8
		}](), "moves 3>0:2 =2", "bytes@0:8"},
		{reflect.TypeFor[narrow](), "moves 0>0:4 1>1:4 6>5:2 =7", "bytes@0:8"},
		{reflect.TypeFor[struct{}](), "", "bytes@0:0"},
		{reflect.TypeFor[nothings](), "slice@0() slice@24() pointer@48() map@56(byte@0) map@64() slice@72(slice@0()) slice@96(clear@0:8)",
			"slice@0() slice@24() pointer@48() map@56(byte@0) map@64() slice@72(slice@0()) slice@96(clear@0:8)"},
	} {
		g := newHarness(t, c.typ).machine.program
		if got := listing(g.wire); got != c.wire {
			t.Errorf("%v: wire\ngot  %s\nwant %s", c.typ, got, c.wire)
		}
		if got := listing(g.deep); got != c.deep {
			t.Errorf("%v: deep\ngot  %s\nwant %s", c.typ, got, c.deep)
		}
	}
}

// For all stretches and gaps, the moves gather the stretches into an encoding and
// scatter the encoding back, within bounds.
func TestMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ops []op
		var want []byte
		memory := []byte{}
		for range rapid.IntRange(1, 5).Draw(t, "regions") {
			memory = append(memory, make([]byte, rapid.IntRange(1, 4).Draw(t, "gap"))...)
			region := rapid.SliceOfN(rapid.ByteRange(1, 255), 1, 40).Draw(t, "region")
			ops = append(ops, op{code: opBytes, at: uintptr(len(memory)), size: uintptr(len(region))})
			memory, want = append(memory, region...), append(want, region...)
		}
		all := joinMoves(ops)
		wire, back := make([]byte, len(want)), make([]byte, len(memory))
		applyMoves(wire, memory, all.gather)
		wantBytes(t, "gathered", wire, want)
		applyMoves(back, wire, all.scatter)
		for _, o := range ops {
			wantBytes(t, "scattered", back[o.at:o.at+o.size], memory[o.at:o.at+o.size])
		}
	})
}

// applyMoves moves pieces where bounds are checked.
func applyMoves(to, from []byte, moves []move) {
	for _, q := range moves {
		copy(to[q.to:q.to+q.size], from[q.from:q.from+q.size])
	}
}

// For all sizes, split moves all bytes and stays within reach.
func TestSplit(t *testing.T) {
	for size := uintptr(1); size < 50; size++ {
		for reach := size; reach < size+20; reach++ {
			moved := make([]bool, reach)
			for _, q := range split(size, reach) {
				for i := range q.size {
					moved[q.to+i] = true
				}
			}
			for i := range size {
				if !moved[i] {
					t.Errorf("split(%d, %d) leaves byte %d", size, reach, i)
				}
			}
		}
	}
}

// The runs have the positions of all bools.
func TestRuns(t *testing.T) {
	for typ, want := range map[reflect.Type][]run{
		reflect.TypeFor[[4][8]bool](): {{0, 32, 1}},
		reflect.TypeFor[[3]struct {
			A uint8
			B bool
		}](): {{1, 3, 2}},
		reflect.TypeFor[[2]struct {
			A [2]bool
			B uint8
		}](): {{0, 2, 1}, {3, 2, 1}},
		reflect.TypeFor[[]bool](): nil,
	} {
		if got := newHarness(t, typ).machine.bools; !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %v, want %v", typ, got, want)
		}
	}
}
