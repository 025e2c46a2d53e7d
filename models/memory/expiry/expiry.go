// Package expiry models a memory of limited size whose entries expire. Expired
// entries are still there until somebody removes them, which is done when an
// entry is set and there is no room for it. The memory counts the bytes that it
// holds, so that it need not add them up each time, and reports how many of them
// are live.
//
// The arithmetic is exact, with sizes of one to three bytes and room for four.
package expiry

import (
	"fmt"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const maxKeys = 3

// Config sizes the model and seeds bugs into it.
type Config struct {
	Keys     int    `flag:"keys" default:"2" min:"2" max:"3" help:"keys that can be set"`
	Capacity int    `flag:"capacity" default:"4" min:"2" max:"80" help:"bytes that the memory may hold"`
	MaxSize  int    `flag:"max-size" default:"3" min:"1" max:"40" help:"bytes of the largest entry"`
	TTL      int    `flag:"ttl" default:"1" min:"0" max:"120" help:"ticks that an entry lives"`
	Bug      string // "" or the name of a seeded bug
}

// Item is what is held under a key. Its zero value is nothing.
type Item struct {
	Size int8
	Age  int8 // in ticks, up to the first at which the item is expired
}

// Key is the place of an item.
type Key uint8

// State is a global state. It starts as the zero value: nothing is held.
type State struct {
	Items [maxKeys]Item `muster:"by=Key"`
	Used  int8          // the counter: bytes held, those of expired items included
}

type protocol struct {
	Config
	capacity, ttl int8
	sizes         []int8 // all there are
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	p := &protocol{Config: c, capacity: int8(c.Capacity), ttl: int8(c.TTL)}
	for size := range int8(c.MaxSize) {
		p.sizes = append(p.sizes, size+1)
	}
	return &model.Model[State]{
		Name: "memory/expiry",
		Actions: []model.Action[State]{
			{Name: "Set", Do: p.set},
			{Name: "Tick", Do: p.tick},
		},
		Properties: []model.Property[State]{
			model.Always("CapacityBound", p.capacityBound).Explained(p.bytes),
			model.Always("ReportedSizeIsLive", p.reportedSizeIsLive).Explained(p.bytes),
			model.Always("RoomForLive", p.roomForLive).Explained(p.bytes),
			model.AlwaysStep("SetIsYoung", p.setIsYoung),
			model.Reachable("TwoLive", p.twoLive),
			model.Reachable("OneExpires", p.oneExpires),
		},
		Symmetry: []model.Symmetry{model.Scalars[Key](p.Keys)},
	}
}

// set puts an item in place of what was under its key, or is refused.
func (p *protocol) set(s *State, c *model.Choice) bool {
	k, size := c.Int("key", p.Keys), model.Pick(c, "size", p.sizes)
	return p.put(s, k, size)
}

// put: if there is no room, expired items are removed, which may be the very one
// whose place is taken. So how much is freed is known only then.
func (p *protocol) put(s *State, k int, size int8) bool {
	after := *s
	old := after.Items[k].Size
	if after.Used-old+size > p.capacity && p.Bug != "no-prune" {
		p.prune(&after)
		if p.Bug != "stale-old-size" {
			old = after.Items[k].Size
		}
	}
	after.Used += size - old
	if after.Used > p.capacity {
		return false
	}
	age := after.Items[k].Age
	after.Items[k] = Item{Size: size}
	if p.Bug == "keep-age" {
		after.Items[k].Age = age
	}
	*s = after
	return true
}

// prune removes what is expired.
func (p *protocol) prune(s *State) {
	for k, item := range s.Items {
		if p.expired(item) {
			s.Used -= item.Size
			s.Items[k] = Item{}
		}
	}
}

func (p *protocol) expired(i Item) bool { return i.Age > p.ttl }

// tick: items grow older. How long one has been expired does not matter.
func (p *protocol) tick(s *State, _ *model.Choice) bool {
	before := *s
	for k, item := range s.Items {
		if item.Size > 0 && !p.expired(item) {
			s.Items[k].Age++
		}
	}
	return *s != before
}

// held is what the memory really holds, live or expired.
func (s *State) held() int8 {
	var sum int8
	for _, item := range s.Items {
		sum += item.Size
	}
	return sum
}

func (p *protocol) live(s *State) int8 {
	var sum int8
	for _, item := range s.Items {
		if !p.expired(item) {
			sum += item.Size
		}
	}
	return sum
}

// reported is what the memory says that it holds.
func (p *protocol) reported(s *State) int8 {
	if p.Bug == "count-expired" {
		return s.Used
	}
	return p.live(s)
}

// capacityBound: the memory never holds more than it may.
func (p *protocol) capacityBound(s *State) bool { return s.held() <= p.capacity }

// reportedSizeIsLive: what is expired is not reported.
func (p *protocol) reportedSizeIsLive(s *State) bool { return p.reported(s) == p.live(s) }

// roomForLive: what fits beside the live items is not refused because of the
// others.
func (p *protocol) roomForLive(s *State) bool {
	for k, item := range s.Items[:p.Keys] {
		beside := p.live(s)
		if !p.expired(item) {
			beside -= item.Size
		}
		for _, size := range p.sizes {
			if after := *s; beside+size <= p.capacity && !p.put(&after, k, size) {
				return false
			}
		}
	}
	return true
}

// twoLive: two keys have items that are not expired.
func (p *protocol) twoLive(s *State) bool {
	count := 0
	for _, item := range s.Items {
		if item.Size > 0 && !p.expired(item) {
			count++
		}
	}
	return count >= 2
}

// setIsYoung: an item that is set begins its life.
func (p *protocol) setIsYoung(before, after *State) bool {
	for k, item := range after.Items {
		if item.Size > 0 && item.Size != before.Items[k].Size && item.Age > 0 {
			return false
		}
	}
	return true
}

// oneExpires: an item is held that is expired.
func (p *protocol) oneExpires(s *State) bool { return p.live(s) < s.held() }

func (p *protocol) bytes(s *State) string {
	return fmt.Sprintf("of %d bytes, %d are held and %d are live; %d are counted and %d reported",
		p.capacity, s.held(), p.live(s), s.Used, p.reported(s))
}
