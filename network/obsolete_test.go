package network_test

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// balloting is a participant that takes ballots in growing order.
type balloting[N any] struct {
	Ballot uint8
	Net    N
}

// ballots returns a model in which these ballots are sent, and those that have passed are removed or not.
func ballots[N any, P kindOf[N]](pruned bool, sent ...uint8) *model.Model[balloting[N]] {
	p := network.Protocol[balloting[N], message]{
		Net: func(s *balloting[N]) network.Net[message] { return P(&s.Net) },
		Receive: func(s *balloting[N], e envelope, _ *out) bool {
			if e.Message.n <= s.Ballot {
				return false
			}
			s.Ballot = e.Message.n
			return true
		},
	}
	if pruned {
		p.Obsolete = func(s *balloting[N], e envelope) bool { return e.Message.n <= s.Ballot }
	}
	return &model.Model[balloting[N]]{
		Name: "ballots", Actions: p.Actions(), AllowDeadlock: true,
		Init: func(s *balloting[N], _ *model.Choice) bool {
			for _, n := range sent {
				P(&s.Net).Send(1, 2, message{n: n})
			}
			return true
		},
		Properties: []model.Property[balloting[N]]{model.Reachable("Last", func(s *balloting[N]) bool { return s.Ballot == 3 })},
	}
}

// In a Bag the ballots that have passed make 8 states of 4. A Set keeps those that it has delivered, and has as many states
// either way. Links consume what is not handled: nothing is removed in the middle of a link.
func TestObsolete(t *testing.T) {
	count := func(m interface{ states(t *testing.T) uint64 }, want uint64) {
		t.Helper()
		if n := m.states(t); n != want {
			t.Errorf("%d states; want %d", n, want)
		}
	}
	count(counted[network.Bag[message]]{ballots[network.Bag[message]](false, 1, 2, 3)}, 8)
	count(counted[network.Bag[message]]{ballots[network.Bag[message]](true, 1, 2, 3)}, 4)
	count(counted[network.Set[message]]{ballots[network.Set[message]](false, 1, 2, 3)}, 4)
	count(counted[network.Set[message]]{ballots[network.Set[message]](true, 1, 2, 3)}, 4)
	count(counted[network.Links[message]]{ballots[network.Links[message]](false, 2, 1, 3)}, 4)
	count(counted[network.Links[message]]{ballots[network.Links[message]](true, 2, 1, 3)}, 4)
}

type counted[N any] struct{ *model.Model[balloting[N]] }

func (c counted[N]) states(t *testing.T) uint64 {
	return mctest.Holds(t, c.Model, explore.Options{}).Counts.Distinct
}
