package codec

import (
	"encoding/json"
	"reflect"
	"testing"
)

// The benchmarks measure a plain state of 64 bytes with little padding, a state
// with much padding, a flat state, and states with slices, with unordered slices,
// and with slices and maps. They compare the codec with the reference and with
// encoding/json.

type plainState struct {
	Epoch  uint64
	Leader int32
	Phase  uint8
	Acked  uint64
	Terms  [8]uint32
	Voted  int16
}

type paddedNode struct {
	Phase uint8
	Term  uint32
	Voted int16
	Alive bool
}

type paddedState struct {
	Leader int8
	Epoch  uint64
	Nodes  [4]paddedNode
}

type flatState struct {
	Phase [8]uint8
	Term  [4]uint16
	Epoch uint64
	Sent  [8]bool
}

type message struct {
	From, To, Kind, Term uint8
}

type slicesState struct {
	Name   string
	Epoch  uint32
	Log    []uint32
	Queue  []uint8
	Sent   []message
	Voters []uint16
	Acks   []paddedNode
}

type bagState struct {
	Epoch   uint32
	Network []message `muster:"unordered"`
	Voters  []uint16  `muster:"unordered"`
}

type richState struct {
	slicesState
	Term  map[uint8]uint8
	Seen  map[uint16]bool
	Index map[string]uint32
	Edges map[message]struct{}
}

func withSlices() slicesState {
	return slicesState{
		Name:   "elected",
		Epoch:  7,
		Log:    []uint32{1, 2, 3, 4},
		Queue:  []uint8{1, 2, 3},
		Sent:   []message{{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}},
		Voters: []uint16{1, 2, 3},
		Acks:   []paddedNode{{Term: 1}, {Phase: 1, Voted: -1}},
	}
}

func rich() richState {
	return richState{
		slicesState: withSlices(),
		Term:        map[uint8]uint8{1: 2, 3: 4},
		Seen:        map[uint16]bool{1: true, 2: false},
		Index:       map[string]uint32{"a": 1, "b": 2},
		Edges:       map[message]struct{}{{1, 2, 3, 4}: {}, {2, 3, 4, 5}: {}},
	}
}

// withBags returns a state with one element out of order, as after an action that
// appended it.
func withBags() bagState {
	return bagState{
		Network: []message{{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}, {4, 5, 6, 7}, {0, 1, 2, 3}},
		Voters:  []uint16{1, 2, 3},
	}
}

func BenchmarkPlain(b *testing.B)  { bench(b, plainState{Epoch: 2, Leader: 1}) }
func BenchmarkPadded(b *testing.B) { bench(b, paddedState{Epoch: 2, Leader: 1}) }
func BenchmarkFlat(b *testing.B)   { bench(b, flatState{Epoch: 2}) }
func BenchmarkSlices(b *testing.B) { bench(b, withSlices()) }
func BenchmarkBags(b *testing.B)   { bench(b, withBags()) }
func BenchmarkRich(b *testing.B)   { bench(b, rich()) }

func bench[S any](b *testing.B, s S) {
	c := must[S](b)
	p, q := c.New(), c.New()
	slow := reference{c.Untyped.shape}
	encoded := p.Append(nil, &s)
	var to S
	from, into := reflect.ValueOf(&s).Elem(), reflect.ValueOf(&to).Elem()
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
			b.ReportMetric(float64(len(encoded)), "bytes")
		})
	}
	run("append", func() { encoded = p.Append(encoded[:0], &s) })
	run("append/reference", func() { encoded = slow.append(encoded[:0], from) })
	run("append/json", func() { _, _ = json.Marshal(&s) })
	run("decode", func() { p.Decode(&to, encoded) })
	run("decode/reference", func() { slow.replace(into, encoded) })
	run("copy", func() { q.Copy(&to, &s) })
	run("copy/reference", func() { slow.clone(into, from) })
	p.Keep(&to, encoded)
	run("restore", func() { p.Restore(&to) })
}

// BenchmarkView shows that the encoding of a flat state is free.
func BenchmarkView(b *testing.B) {
	c := must[flatState](b)
	if !c.Untyped.Flat() {
		b.Skip("no type is flat in this build")
	}
	var s flatState
	n := 0
	for b.Loop() {
		n += len(c.View(&s))
	}
}
