//go:build !purego

package codec

import (
	"strconv"
	"testing"
)

// Once their buffers have grown, Append, Decode and Copy do not allocate.
func TestAllocations(t *testing.T) {
	wantNoAllocations(t, "plain", plainState{Epoch: 1})
	wantNoAllocations(t, "flat", flatState{Epoch: 1})
	wantNoAllocations(t, "strings", []string{"a", "b", "", "a"})
	wantNoAllocations(t, "slices", [][]uint16{{1}, nil, {2, 3}})
	wantNoAllocations(t, "pointers", []*padded{{A: 1}, nil, {A: 2}})
	wantNoAllocations(t, "ignored", []ignoring{{A: 1}, {B: 2}})
	wantNoAllocations(t, "maps", rich())
	wantNoAllocations(t, "nested maps", map[string]map[uint8][]string{"a": {1: {"x"}, 2: nil}, "b": {}})
	wantNoAllocations(t, "unordered", bagState{Network: []message{{4, 3, 2, 1}, {3, 2, 1, 0}, {0, 0, 0, 9}}})
	wantNoAllocations(t, "unordered strings", set[string]{items: []string{"c", "bb", "aaa", "a"}})
	large := map[string]uint32{}
	for i := range 1000 {
		large[strconv.Itoa(i)] = uint32(i)
	}
	wantNoAllocations(t, "large map", large)
}

// Maps with large entries are the documented exception: the Go runtime allocates
// each entry.
func TestAllocationsOfLargeEntries(t *testing.T) {
	s := map[uint8][129]uint8{1: {}, 2: {}}
	if appending, _, copying := allocations(t, s); appending != 0 || copying != 2 {
		t.Errorf("allocations: append %v, copy %v; want 0, 2", appending, copying)
	}
}

func wantNoAllocations[S any](t *testing.T, name string, s S) {
	t.Helper()
	if a, d, c := allocations(t, s); a+d+c > 0 {
		t.Errorf("%s: allocations: append %v, decode %v, copy %v", name, a, d, c)
	}
}

// allocations counts the allocations of Append, Decode and Copy after a first call.
func allocations[S any](t *testing.T, s S) (appending, decoding, copying float64) {
	t.Helper()
	c := must[S](t)
	p, q := c.New(), c.New()
	var decoded, copied S
	buffer := p.Append(nil, &s)
	const runs = 20
	appending = testing.AllocsPerRun(runs, func() { buffer = p.Append(buffer[:0], &s) })
	decoding = testing.AllocsPerRun(runs, func() { p.Decode(&decoded, buffer) })
	copying = testing.AllocsPerRun(runs, func() { q.Copy(&copied, &s) })
	return appending, decoding, copying
}

// Nor does Restore, whether Append has noted how the maps differ or not.
func TestRestoringDoesNotAllocate(t *testing.T) {
	c := must[richState](t)
	from, p := rich(), c.New()
	encoded := p.Append(nil, &from)
	var work richState
	var buffer []byte
	got := testing.AllocsPerRun(20, func() {
		p.Keep(&work, encoded)
		for range 3 {
			work.Index["c"], work.Term[1] = 3, 4
			delete(work.Edges, message{1, 2, 3, 4})
			work.Log = append(work.Log, 5)
			buffer = p.Append(buffer[:0], &work)
			p.Restore(&work)
			work.Seen[1] = false
			p.Restore(&work)
		}
	})
	if got > 0 {
		t.Errorf("%v allocations", got)
	}
}

// The table of strings stays below its limit.
func TestStringsAreBounded(t *testing.T) {
	var strings stringTable
	for i := range 10 * stringBytesMax / 1000 {
		strings.of(append(make([]byte, 1000), strconv.Itoa(i)...))
		if strings.bytes > stringBytesMax || len(strings.known) > stringBytesMax/1000 {
			t.Fatalf("%d strings of %d bytes are known", len(strings.known), strings.bytes)
		}
	}
}

// An action that appends within the spare capacity of its slices does not
// allocate.
func TestAppendingToACopyDoesNotAllocate(t *testing.T) {
	c := must[sharing](t)
	parent, p := sharingState(), c.New()
	var work sharing
	got := testing.AllocsPerRun(20, func() {
		p.Copy(&work, &parent)
		work.A = append(work.A, 1, 2, 3, 4)
		work.C = append(work.C, nil)
	})
	if got > 0 {
		t.Errorf("%v allocations", got)
	}
}
