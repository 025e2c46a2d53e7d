package explore

import (
	"sort"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

// noted are all steps from some states that follow each other, as the search took
// them.
type noted struct {
	first uint64        // the number of the first state
	made  []uint64      // how many steps there are before each state's
	leads []destination // where each leads; of one that leaves the constraint it says nothing
	how   []uint16      // its action, and in the lowest bit whether it leaves the constraint

	candidates []uint32 // the numbers of those that places stand for
}

// noteKey stands for a state. It is made of no more of the fingerprint than a
// compact set compares, so that a state which that took for another is taken for
// the same one here.
func noteKey(p fingerprint.Print) uint64 { return mixed(p.Hash^p.Extra>>56*oddMultiplier, 0) }

// note writes down a step from a state of the block.
func (b *block) note(to destination, o system.Origin, leaves bool) {
	how := uint16(o.Action()) << 1
	if leaves {
		how |= 1
	}
	b.noted.leads, b.noted.how = append(b.noted.leads, to), append(b.noted.how, how)
}

// notes are the steps from the states of the block. It reports false if some are
// missing, because something panicked.
func (b *block) notes() (n noted, ok bool) {
	n = b.noted
	n.first, n.made = b.first, b.made
	return n, uint64(len(n.leads)) == b.generated && len(n.made) == b.parents
}

func (n *noted) begin() {
	n.made, n.leads, n.how = n.made[:0], n.leads[:0], n.how[:0]
}

// end is the number of the first state after them.
func (n *noted) end() uint64 { return n.first + uint64(len(n.made)) }

// steps are the places of a state's steps in leads and how.
func (n *noted) steps(state uint64) (from, end int) {
	i := int(state - n.first)
	if from, end = int(n.made[i]), len(n.leads); i+1 < len(n.made) {
		end = int(n.made[i+1])
	}
	return from, end
}

// number is of which state a place is. It says nothing of steps that leave the
// constraint.
func (n *noted) number(to destination) uint32 {
	if to.isCandidate() {
		return n.candidates[to&^ofCandidate]
	}
	return uint32(to)
}

// addFrom adds what others have of their states from a number on. They follow the
// ones that are there.
func (n *noted) addFrom(o *noted, state uint64) {
	state = max(state, o.first)
	if state >= o.end() {
		return
	}
	if len(n.made) == 0 {
		n.first = state
	}
	from, _ := o.steps(state)
	for _, made := range o.made[state-o.first:] {
		n.made = append(n.made, made-uint64(from)+uint64(len(n.leads)))
	}
	for _, to := range o.leads[from:] {
		n.leads = append(n.leads, destination(o.number(to)))
	}
	n.how = append(n.how, o.how[from:]...)
}

// notedOf returns those of a list that have a state's steps, nil if none do.
func notedOf(list []noted, state uint64) *noted {
	i := sort.Search(len(list), func(i int) bool { return list[i].end() > state })
	if i == len(list) || list[i].first > state {
		return nil
	}
	return &list[i]
}
