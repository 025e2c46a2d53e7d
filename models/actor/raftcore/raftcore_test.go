package raftcore

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

var slow = flag.Bool("slow", false, "also search the sizes at which the larger bugs are found, for which it takes minutes to find none")

// size is a size of the model, with its orbits and the states that they stand for.
type size struct {
	name           string
	config         Config
	orbits, states uint64
	depth          int
}

var sizes = []size{
	{"one term", Config{Terms: 1}, 52, 278, 12},
	{"two terms", Config{}, 715, 4_200, 17},
	{"three terms", Config{Terms: 3}, 6_394, 38_116, 21},
	{"a crash", Config{Crashes: 1}, 3_142, 18_510, 20},
	{"snapshots", Config{Snapshots: true}, 2_090, 12_414, 20},
	{"a read", Config{Reads: 1}, 2_908, 17_307, 20},
	{"two messages in flight", Config{InFlight: 2}, 217, 1_227, 20},
	{"an empty entry and a read", Config{Empty: true, Writes: catalog.None, Reads: 1}, 4_834, 28_872, 21},
	{"a server joins or leaves in one term", Config{Servers: 4, Members: 3, Terms: 1, Changes: 1}, 1_802, 10_598, 23},
}

// larger are those at which the bugs are found that need the most, without the bugs.
var larger = []size{
	{"four terms", Config{Terms: 4}, 44_183, 264_488, 25},
	{"four terms, three messages in flight", Config{Terms: 4, InFlight: 3}, 19_385, 115_886, 25},
	{"two entries", Config{Terms: 3, Writes: 2}, 50_663, 303_403, 29},
	{"four servers, three terms, two changes", Config{Servers: 4, Terms: 3, Writes: catalog.None, Changes: 2}, 5_213, 118_564, 17},
	{"a server joins or leaves", Config{Servers: 4, Members: 3, Changes: 1}, 31_760, 189_363, 30},
	{"one of four leaves", Config{Servers: 4, Changes: 1}, 45_194, 1_059_433, 31},
	{"two changes, a crash", Config{Changes: 2, Crashes: 1}, 70_385, 421_755, 27},
	{"everything", Config{Empty: true, Writes: catalog.None, Crashes: 1, Snapshots: true, Changes: 1, Reads: 1}, 3_883_682, 23_296_230, 34},
}

func TestHolds(t *testing.T) {
	list := sizes
	if *slow {
		list = slices.Concat(list, larger)
	}
	for _, z := range list {
		t.Run(z.name, func(t *testing.T) {
			r := mctest.Holds(t, New(z.config), explore.Options{})
			if s := r.Symmetry; s.Orbits != z.orbits || s.States != z.states || r.Counts.Depth != z.depth {
				t.Errorf("%d orbits of %d states, depth %d; want %d, %d, %d", s.Orbits, s.States, r.Counts.Depth, z.orbits, z.states, z.depth)
			}
		})
	}
}

// A queue and a map find the same number of states.
func TestCountsByQueueAndMap(t *testing.T) {
	for _, z := range sizes[:2] {
		if n := byQueueAndMap(New(z.config)); n != int(z.states) {
			t.Errorf("%s: %d states; want %d", z.name, n, z.states)
		}
	}
}

func byQueueAndMap(m *model.Model[State]) int {
	var o model.Odometer
	o.Reset()
	queue, known := []State{{}}, map[string]bool{text(&State{}): true}
	for at := 0; at < len(queue); at++ {
		for _, a := range m.Actions {
			for more := true; more; more = o.Next() {
				next := queue[at]
				next.Net = copied(&queue[at])
				if !a.Do(&next, o.Choice()) || o.Void() {
					continue
				}
				next.Net = copied(&next)
				if key := text(&next); !known[key] {
					known[key] = true
					queue = append(queue, next)
				}
			}
		}
	}
	return len(queue)
}

// copied returns the messages of a state in an order that depends on nothing else.
func copied(s *State) (net network.Bag[message]) {
	list := slices.SortedFunc(s.Net.All(), func(a, b envelope) int { return strings.Compare(fmt.Sprintf("%#v", a), fmt.Sprintf("%#v", b)) })
	for _, e := range list {
		net.Send(e.From, e.To, e.Message)
	}
	return net
}

func text(s *State) string { return fmt.Sprintf("%#v", *s) }

// Messages that mean nothing any more are removed. If they stay the verdicts are the same, and they mean nothing
// in every step that follows.
func TestObsoleteMessagesMeanNothing(t *testing.T) {
	for _, c := range []Config{
		{}, {Writes: catalog.None, Crashes: 1}, {Terms: 1, Snapshots: true}, {Terms: 1, Reads: 1},
	} {
		p := newProtocol(c)
		p.system.Obsolete = nil
		m := p.model()
		ignored := func(s *State, e envelope) bool { return p.raft.Ignores(at(s, e.To), e.From, e.Message) }
		m.Properties = append(m.Properties, model.AlwaysStep("IgnoredForEver", func(before, after *State) bool {
			for e := range before.Net.All() {
				if ignored(before, e) && !ignored(after, e) {
					return false
				}
			}
			return true
		}))
		mctest.Holds(t, m, explore.Options{})
	}
}

func TestTags(t *testing.T) { crash.Decided[node](t) }
