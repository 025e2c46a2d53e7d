package bench

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// replicated is a state with slices and a bag. A leader replicates its log to two
// followers over a network that reorders and loses messages.
type replicated struct {
	Leader    []uint8 // the values that were appended
	Followers [2]follower
	Committed uint8 // the number of the leader's entries that a majority has
	Network   model.Bag[message]
}

type follower struct {
	Log   []uint8
	Acked uint8 // the length that the leader knows of
}

// message is an entry for a follower, or the follower's answer with the length of its
// log.
type message struct {
	To       uint8
	IsAnswer bool
	Index    uint8 // the index of the entry, or the length
	Value    uint8
}

type replication struct{ entries, inFlight int }

// newReplication returns a model with the given number of entries of two values, and a
// limit of messages in flight.
func newReplication(entries, inFlight int) *model.Model[replicated] {
	r := replication{entries, inFlight}
	return &model.Model[replicated]{
		Name: "replication",
		Actions: []model.Action[replicated]{
			{Name: "Append", Do: r.append},
			{Name: "Send", Do: r.send},
			{Name: "Deliver", Do: r.deliver},
			{Name: "Lose", Do: r.lose, Fault: "loss"},
			{Name: "Commit", Do: r.commit},
		},
		Properties: []model.Property[replicated]{
			model.Always("FollowersAgree", r.followersAgree),
			model.Always("CommittedIsStored", r.committedIsStored),
			model.Reachable("AllCommitted", r.allCommitted),
		},
		Terminal: r.allCommitted,
	}
}

func (r replication) append(s *replicated, c *model.Choice) bool {
	value := c.Int("value", 2)
	if len(s.Leader) == r.entries {
		return false
	}
	s.Leader = append(s.Leader, uint8(value))
	return true
}

// send lets the leader send a follower the first entry that is not acknowledged. It may
// happen repeatedly.
func (r replication) send(s *replicated, c *model.Choice) bool {
	to := c.Int("to", len(s.Followers))
	next := s.Followers[to].Acked
	if int(next) == len(s.Leader) || s.Network.Len() == r.inFlight {
		return false
	}
	s.Network.Add(message{To: uint8(to), Index: next, Value: s.Leader[next]})
	return true
}

func (r replication) deliver(s *replicated, c *model.Choice) bool {
	m := model.Pick(c, "message", s.Network.Items())
	if !s.Network.Remove(m) {
		return false
	}
	f := &s.Followers[m.To]
	if m.IsAnswer {
		f.Acked = max(f.Acked, m.Index)
		return true
	}
	if int(m.Index) == len(f.Log) {
		f.Log = append(f.Log, m.Value)
	}
	s.Network.Add(message{To: m.To, IsAnswer: true, Index: uint8(len(f.Log))})
	return true
}

func (r replication) lose(s *replicated, c *model.Choice) bool {
	return s.Network.Remove(model.Pick(c, "message", s.Network.Items()))
}

// commit advances the committed length. The leader and one follower are a majority.
func (r replication) commit(s *replicated, _ *model.Choice) bool {
	stored := max(s.Followers[0].Acked, s.Followers[1].Acked)
	if s.Committed >= stored {
		return false
	}
	s.Committed++
	return true
}

// followersAgree reports whether the log of each follower is a prefix of the leader's.
func (r replication) followersAgree(s *replicated) bool {
	for _, f := range s.Followers {
		if len(f.Log) > len(s.Leader) || !slices.Equal(f.Log, s.Leader[:len(f.Log)]) {
			return false
		}
	}
	return true
}

func (r replication) committedIsStored(s *replicated) bool {
	return int(s.Committed) <= max(len(s.Followers[0].Log), len(s.Followers[1].Log))
}

func (r replication) allCommitted(s *replicated) bool { return int(s.Committed) == r.entries }
