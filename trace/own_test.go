package trace_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

type (
	heap      struct{ a, b int8 } // shows the smaller one first
	lossy     struct{ Hash, Shown int8 }
	fragile   struct{ n *int8 }
	labelled  struct{ nodes uint8 }
	wrapping  struct{ heap } // the method is that of the field
	embedding struct {
		heap
		Phase Phase
	}
	owners struct {
		Heap    heap
		Lossy   lossy
		Fragile fragile
		Label   labelled
	}
)

func (h *heap) TraceValue() trace.Value {
	return trace.ValueOf([]int8{min(h.a, h.b), max(h.a, h.b)})
}
func (l lossy) TraceValue() trace.Value   { return trace.ValueOf(l.Shown) }
func (f fragile) TraceValue() trace.Value { return trace.ValueOf(*f.n) }
func (l labelled) String() string         { return fmt.Sprintf("%d nodes", model.Bits(l.nodes).Len()) }
func (l labelled) TraceValue() trace.Value {
	var s model.Set[int]
	for n := range model.Bits(l.nodes).All() {
		s.Add(n)
	}
	return trace.ValueOf(s)
}

func TestOwnValues(t *testing.T) {
	for _, c := range []struct {
		name string
		of   any
		want string
	}{
		{"of a pointer's method", heap{3, 1}, "[1 3]"},
		{"in a list", []heap{{3, 1}, {}}, "[[1 3] [0 0]]"},
		{"by a pointer", []*heap{{3, 1}, nil}, "[[1 3] nil]"},
		{"of a value's method", lossy{7, 2}, "2"},
		{"after a panic", fragile{}, "{n:nil}"},
		{"behind a text", labelled{5}, "2 nodes"},
		{"of an embedded field", embedding{heap{3, 1}, Holding}, "{heap:[1 3] Phase:Holding}"},
		{"of nothing but an embedded field", wrapping{heap{3, 1}}, "{heap:[1 3]}"},
	} {
		if got := trace.ValueOf(c.of).String(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if got := trace.ValueOf(&heap{3, 1}).String(); got != "{a:3 b:1}" {
		t.Errorf("a whole state: got %s", got)
	}
}

// A change that the own value hides is shown by the fields.
func TestChangesOfOwnValues(t *testing.T) {
	a := owners{Heap: heap{3, 1}, Lossy: lossy{7, 2}, Label: labelled{0b11}}
	b := owners{Heap: heap{1, 3}, Lossy: lossy{8, 2}, Label: labelled{0b101}}
	v, w := trace.ValueOf(&a), trace.ValueOf(&b)
	var got []string
	for _, c := range trace.Changes(v, w) {
		got = append(got, c.String())
	}
	want := "Heap.a: 3 -> 1, Heap.b: 1 -> 3, Lossy.Hash: 7 -> 8, Label: - 1, Label: + 2"
	if strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if v.Equal(w) || !v.Equal(trace.ValueOf(&a)) {
		t.Error("values are equal that are not, or the reverse")
	}
	b = a
	b.Lossy.Shown, b.Heap.a = 4, 5
	got = nil
	for _, c := range trace.Changes(v, trace.ValueOf(&b)) {
		got = append(got, c.String())
	}
	if want := "Heap[0]: 1 -> 1"; strings.Contains(strings.Join(got, ", "), want) || strings.Join(got, ", ") != "Heap[1]: 3 -> 5, Lossy: 2 -> 4" {
		t.Errorf("got %s", strings.Join(got, ", "))
	}
}

// The text of a String method stands for the value of TraceValue in ITF.
func TestOwnSetInITF(t *testing.T) {
	var tr trace.Trace
	tr.Append("Init", nil, trace.ValueOf(&owners{Label: labelled{5}}))
	var itf bytes.Buffer
	_ = tr.ITF(&itf, nil)
	if want := `"Label":{"#set":[{"#bigint":"0"},{"#bigint":"2"}]}`; !strings.Contains(itf.String(), want) {
		t.Errorf("no %s in %s", want, itf.String())
	}
}

type queued struct{ items []uint8 }

func (q *queued) TraceValue() trace.Value { return trace.QueueOf(q.items) }

// The changes of a queue make the queue after of the one before, and no fewer do: what both
// have in common is found by trying all subsequences.
func TestChangesOfQueues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		item := rapid.SliceOfN(rapid.Uint8Range(0, 2), 0, 6)
		a, b := item.Draw(t, "a"), item.Draw(t, "b")
		type state struct{ Q queued }
		gone, came := map[string]int{}, map[string]int{}
		changes := trace.Changes(trace.ValueOf(&state{queued{a}}), trace.ValueOf(&state{queued{b}}))
		for _, c := range changes {
			if c.Path != "Q" || (c.Before == "") == (c.After == "") {
				t.Fatalf("got %v", c)
			}
			gone[c.Before]++
			came[c.After]++
		}
		for e := range uint8(3) {
			text := fmt.Sprint(e)
			if n := bytes.Count(a, []byte{e}) - gone[text] + came[text]; n != bytes.Count(b, []byte{e}) {
				t.Fatalf("%v to %v: %v", a, b, changes)
			}
		}
		longest := 0
		for mask := range 1 << len(a) {
			var sub []byte
			for i, e := range a {
				if mask>>i&1 == 1 {
					sub = append(sub, e)
				}
			}
			if isSubsequence(sub, b) {
				longest = max(longest, len(sub))
			}
		}
		if want := len(a) + len(b) - 2*longest; len(changes) != want {
			t.Fatalf("%v to %v: %d changes, want %d", a, b, len(changes), want)
		}
	})
}

func isSubsequence(sub, of []byte) bool {
	for _, e := range of {
		if len(sub) > 0 && sub[0] == e {
			sub = sub[1:]
		}
	}
	return len(sub) == 0
}

func TestLogWithoutFields(t *testing.T) {
	before, after := trace.LogOf([]string{"a", "b"}, nil), trace.LogOf([]string{"a", "c", "d"}, nil)
	var got []string
	for _, c := range trace.Changes(before, after) {
		got = append(got, c.String())
	}
	if want := "- [1] b, + [1] c, + [2] d"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	if after.String() != "[a c d]" {
		t.Errorf("got %s", after)
	}
}
