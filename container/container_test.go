package container_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// all is a state of every container, in an array and in a slice.
type all struct {
	Queue container.Queue[uint8, [4]uint8]
	Long  container.Queue[string, []string]
	Log   container.Log[uint8, [4]uint8]
	Store container.Log[uint8, []uint8]
	Ring  container.Ring[uint8, [3]uint8]
}

// mirror is the same in slices, changed in the plainest way.
type mirror struct {
	queue, log, store, ring []uint8
	long                    []string
	marks                   [2][2]int // of log and store: committed, synced
	starts                  [2]int    // of log and store: entries before are compacted
}

// Whatever is done, the containers have the content that plain slices have.
func TestContainersAsSlices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s all
		var m mirror
		byteOf := rapid.Uint8Range(0, 3)
		t.Repeat(map[string]func(*rapid.T){
			"push": func(t *rapid.T) {
				e := byteOf.Draw(t, "e")
				if !s.Queue.Full() {
					s.Queue.Push(e)
					m.queue = append(m.queue, e)
				}
				s.Long.Push(fmt.Sprint(e))
				m.long = append(m.long, fmt.Sprint(e))
			},
			"pop": func(t *rapid.T) {
				front, has := s.Queue.Front()
				e, ok := s.Queue.Pop()
				word, more := s.Long.Pop()
				if ok != (len(m.queue) > 0) || more != (len(m.long) > 0) || has != ok || front != e {
					t.Fatalf("popped %v %v, front %v %v", e, ok, front, has)
				}
				if ok && e != m.queue[0] || more && word != m.long[0] {
					t.Fatalf("popped %v, %v; want %v, %v", e, word, m.queue, m.long)
				}
				m.queue, m.long = m.queue[min(1, len(m.queue)):], m.long[min(1, len(m.long)):]
			},
			"remove": func(t *rapid.T) {
				if len(m.queue) > 0 {
					i := rapid.IntRange(0, len(m.queue)-1).Draw(t, "i")
					if got := s.Queue.RemoveAt(i); got != m.queue[i] {
						t.Fatalf("removed %d; want %d", got, m.queue[i])
					}
					m.queue = slices.Delete(slices.Clone(m.queue), i, i+1)
				}
				if len(m.long) > 0 {
					i := rapid.IntRange(0, len(m.long)-1).Draw(t, "j")
					s.Long.RemoveAt(i)
					m.long = slices.Delete(slices.Clone(m.long), i, i+1)
				}
			},
			"remove by value": func(t *rapid.T) {
				e := byteOf.Draw(t, "e")
				i := slices.Index(m.queue, e)
				if s.Queue.Remove(e) != (i >= 0) {
					t.Fatalf("%d is at %d", e, i)
				}
				if i >= 0 {
					m.queue = slices.Delete(slices.Clone(m.queue), i, i+1)
				}
			},
			"append": func(t *rapid.T) {
				e := byteOf.Draw(t, "e")
				if !s.Log.Full() {
					s.Log.Append(e)
					m.log = append(slices.Clone(m.log), e)
				}
				s.Store.Append(e)
				m.store = append(slices.Clone(m.store), e)
			},
			"truncate": func(t *rapid.T) {
				n := max(m.starts[0], m.starts[1]) + rapid.IntRange(0, 5).Draw(t, "n")
				s.Log.Truncate(n)
				s.Store.Truncate(n)
				m.log, m.store = m.log[:min(n, len(m.log))], m.store[:min(n, len(m.store))]
				for i, n := range []int{len(m.log), len(m.store)} {
					m.marks[i] = [2]int{min(m.marks[i][0], n), min(m.marks[i][1], n)}
				}
			},
			"mark": func(t *rapid.T) {
				n := rapid.IntRange(m.starts[0], len(m.log)).Draw(t, "n")
				s.Log.Commit(n)
				s.Store.Sync()
				m.marks[0][0], m.marks[1][1] = n, len(m.store)
			},
			"compact": func(t *rapid.T) {
				for i, n := range []int{len(m.log), len(m.store)} {
					n = rapid.IntRange(0, n).Draw(t, "n")
					m.starts[i] = max(m.starts[i], n)
					m.marks[i] = [2]int{max(m.marks[i][0], n), max(m.marks[i][1], n)}
					if i == 0 {
						s.Log.Compact(n)
					} else {
						s.Store.Compact(n)
					}
				}
			},
			"install": func(t *rapid.T) {
				n := rapid.IntRange(0, 20).Draw(t, "n")
				s.Log.Install(n)
				m.log, m.starts[0], m.marks[0] = make([]uint8, n), n, [2]int{n, n}
			},
			"lose": func(t *rapid.T) {
				n := rapid.IntRange(0, s.Store.Unsynced()).Draw(t, "n")
				s.Store.Lose(n)
				m.store = m.store[:len(m.store)-n]
				m.marks[1] = [2]int{min(m.marks[1][0], len(m.store)), len(m.store)}
			},
			"ring": func(t *rapid.T) {
				e := byteOf.Draw(t, "e")
				oldest, full := s.Ring.Push(e)
				if full != (len(m.ring) == 3) || full && oldest != m.ring[0] {
					t.Fatalf("pushed out %d, %v; the ring was %v", oldest, full, m.ring)
				}
				m.ring = append(m.ring, e)[max(0, len(m.ring)-2):]
			},
			"clear": func(t *rapid.T) {
				switch rapid.IntRange(0, 2).Draw(t, "which") {
				case 0:
					s.Queue.Clear()
					m.queue = nil
				case 1:
					s.Store.Clear()
					m.store, m.marks[1], m.starts[1] = nil, [2]int{}, 0
				case 2:
					s.Ring.Clear()
					m.ring = nil
				}
			},
			"": func(t *rapid.T) { m.check(t, &s) },
		})
	})
}

// check compares the contents, and with the encoding of containers to which they were pushed
// in one go: the same content is the same state.
func (m *mirror) check(t *rapid.T, s *all) {
	got := fmt.Sprint(
		slices.Collect(s.Queue.All()), slices.Collect(s.Long.All()), places(s.Log.Compacted(), s.Log.All()), places(s.Store.Compacted(), s.Store.All()),
		slices.Collect(s.Ring.All()), s.Log.Committed(), s.Log.Synced(), s.Store.Committed(), s.Store.Synced(),
		s.Queue.Len(), s.Long.Len(), s.Log.Len(), s.Store.Len(), s.Ring.Len())
	want := fmt.Sprint(
		m.queue, m.long, m.log[m.starts[0]:], m.store[m.starts[1]:], m.ring, m.marks[0][0], m.marks[0][1], m.marks[1][0], m.marks[1][1],
		len(m.queue), len(m.long), len(m.log), len(m.store), len(m.ring))
	if got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	var fresh all
	for _, e := range m.queue {
		fresh.Queue.Push(e)
	}
	for _, e := range m.long {
		fresh.Long.Push(e)
	}
	fresh.Log.Install(m.starts[0])
	for i, e := range m.log[m.starts[0]:] {
		if fresh.Log.Append(e); m.starts[0]+i+1 == m.marks[0][1] {
			fresh.Log.Sync()
		}
	}
	fresh.Log.Commit(m.marks[0][0])
	fresh.Store.Install(m.starts[1])
	for i, e := range m.store[m.starts[1]:] {
		if fresh.Store.Append(e); m.starts[1]+i+1 == m.marks[1][1] {
			fresh.Store.Sync()
		}
	}
	fresh.Store.Commit(m.marks[1][0])
	for _, e := range m.ring {
		fresh.Ring.Push(e)
	}
	if a, b := encoding(t, s), encoding(t, &fresh); !bytes.Equal(a, b) {
		t.Fatalf("%v\nis encoded as\n%v, and made afresh as\n%v", want, a, b)
	}
	if s.Queue != fresh.Queue || s.Log != fresh.Log || s.Ring != fresh.Ring {
		t.Fatal("equal containers are not ==")
	}
}

func places(start int, entries func(yield func(int, uint8) bool)) []uint8 {
	list := []uint8{}
	for i, e := range entries {
		if i != start+len(list) {
			panic("entries are out of place")
		}
		list = append(list, e)
	}
	return list
}

func encoding(t *rapid.T, s *all) []byte {
	c, err := codec.For[all]()
	if err != nil {
		t.Fatal(err)
	}
	return c.New().Append(nil, s)
}

// A container is one field for the parts of the engine that take states apart: a mutant that
// forgot to change the count, and not the elements, would be no mutant of the model.
func TestContainersAreWhole(t *testing.T) {
	c, err := codec.For[all]()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range c.Untyped.Fields() {
		got = append(got, f.Path)
	}
	if want := "Queue Long Log Store Ring"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestElements(t *testing.T) {
	var s all
	for _, e := range []uint8{1, 2, 2} {
		s.Queue.Push(e)
		s.Log.Append(e)
		s.Ring.Push(e)
	}
	if !s.Queue.Has(2) || s.Queue.Has(3) || !s.Ring.Has(2) || s.Ring.Has(3) || s.Queue.At(2) != 2 || s.Log.At(0) != 1 || s.Ring.At(1) != 2 {
		t.Errorf("%+v", s)
	}
	entry, some := s.Log.Last()
	pushed, any := s.Ring.Last()
	if entry != 2 || !some || pushed != 2 || !any {
		t.Errorf("last are %d, %v and %d, %v", entry, some, pushed, any)
	}
	var none all
	_, some = none.Log.Last()
	_, any = none.Ring.Last()
	if some || any {
		t.Error("what is empty has a last element")
	}
}

func TestAgrees(t *testing.T) {
	var a, b container.Log[uint8, [4]uint8]
	a.Append(1)
	a.Append(2)
	b.Append(1)
	for n, want := range []bool{true, true, false} {
		if a.Agrees(&b, n) != want || b.Agrees(&a, n) != want {
			t.Errorf("on %d: want %v", n, want)
		}
	}
	b.Append(3)
	if a.Agrees(&b, 2) || !a.Agrees(&b, 1) {
		t.Error("entries that differ agree")
	}
}

// Two queues agree as far as both have the same elements.
func TestQueuesAgree(t *testing.T) {
	var a, b container.Queue[uint8, [4]uint8]
	a.Push(1)
	a.Push(2)
	b.Push(1)
	for n, want := range []bool{true, true, false} {
		if a.Agrees(&b, n) != want || b.Agrees(&a, n) != want {
			t.Errorf("on %d: want %v", n, want)
		}
	}
	b.Push(3)
	if a.Agrees(&b, 2) || !a.Agrees(&b, 1) {
		t.Error("elements that differ agree")
	}
}

// The entries from a place on are appended, in their order, and the marks stay where they were.
func TestAppendFrom(t *testing.T) {
	var a, b container.Log[uint8, [4]uint8]
	for e := range uint8(3) {
		a.Append(e)
	}
	a.Compact(1)
	b.AppendFrom(&a, 3)
	b.AppendFrom(&a, 7)
	if b.Len() != 0 {
		t.Errorf("%+v; want nothing from the end on", b)
	}
	b.Append(9)
	b.Sync()
	b.AppendFrom(&a, 1)
	if b.Len() != 3 || b.At(0) != 9 || b.At(1) != 1 || b.At(2) != 2 || b.Synced() != 1 {
		t.Errorf("%+v; want 9, 1, 2, the first of them synced", b)
	}
}

// Entries keep their places when those before them are compacted.
func TestCompact(t *testing.T) {
	var a, b container.Log[uint8, [3]uint8]
	for e := range uint8(3) {
		a.Append(e)
		b.Append(e)
	}
	a.Compact(2)
	a.Compact(1) // that is done already
	if a.Len() != 3 || a.Compacted() != 2 || a.At(2) != 2 || a.Committed() != 2 || a.Unsynced() != 1 || a.Full() || !b.Full() {
		t.Errorf("%+v", a)
	}
	a.Append(7)
	b.Truncate(1)
	b.Append(9) // where a is compacted
	b.Append(2)
	if !a.Agrees(&b, 3) || a.Agrees(&b, 4) || a.Len() != 4 {
		t.Errorf("%+v and %+v", a, b)
	}
	b.Install(4)
	if _, some := b.Last(); some || b.Len() != 4 || b.Synced() != 4 || b.Committed() != 4 || b.Compacted() != 4 {
		t.Errorf("%+v", b)
	}
	a.Lose(2)
	if a.Len() != 2 || a.Synced() != 2 {
		t.Errorf("%+v", a)
	}
	var fresh container.Log[uint8, [3]uint8]
	if fresh.Install(2); a != fresh {
		t.Errorf("%+v is not %+v", a, fresh)
	}
}

func TestTakeFromAnywhere(t *testing.T) {
	var got []string
	var o model.Odometer
	o.Reset()
	for more := true; more; more = o.Next() {
		var q container.Queue[uint8, [5]uint8]
		for _, e := range []uint8{1, 1, 2, 1} {
			q.Push(e)
		}
		got = append(got, fmt.Sprint(q.Take(o.Choice(), "e"), slices.Collect(q.All())))
	}
	if want := "1 [1 2 1], 2 [1 1 1], 1 [1 1 2]"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
	var none container.Queue[uint8, []uint8]
	o.Reset()
	if none.Take(o.Choice(), "e"); !o.Void() {
		t.Error("something was taken from an empty queue")
	}
}

func TestMistakesPanic(t *testing.T) {
	full := func() (s all) {
		for range 4 {
			s.Queue.Push(7)
			s.Log.Append(7)
		}
		s.Ring.Push(7)
		return s
	}
	for want, do := range map[string]func(s *all){
		"container: Push beyond the 4 elements that there is room for: test Full first, or give the container more room":   func(s *all) { s.Queue.Push(1) },
		"container: Append beyond the 4 elements that there is room for: test Full first, or give the container more room": func(s *all) { s.Log.Append(1) },
		"container: Push beyond the 255 elements that there is room for: test Full first, or give the container more room": func(s *all) {
			for !s.Long.Full() {
				s.Long.Push("")
			}
			s.Long.Push("")
		},
		"container: there is no element 4: there are 4":                                                         func(s *all) { s.Queue.At(4) },
		"container: there is no entry -1: there are 4":                                                          func(s *all) { s.Log.At(-1) },
		"container: there is no element 1: there are 1":                                                         func(s *all) { s.Ring.At(1) },
		"container: there is no element 9: there are 4":                                                         func(s *all) { s.Queue.RemoveAt(9) },
		"container: Commit(5) of a log of 4 entries":                                                            func(s *all) { s.Log.Commit(5) },
		"container: Compact(5) of a log of 4 entries":                                                           func(s *all) { s.Log.Compact(5) },
		"container: Install(-1): a log has 0 to 255 places":                                                     func(s *all) { s.Log.Install(-1) },
		"container: there is no entry 1: there are 4: the log is compacted up to 2":                             func(s *all) { s.Log.Compact(2); s.Log.At(1) },
		"container: Truncate(1): no entry has that place: the log is compacted up to 2":                         func(s *all) { s.Log.Compact(2); s.Log.Truncate(1) },
		"container: Commit(1) of a log of 4 entries: the log is compacted up to 2":                              func(s *all) { s.Log.Compact(2); s.Log.Commit(1) },
		"container: Append beyond the 255 places of a log, compacted ones included: bound the log in the model": func(s *all) { s.Log.Install(255); s.Log.Append(1) },
		"container: there is no entry 1: there are 4: the log is compacted up to 3":                             func(s *all) { o := s.Log; s.Log.Compact(3); o.AppendFrom(&s.Log, 1) },
		"container: Truncate(-1): no entry has that place":                                                      func(s *all) { s.Log.Truncate(-1) },
		"container: Lose(1) of a log with 0 entries that are not synced":                                        func(s *all) { s.Log.Sync(); s.Log.Lose(1) },
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}()
			s := full()
			do(&s)
		}()
	}
}

// After warm-up, changes allocate nothing, in arrays and in slices with room.
func TestChangesAllocateNothing(t *testing.T) {
	var s all
	var o model.Odometer
	change := func() {
		for range 4 {
			s.Queue.Push(1)
			s.Log.Append(2)
			s.Store.Append(2)
			s.Ring.Push(3)
		}
		sum := 0
		for e := range s.Queue.All() {
			sum += int(e)
		}
		for i, e := range s.Log.All() {
			sum += i + int(e)
		}
		other := s.Log
		s.Log.Truncate(1)
		s.Log.AppendFrom(&other, 1)
		s.Log.Commit(3)
		s.Log.Compact(1)
		s.Store.Sync()
		s.Log.Truncate(1)
		if !s.Queue.Agrees(&s.Queue, 2) {
			t.Error("a queue does not agree with itself")
		}
		s.Store.Clear()
		o.Reset()
		s.Queue.Take(o.Choice(), "e")
		s.Queue.Pop()
		s.Queue.Clear()
		s.Log.Clear()
	}
	if got := testing.AllocsPerRun(100, change); got != 0 {
		t.Errorf("%g allocations", got)
	}
}
