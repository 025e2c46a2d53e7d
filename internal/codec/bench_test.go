package codec

import (
	"encoding/json"
	"testing"
)

// The benchmarks' states: a plain one of 64 bytes with padding, a flat one, and
// one of everything.

type plainNode struct {
	Phase uint8
	Term  uint32
	Voted int16
	Alive bool
}

type plainState struct {
	Leader int8
	Epoch  uint64
	Nodes  [4]plainNode
}

type flatState struct {
	Phase [8]uint8
	Term  [4]uint16
	Epoch uint64
	Sent  [8]bool
}

type message struct {
	From, To, Kind uint8
	Term           uint8
}

type richState struct {
	Name   string
	Epoch  uint32
	Log    []uint32
	Queue  []uint8
	Sent   []message
	Voters []uint16
	Pend   []message
	Term   map[uint8]uint8
	Seen   map[uint16]bool
	Index  map[string]uint32
	Edges  map[message]uint8
}

func rich() richState {
	return richState{
		Name:   "elected",
		Epoch:  7,
		Log:    []uint32{1, 2, 3, 4},
		Queue:  []uint8{1, 2, 3},
		Sent:   []message{{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}},
		Voters: []uint16{1, 2, 3},
		Pend:   []message{{1, 2, 3, 4}},
		Term:   map[uint8]uint8{1: 2, 3: 4},
		Seen:   map[uint16]bool{1: true, 2: false},
		Index:  map[string]uint32{"a": 1, "b": 2},
		Edges:  map[message]uint8{{1, 2, 3, 4}: 1, {2, 3, 4, 5}: 2},
	}
}

type bagState struct {
	Epoch   uint32
	Network []message `muster:"unordered"`
	Log     []uint32
}

func bench[S any](b *testing.B, s S) {
	c, err := For[S]()
	if err != nil {
		b.Fatal(err)
	}
	p, q := c.New(), c.New()
	encoded := p.Append(nil, &s)
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		b.ReportMetric(float64(len(encoded)), "bytes")
		for b.Loop() {
			encoded = p.Append(encoded[:0], &s)
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		var to S
		for b.Loop() {
			p.Decode(&to, encoded)
		}
	})
	b.Run("copy", func(b *testing.B) {
		b.ReportAllocs()
		var to S
		for b.Loop() {
			q.Copy(&to, &s)
		}
	})
	b.Run("json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			_, _ = json.Marshal(s)
		}
	})
}

func BenchmarkPlain(b *testing.B) { bench(b, plainState{Leader: 1, Epoch: 2}) }
func BenchmarkFlat(b *testing.B)  { bench(b, flatState{Epoch: 2}) }
func BenchmarkBag(b *testing.B) {
	bench(b, bagState{Network: []message{{1, 2, 3, 4}, {2, 3, 4, 5}, {3, 4, 5, 6}, {0, 1, 2, 3}}, Log: []uint32{1, 2, 3}})
}

type slicesState struct {
	Name   string
	Epoch  uint32
	Log    []uint32
	Queue  []uint8
	Sent   []message
	Voters []uint16
	Pend   []message
	Term   []message `muster:"unordered"`
	Seen   []uint16  `muster:"unordered"`
}

func BenchmarkRich(b *testing.B) {
	r := rich()
	bench(b, r)
}

func BenchmarkSlices(b *testing.B) {
	r := rich()
	bench(b, slicesState{r.Name, r.Epoch, r.Log, r.Queue, r.Sent, r.Voters, r.Pend, r.Pend, r.Voters})
}
