package crash_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

type slot struct {
	Key   uint8 `crash:"durable"`
	cache uint8 `crash:"lost"`
}

type server struct {
	Term, Vote uint8                          `crash:"durable"`
	Log        container.Log[uint8, [3]uint8] `crash:"durable"`
	Role       uint8                          `crash:"lost"`
	peers      [2]uint8                       `crash:"lost"`
	Slots      [2]slot
	Sent       model.Bag[uint8] `crash:"lost"`
	Scratch    uint8            `muster:"-"`
	Crashes    uint8            `crash:"durable"`
}

type state struct{ Servers [2]server }

var servers = crash.Processes[state, server]{
	Number: 2, At: func(s *state, i int) *server { return &s.Servers[i] },
	May:     func(s *state, i int) bool { return s.Servers[i].Crashes < 2 },
	Restart: func(s *state, i int, before server) { s.Servers[i].Crashes++; s.Servers[i].Role = before.Role / 2 },
}

// full is a server in which no field is zero.
func full() server {
	v := server{Term: 1, Vote: 2, Role: 4, peers: [2]uint8{5, 6}, Slots: [2]slot{{7, 8}, {9, 10}}, Crashes: 1}
	v.Log.Append(1)
	v.Log.Sync()
	v.Log.Append(2)
	v.Log.Append(3)
	v.Sent.Add(3)
	return v
}

// steps are the successors of a state by an action: its arguments and the first server.
func steps(a model.Action[state], s state) (list []string, states []state) {
	var o model.Odometer
	o.Reset()
	o.Remember()
	for more := true; more; more = o.Next() {
		next := s
		if a.Do(&next, o.Choice()) && !o.Void() {
			var words []string
			for _, arg := range o.Arguments() {
				words = append(words, fmt.Sprintf("%s=%v", arg.Name, arg.Value))
			}
			list = append(list, strings.Join(words, " "))
			states = append(states, next)
		}
	}
	return list, states
}

func TestCrash(t *testing.T) {
	a := servers.Crash("Crash")
	if a.Name != "Crash" || a.Fault != "crash" {
		t.Errorf("%s is a %s", a.Name, a.Fault)
	}
	arguments, states := steps(a, state{[2]server{full(), {Crashes: 2}}})
	if got, want := strings.Join(arguments, ", "), "node=0 lost=0, node=0 lost=1, node=0 lost=2"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for lost, s := range states {
		want := server{Term: 1, Vote: 2, Role: 2, Slots: [2]slot{{Key: 7}, {Key: 9}}, Crashes: 2}
		for i := range uint8(3 - lost) {
			want.Log.Append(i + 1)
		}
		want.Log.Sync()
		if got := s.Servers[0]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("without %d entries: got\n%+v, want\n%+v", lost, got, want)
		}
		if got := s.Servers[1]; fmt.Sprint(got) != fmt.Sprint(server{Crashes: 2}) {
			t.Errorf("the other one is %+v", got)
		}
	}
}

// vote writes term, vote and the key of a slot, and what is lost in a crash. Where the node has voted it does nothing.
func vote(s *state, c *model.Choice) bool {
	v := &s.Servers[c.Int("node", 2)]
	if v.Vote != 0 {
		return false
	}
	v.Term, v.Role = v.Term+1, 3
	if c.Bool("granted") {
		v.Vote, v.Slots[1].Key, v.Slots[1].cache = 2, 4, 5
	}
	return true
}

func TestTorn(t *testing.T) {
	a := servers.Torn("Vote", vote)
	if a.Name != "VoteTorn" || a.Fault != "torn write" {
		t.Errorf("%s is a %s", a.Name, a.Fault)
	}
	arguments, states := steps(a, state{[2]server{{Term: 6, Role: 1}, {Vote: 1}}})
	if got, want := strings.Join(arguments, ", "), "node=0 granted=true written=Term, node=0 granted=true written=Vote"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for i, want := range []server{{Term: 7, Crashes: 1}, {Term: 7, Vote: 2, Crashes: 1}} {
		if got := states[i].Servers[0]; fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

// On a disk that reorders, any of the written fields are there, and not all.
func TestTornInAnyOrder(t *testing.T) {
	reordered := servers
	reordered.Reordered = true
	arguments, states := steps(reordered.Torn("Vote", vote), state{[2]server{{Term: 6, Role: 1}, {Vote: 1}}})
	want := []string{
		"written=Term", "written=Vote", "written={Term Vote}", "written=Slots[1].Key", "written={Term Slots[1].Key}", "written={Vote Slots[1].Key}",
	}
	for i := range want {
		want[i] = "node=0 granted=true " + want[i]
	}
	if got := strings.Join(arguments, ", "); got != strings.Join(want, ", ") {
		t.Fatalf("got %s", got)
	}
	for i, s := range states {
		v, some := s.Servers[0], i+1 // a bit for each field
		if v.Term != uint8(6+some&1) || v.Vote != uint8(some&2) || v.Slots[1].Key != uint8(some&4) || v.Role != 0 || v.Crashes != 1 {
			t.Errorf("%s: got %+v", arguments[i], v)
		}
	}
}

// A header that is written last says that the data is there. The order is of no use on a disk
// that does not keep it: a checksum is.
func TestAHeaderNeedsOrderOrAChecksum(t *testing.T) {
	type disk struct {
		Data   uint8 `crash:"durable"`
		Header uint8 `crash:"durable"` // which data there is
		Sum    uint8 `crash:"durable"`
	}
	verdict := func(reordered, checks bool) explore.Verdict {
		disks := crash.Processes[disk, disk]{Number: 1, At: func(s *disk, _ int) *disk { return s }, Reordered: reordered}
		write := func(s *disk, _ *model.Choice) bool {
			if s.Data == 3 {
				return false
			}
			s.Data++
			s.Header = s.Data
			if checks {
				s.Sum = s.Data + s.Header
			}
			return true
		}
		m := &model.Model[disk]{
			Name:          "header",
			Actions:       []model.Action[disk]{{Name: "Write", Do: write}, disks.Torn("Write", write), disks.Crash("Crash")},
			AllowDeadlock: true,
			Properties: []model.Property[disk]{model.Always("NoOldDataIsTaken", func(s *disk) bool {
				return s.Header <= s.Data || checks && s.Sum != s.Data+s.Header
			})},
		}
		r, err := explore.Check(t.Context(), m, explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Verdict
	}
	for _, c := range []struct {
		reordered, checks bool
		want              explore.Verdict
	}{{false, false, explore.Holds}, {true, false, explore.Violated}, {false, true, explore.Holds}, {true, true, explore.Holds}} {
		if got := verdict(c.reordered, c.checks); got != c.want {
			t.Errorf("reordered: %v, with a checksum: %v: %s", c.reordered, c.checks, got)
		}
	}
}

// Of several processes that wrote, any can crash.
func TestTornOneOfSeveral(t *testing.T) {
	a := servers.Torn("Both", func(s *state, _ *model.Choice) bool {
		for i := range s.Servers {
			s.Servers[i].Term, s.Servers[i].Vote = 1, 1
		}
		return true
	})
	arguments, states := steps(a, state{})
	if got, want := strings.Join(arguments, ", "), "node=0 written=Term, node=1 written=Term"; got != want {
		t.Fatalf("got %s, want %s", got, want)
	}
	for i, s := range states {
		if v := s.Servers[i]; v.Vote != 0 || v.Term != 1 || s.Servers[1-i].Term != 0 {
			t.Errorf("got %+v", s)
		}
	}
}

// A single process has no argument.
func TestSingleProcess(t *testing.T) {
	single := crash.Processes[slot, slot]{Number: 1, At: func(s *slot, _ int) *slot { return s }}
	var o model.Odometer
	o.Reset()
	s := slot{1, 2}
	if !single.Crash("Crash").Do(&s, o.Choice()) || s != (slot{Key: 1}) || o.Next() {
		t.Errorf("got %+v", s)
	}
}

func TestDecided(t *testing.T) {
	crash.Decided[server](t)
	type inner struct {
		A uint8 `crash:"durable"`
		B uint8
	}
	type node struct {
		In   [2]inner
		Free struct{ C, D uint8 }
		Log  container.Queue[uint8, [2]uint8]
		_    uint8
	}
	want := []string{"In[0].B", "In[1].B", "Free", "Log"}
	if got := crash.Undecided[node](); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var r recorder
	crash.Decided[node](&r)
	if want := `does a crash lose them? crash_test.node: no tag crash:"durable" or crash:"lost" for In[0].B, In[1].B, Free, Log`; string(r) != want {
		t.Errorf("got %s, want %s", r, want)
	}
}

type recorder string

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { *r = recorder(fmt.Sprintf(format, args...)) }

type (
	misspelt struct {
		A uint8 `crash:"durabel"`
	}
	forgetful struct{ A uint8 }
	shared    struct {
		A []uint8 `crash:"durable"`
	}
	noState struct {
		slot slot
		C    chan int
	}
)

func TestMistakes(t *testing.T) {
	for want, do := range map[string]func(){
		`crash: crash_test.misspelt.A has the tag crash:"durabel": there are durable and lost`: func() { single[misspelt]().Crash("Crash") },
		`crash: no field of crash_test.forgetful has the tag crash:"durable": a process that loses everything needs no disk, only an assignment`: func() {
			single[forgetful]().Crash("Crash")
		},
		"crash: int is no struct: the fields of a process say what is durable": func() { single[int]().Crash("Crash") },
		"crash: crash_test.shared.A is a []uint8, which shares memory with its copies, so a partial write cannot be taken back: use an array, or a container with an array": func() {
			single[shared]().Torn("Write", nil)
		},
		"crash: Processes needs a Number of at least 1 and At, which returns one of them": func() {
			crash.Processes[slot, slot]{Number: 1}.Crash("Crash")
		},
		"crash: state type crash_test.noState: field C: chan int cannot be part of a state: what a channel holds cannot be seen: use a slice": func() {
			crash.Processes[noState, slot]{Number: 1, At: func(s *noState, _ int) *slot { return &s.slot }}.Torn("Write", nil)
		},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			}()
			do()
		}()
	}
}

func single[P any]() crash.Processes[P, P] {
	return crash.Processes[P, P]{Number: 1, At: func(s *P, _ int) *P { return s }}
}

// hand is the crash of a store that a model writes by hand.
func hand(s *store, _ *model.Choice) bool {
	kept := s.Disk
	*s = store{Disk: kept}
	return true
}

type store struct {
	Disk    [2]uint8 `crash:"durable"`
	Memory  [2]uint8 `crash:"lost"`
	Dirty   bool     `crash:"lost"`
	Version uint8    `crash:"lost"`
}

// The action does what the one by hand does: the same counts.
func TestAsByHand(t *testing.T) {
	count := func(a model.Action[store]) explore.Counts {
		m := &model.Model[store]{Name: "store", Actions: []model.Action[store]{
			{Name: "Write", Do: func(s *store, c *model.Choice) bool {
				i := c.Int("at", 2)
				if s.Version == 3 {
					return false
				}
				s.Version++
				s.Memory[i], s.Dirty = s.Version, true
				return true
			}},
			{Name: "Flush", Do: func(s *store, _ *model.Choice) bool {
				if !s.Dirty {
					return false
				}
				s.Disk, s.Dirty = s.Memory, false
				return true
			}},
			a,
		}}
		r, err := explore.Check(context.Background(), m, explore.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Counts
	}
	made, byHand := count(single[store]().Crash("Crash")), count(model.Action[store]{Name: "Crash", Do: hand})
	if fmt.Sprint(made) != fmt.Sprint(byHand) || made.Distinct < 50 {
		t.Errorf("got %+v, by hand %+v", made, byHand)
	}
}

func BenchmarkCrash(b *testing.B) {
	run := func(b *testing.B, do func(*store, *model.Choice) bool) {
		b.ReportAllocs()
		var s store
		var o model.Odometer
		o.Reset()
		for b.Loop() {
			s.Memory[1] = 1
			do(&s, o.Choice())
		}
	}
	b.Run("by hand", func(b *testing.B) { run(b, hand) })
	b.Run("by tags", func(b *testing.B) { run(b, single[store]().Crash("Crash").Do) })
}
