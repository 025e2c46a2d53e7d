package bench

import (
	"math/bits"
	"slices"
	"testing"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// An election: a server whose timer goes off asks the others for their votes in the next term, and
// leads with those of a majority. It is written with package actor, and by hand with model.Bag.
const electors = 3

type electorRole uint8

const (
	follows electorRole = iota
	stands
	leads
)

type elector struct {
	Term, Voted uint8
	Role        electorRole
	Votes       uint8 // by bits
	Timers      actor.Timers[electorTimer]
}

// electorTimer is the only timer.
type electorTimer uint8

func (electorTimer) String() string { return "election" }

type ballot struct {
	IsVote bool // and not a request
	Term   uint8
}

// stand begins an election, unless the server leads or there are no more terms.
func (e *elector) stand(self, terms uint8) (ok bool) {
	if e.Role == leads || e.Term == terms {
		return false
	}
	e.Term, e.Voted, e.Role, e.Votes = e.Term+1, self, stands, 1<<self
	return true
}

// meets reports whether a message means anything to the server.
func (e *elector) meets(b ballot) bool {
	if b.IsVote {
		return b.Term == e.Term && e.Role == stands
	}
	return b.Term > e.Term
}

// take takes a message that means something, and reports whether it is to be answered by a vote.
func (e *elector) take(from uint8, b ballot) (vote bool) {
	if !b.IsVote {
		e.Term, e.Voted, e.Role, e.Votes = b.Term, from, follows, 0
		return true
	}
	e.Votes |= 1 << from
	if bits.OnesCount8(e.Votes) > electors/2 {
		e.Role = leads
	}
	return false
}

func oneLeads(list []elector) bool {
	for i, a := range list {
		for _, b := range list[:i] {
			if a.Role == leads && b.Role == leads && a.Term == b.Term {
				return false
			}
		}
	}
	return true
}

type electionByActors struct {
	Servers [electors]elector
	Net     network.Bag[ballot]
}

func electionWithActors(terms uint8) *model.Model[electionByActors] {
	type state = electionByActors
	everyone := network.Among(electors)
	system := actor.System[state, ballot]{
		Net: func(s *state) network.Net[ballot] { return &s.Net },
		Roles: []actor.Role[state, ballot]{
			actor.RoleOf(func(s *state) []elector { return s.Servers[:] }, actor.Handlers[elector, ballot, electorTimer]{
				Timers: func(a *elector) *actor.Timers[electorTimer] { return &a.Timers },
				Start:  func(a *elector, _ *network.Out[ballot]) { a.Timers.Set(0) },
				Timeout: func(a *elector, t electorTimer, out *network.Out[ballot]) {
					a.Timers.Set(t)
					if a.stand(uint8(out.Self()), terms) {
						out.Broadcast(everyone, ballot{Term: a.Term})
					}
				},
				Receive: func(a *elector, e network.Envelope[ballot], out *network.Out[ballot]) bool {
					if !a.meets(e.Message) {
						return false
					}
					if a.take(uint8(e.From), e.Message) {
						out.Send(e.From, ballot{IsVote: true, Term: a.Term})
					}
					return true
				},
			}),
		},
	}
	return &model.Model[state]{
		Name: "election, with actors", Init: system.Start, Actions: system.Actions(), AllowDeadlock: true,
		Properties: []model.Property[state]{model.Always("OneLeads", func(s *state) bool { return oneLeads(s.Servers[:]) })},
	}
}

type electionState struct {
	Servers [electors]elector
	Net     model.Bag[addressed]
}

type addressed struct {
	From, To uint8
	ballot
}

func electionByHand(terms uint8) *model.Model[electionState] {
	return &model.Model[electionState]{
		Name: "election, by hand", AllowDeadlock: true,
		Init: func(s *electionState, _ *model.Choice) bool {
			for i := range s.Servers {
				s.Servers[i].Timers.Set(0)
			}
			return true
		},
		Actions: []model.Action[electionState]{
			{Name: "Deliver", Do: func(s *electionState, c *model.Choice) bool {
				if s.Net.Len() == 0 {
					return false
				}
				m := model.Pick(c, "message", s.Net.Distinct())
				a := &s.Servers[m.To-1]
				if !a.meets(m.ballot) || !s.Net.Remove(m) {
					return false
				}
				if a.take(m.From, m.ballot) {
					s.Net.Add(addressed{m.To, m.From, ballot{IsVote: true, Term: a.Term}})
				}
				return true
			}},
			{Name: "Timeout", Do: func(s *electionState, c *model.Choice) bool {
				self := uint8(c.Int("actor", electors)) + 1
				a := &s.Servers[self-1]
				if !a.stand(self, terms) {
					return false
				}
				for to := uint8(1); to <= electors; to++ {
					if to != self {
						s.Net.Add(addressed{self, to, ballot{Term: a.Term}})
					}
				}
				return true
			}},
		},
		Properties: []model.Property[electionState]{model.Always("OneLeads", func(s *electionState) bool { return oneLeads(s.Servers[:]) })},
	}
}

// BenchmarkActor says what package actor costs: both forms in turn, and the median of the ratios of
// their processor times.
func BenchmarkActor(b *testing.B) {
	o := explore.Options{Workers: 1, Store: explore.StoreCompact}
	forms := []search{stored(b, electionWithActors(4), o, nil), stored(b, electionByHand(4), o, nil)}
	var ratios []float64
	for b.Loop() {
		var spent [2]float64
		for i, f := range forms {
			began := cpu()
			_, generated := f()
			spent[i] = float64(cpu()-began) / float64(generated)
		}
		b.ReportMetric(spent[0], "cpu-ns/actor")
		b.ReportMetric(spent[1], "cpu-ns/hand")
		ratios = append(ratios, spent[0]/spent[1])
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "times")
}

// Both forms have the same states and steps.
func TestActorsAgreeWithTheSameByHand(t *testing.T) {
	o := explore.Options{Workers: 1}
	distinct, generated := stored(t, electionWithActors(3), o, nil)()
	d, g := stored(t, electionByHand(3), o, nil)()
	if distinct != d || generated != g || distinct < 10_000 {
		t.Errorf("%d distinct and %d generated with actors, %d and %d by hand", distinct, generated, d, g)
	}
}
