package trace_test

import (
	"strings"
	"testing"
	"testing/quick"

	"github.com/muster-mc/muster/trace"
)

// changed returns the changes, one on each line.
func changed(before, after any) string {
	var lines []string
	for _, c := range trace.Changes(trace.ValueOf(before), trace.ValueOf(after)) {
		lines = append(lines, c.String())
	}
	return strings.Join(lines, "\n")
}

func TestChanges(t *testing.T) {
	type log struct{ Log []int }
	type index struct{ Index map[string]Node }
	type leader struct{ Leader *Node }
	logs := func(items ...int) *log { return &log{items} }
	for _, c := range []struct {
		name          string
		before, after any
		want          string
	}{
		{"nothing", newLease(), newLease(), ""},
		{"a field", &Lease{Epoch: 1}, &Lease{Epoch: 2}, "Epoch: 1 -> 2"},
		{"a field that is not exported", &plain{b: "x"}, &plain{}, `b: x -> ""`},
		{"a field that is left out", &plain{Memo: 1}, &plain{}, ""},
		{"fields in their order", &Lease{}, &Lease{Holder: 1, Epoch: 2}, "Holder: 0 -> 1\nEpoch: 0 -> 2"},
		{
			"a slot, leaf by leaf",
			&Lease{}, &Lease{Nodes: [2]Node{{}, {Holding, 3}}},
			"Nodes[1].Phase: Idle -> Holding\nNodes[1].Seen: 0 -> 3",
		},
		{"the whole", 1, 2, "1 -> 2"},
		{"a part of a whole that is a list", &[2]int{1, 2}, &[2]int{1, 3}, "[1]: 2 -> 3"},

		{"appended", logs(1), logs(1, 2, 3), "Log[1]: + 2\nLog[2]: + 3"},
		{"appended an equal one", logs(1, 1), logs(1, 1, 1), "Log[2]: + 1"},
		{"the first of all", logs(), logs(7), "Log[0]: + 7"},
		{"truncated", logs(1, 2, 3), logs(1), "Log[1]: - 2\nLog[2]: - 3"},
		{"taken from the front", logs(1, 2, 3), logs(2, 3), "Log[0]: - 1"},
		{"put at the front", logs(2, 3), logs(1, 2, 3), "Log[0]: + 1"},
		{"taken from the middle", logs(1, 2, 3), logs(1, 3), "Log[1]: - 2"},
		{"emptied", logs(1), logs(), "Log[0]: - 1"},
		{"replaced in place", logs(1, 2, 3), logs(1, 9, 3), "Log[1]: 2 -> 9"},
		{"replaced and grown", logs(1, 2), logs(3, 2, 4), "Log[0]: 1 -> 3\nLog[2]: + 4"},
		{"replaced and shrunk", logs(1, 2, 3), logs(4, 5), "Log[0]: 1 -> 4\nLog[1]: 2 -> 5\nLog[2]: - 3"},
		{"nil and empty are one", &log{nil}, &log{[]int{}}, ""},

		{"came into a set", ptr(set(1, 3)), ptr(set(3, 2, 1)), "+ 2"},
		{"went from a set", ptr(set(1, 3)), ptr(set(3)), "- 1"},
		{"a set in another order", ptr(set(1, 3)), ptr(set(3, 1)), ""},
		{"one for another", ptr(set(1, 2)), ptr(set(2, 3)), "- 1\n+ 3"},
		{"once more into a bag", ptr(bag(1, 2)), ptr(bag(1, 2, 1)), "+ 1"},
		{"once less in a bag", ptr(bag(1, 2, 1)), ptr(bag(1, 2)), "- 1"},
		{
			"a message",
			&Lease{Sent: set(Message{0, 1})}, &Lease{Sent: set(Message{0, 1}, Message{1, 2})},
			"Sent: + {Kind:Refused To:2}",
		},

		{"a new key", &index{}, &index{map[string]Node{"k": {}}}, `Index["k"]: + {Phase:Idle Seen:0}`},
		{"a key less", &index{map[string]Node{"k": {}}}, &index{}, `Index["k"]: - {Phase:Idle Seen:0}`},
		{
			"below a key",
			&index{map[string]Node{"k": {}}}, &index{map[string]Node{"k": {Seen: 1}}},
			`Index["k"].Seen: 0 -> 1`,
		},
		{"a key with a name", ptr(map[Phase]int{Idle: 1}), ptr(map[Phase]int{Idle: 2}), "[Idle]: 1 -> 2"},
		{"a number as key", ptr(map[int]int{7: 1}), ptr(map[int]int{7: 2}), "[7]: 1 -> 2"},

		{"from nil", &leader{}, &leader{&Node{}}, "Leader: nil -> {Phase:Idle Seen:0}"},
		{"to nil", &leader{&Node{}}, &leader{}, "Leader: {Phase:Idle Seen:0} -> nil"},
		{"below a pointer", &leader{&Node{}}, &leader{&Node{Seen: 1}}, "Leader.Seen: 0 -> 1"},

		{"a text that stays", []mute{1}, []mute{2}, "[0]: 1 -> 2"},
		{"a text that stays, of a struct", []wordy{{1, 2}}, []wordy{{1, 3}}, "[0].To: 2 -> 3"},
		{"a text that fails", []Phase{2}, []Phase{3}, "[0]: Holding -> 3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := changed(c.before, c.after); got != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, c.want)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

// rich has fields of all kinds, for random values.
type rich struct {
	A int8
	B []Message
	C map[int8]string
	D struct {
		E [3]bool
		F *Node
	}
	G [2][]int8 `muster:"unordered"`
	H []uint16  `muster:"unordered"`
}

func TestNoChangesIfAndOnlyIfEqual(t *testing.T) {
	same := func(a, b rich) bool {
		v, w := trace.ValueOf(&a), trace.ValueOf(&b)
		return len(trace.Changes(v, v)) == 0 && (len(trace.Changes(v, w)) == 0) == v.Equal(w)
	}
	if err := quick.Check(same, nil); err != nil {
		t.Error(err)
	}
}

// Exchanging the two values exchanges added and removed.
func TestChangesBackAreTheReverse(t *testing.T) {
	reverse := func(a, b rich) bool {
		there := trace.Changes(trace.ValueOf(&a), trace.ValueOf(&b))
		back := map[trace.Change]int{}
		for _, c := range trace.Changes(trace.ValueOf(&b), trace.ValueOf(&a)) {
			back[c]++
		}
		for _, c := range there {
			back[trace.Change{Path: c.Path, Before: c.After, After: c.Before}]--
		}
		for _, n := range back {
			if n != 0 {
				return false
			}
		}
		return true
	}
	if err := quick.Check(reverse, nil); err != nil {
		t.Error(err)
	}
}

func TestChangesAreNeverNil(t *testing.T) {
	if v := trace.ValueOf(1); trace.Changes(v, v) == nil {
		t.Error("got nil")
	}
}
