package bench

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Models in two forms: with a flat state, and as one writes them first, with slices,
// sets, bags, maps, pointers and strings. Both forms have the same states, and try the
// same combinations of answers, so that the time of one by that of the other is the
// price of the form. This file has the forms without maps, pointers and strings.

// Queues: a producer, a worker and a consumer, with a queue between each two that
// loses elements.
const (
	queueRoom   = 5
	queueValues = 3
)

type queues struct{ In, Out []uint8 }

func naturalQueues() *model.Model[queues] {
	return &model.Model[queues]{
		Name: "queues", AllowDeadlock: true,
		Actions: []model.Action[queues]{
			{Name: "Put", Do: func(s *queues, c *model.Choice) bool {
				value := c.Int("value", queueValues)
				if len(s.In) == queueRoom {
					return false
				}
				s.In = append(s.In, uint8(value))
				return true
			}},
			{Name: "Work", Do: func(s *queues, _ *model.Choice) bool {
				if len(s.In) == 0 || len(s.Out) == queueRoom {
					return false
				}
				s.Out = append(s.Out, s.In[0])
				s.In = s.In[1:]
				return true
			}},
			{Name: "Take", Do: func(s *queues, _ *model.Choice) bool {
				if len(s.Out) == 0 {
					return false
				}
				s.Out = s.Out[1:]
				return true
			}},
			{Name: "Lose", Do: func(s *queues, c *model.Choice) bool {
				i := c.Int("index", len(s.Out))
				if i >= len(s.Out) {
					return false
				}
				s.Out = slices.Delete(s.Out, i, i+1)
				return true
			}},
		},
		Properties: []model.Property[queues]{
			model.Always("InFits", func(s *queues) bool { return len(s.In) <= queueRoom }),
		},
	}
}

// ring is a queue in an array; the values count from 1, and 0 is none.
type ring struct {
	Len    uint8
	Values [queueRoom]uint8
}

func (r *ring) put(value uint8) {
	r.Values[r.Len] = value
	r.Len++
}

func (r *ring) remove(i int) (value uint8) {
	value = r.Values[i]
	copy(r.Values[i:], r.Values[i+1:])
	r.Values[queueRoom-1] = 0
	r.Len--
	return value
}

type flatQueue struct{ In, Out ring }

func flatQueues() *model.Model[flatQueue] {
	return &model.Model[flatQueue]{
		Name: "queues", AllowDeadlock: true,
		Actions: []model.Action[flatQueue]{
			{Name: "Put", Do: func(s *flatQueue, c *model.Choice) bool {
				value := c.Int("value", queueValues)
				if s.In.Len == queueRoom {
					return false
				}
				s.In.put(uint8(value) + 1)
				return true
			}},
			{Name: "Work", Do: func(s *flatQueue, _ *model.Choice) bool {
				if s.In.Len == 0 || s.Out.Len == queueRoom {
					return false
				}
				s.Out.put(s.In.remove(0))
				return true
			}},
			{Name: "Take", Do: func(s *flatQueue, _ *model.Choice) bool {
				if s.Out.Len == 0 {
					return false
				}
				s.Out.remove(0)
				return true
			}},
			{Name: "Lose", Do: func(s *flatQueue, c *model.Choice) bool {
				i := c.Int("index", int(s.Out.Len))
				if i >= int(s.Out.Len) {
					return false
				}
				s.Out.remove(i)
				return true
			}},
		},
		Properties: []model.Property[flatQueue]{
			model.Always("InFits", func(s *flatQueue) bool { return s.In.Len <= queueRoom }),
		},
	}
}

// Peers: nodes that hear of each other and of a seed that is always there, pass on the
// peers that they know, and crash.
const (
	peerNodes = 4
	peerSeed  = peerNodes
	peerIDs   = peerNodes + 1
)

type peer struct {
	Knows model.Set[uint8]
	Up    bool
}

type peers struct{ Nodes [peerNodes]peer }

func naturalPeers() *model.Model[peers] {
	return &model.Model[peers]{
		Name: "peers", AllowDeadlock: true,
		Actions: []model.Action[peers]{
			{Name: "Start", Do: func(s *peers, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", peerNodes)]
				if n.Up {
					return false
				}
				n.Up = true
				return true
			}},
			{Name: "Meet", Do: func(s *peers, c *model.Choice) bool {
				a, b := c.Int("node", peerNodes), c.Int("peer", peerIDs)
				return a != b && s.Nodes[a].Up && (b == peerSeed || s.Nodes[b].Up) && s.Nodes[a].Knows.Add(uint8(b))
			}},
			{Name: "Share", Do: func(s *peers, c *model.Choice) bool {
				a, b := c.Int("node", peerNodes), c.Int("peer", peerIDs)
				if a == b || b == peerSeed || !s.Nodes[a].Up || !s.Nodes[a].Knows.Has(uint8(b)) {
					return false
				}
				learned := false
				for _, p := range s.Nodes[b].Knows.Items() {
					if int(p) != a && s.Nodes[a].Knows.Add(p) {
						learned = true
					}
				}
				return learned
			}},
			{Name: "Crash", Do: func(s *peers, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", peerNodes)]
				if !n.Up {
					return false
				}
				n.Up = false
				n.Knows.Clear()
				return true
			}},
			{Name: "Forget", Do: func(s *peers, c *model.Choice) bool {
				return s.Nodes[c.Int("node", peerNodes)].Knows.Remove(uint8(c.Int("peer", peerIDs)))
			}},
		},
		Properties: []model.Property[peers]{
			model.Always("KnowsOthers", func(s *peers) bool { return !s.Nodes[0].Knows.Has(0) }),
		},
	}
}

type flatPeer struct {
	Knows uint8
	Up    bool
}

type flatPeersState struct{ Nodes [peerNodes]flatPeer }

func flatPeers() *model.Model[flatPeersState] {
	return &model.Model[flatPeersState]{
		Name: "peers", AllowDeadlock: true,
		Actions: []model.Action[flatPeersState]{
			{Name: "Start", Do: func(s *flatPeersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", peerNodes)]
				if n.Up {
					return false
				}
				n.Up = true
				return true
			}},
			{Name: "Meet", Do: func(s *flatPeersState, c *model.Choice) bool {
				a, b := c.Int("node", peerNodes), c.Int("peer", peerIDs)
				if a == b || !s.Nodes[a].Up || b != peerSeed && !s.Nodes[b].Up || s.Nodes[a].Knows>>b&1 != 0 {
					return false
				}
				s.Nodes[a].Knows |= 1 << b
				return true
			}},
			{Name: "Share", Do: func(s *flatPeersState, c *model.Choice) bool {
				a, b := c.Int("node", peerNodes), c.Int("peer", peerIDs)
				if a == b || b == peerSeed || !s.Nodes[a].Up || s.Nodes[a].Knows>>b&1 == 0 {
					return false
				}
				more := s.Nodes[b].Knows &^ s.Nodes[a].Knows &^ (1 << a)
				if more == 0 {
					return false
				}
				s.Nodes[a].Knows |= more
				return true
			}},
			{Name: "Crash", Do: func(s *flatPeersState, c *model.Choice) bool {
				n := &s.Nodes[c.Int("node", peerNodes)]
				if !n.Up {
					return false
				}
				*n = flatPeer{}
				return true
			}},
			{Name: "Forget", Do: func(s *flatPeersState, c *model.Choice) bool {
				n, p := &s.Nodes[c.Int("node", peerNodes)], c.Int("peer", peerIDs)
				if n.Knows>>p&1 == 0 {
					return false
				}
				n.Knows &^= 1 << p
				return true
			}},
		},
		Properties: []model.Property[flatPeersState]{
			model.Always("KnowsOthers", func(s *flatPeersState) bool { return s.Nodes[0].Knows&1 == 0 }),
		},
	}
}

// Mail: nodes that send each other requests and answers over a network that may hold
// equal messages, and lose them.
const (
	mailNodes = 4
	mailRoom  = 4
)

type letter struct {
	To, From uint8
	IsAnswer bool
}

type mail struct {
	Waits   [mailNodes]bool
	Network model.Bag[letter]
}

func naturalMail() *model.Model[mail] {
	return &model.Model[mail]{
		Name: "mail", AllowDeadlock: true,
		Actions: []model.Action[mail]{
			{Name: "Ask", Do: func(s *mail, c *model.Choice) bool {
				from, to := c.Int("from", mailNodes), c.Int("to", mailNodes)
				if from == to || s.Network.Len() == mailRoom {
					return false
				}
				s.Waits[from] = true
				s.Network.Add(letter{To: uint8(to), From: uint8(from)})
				return true
			}},
			{Name: "Answer", Do: func(s *mail, c *model.Choice) bool {
				m := model.Pick(c, "message", s.Network.Items())
				if m.IsAnswer || !s.Network.Remove(m) {
					return false
				}
				s.Network.Add(letter{To: m.From, From: m.To, IsAnswer: true})
				return true
			}},
			{Name: "Hear", Do: func(s *mail, c *model.Choice) bool {
				m := model.Pick(c, "message", s.Network.Items())
				if !m.IsAnswer || !s.Network.Remove(m) {
					return false
				}
				s.Waits[m.To] = false
				return true
			}},
			{Name: "Lose", Do: func(s *mail, c *model.Choice) bool {
				return s.Network.Remove(model.Pick(c, "message", s.Network.Items()))
			}},
		},
		Properties: []model.Property[mail]{
			model.Always("NetworkFits", func(s *mail) bool { return s.Network.Len() <= mailRoom }),
		},
	}
}

type flatMailState struct {
	Waits   [mailNodes]bool
	Len     uint8
	Network [mailRoom]letter // the first Len, in order
}

func (m letter) less(n letter) bool {
	if m.To != n.To {
		return m.To < n.To
	}
	if m.From != n.From {
		return m.From < n.From
	}
	return !m.IsAnswer && n.IsAnswer
}

func (s *flatMailState) add(m letter) {
	i := s.Len
	for ; i > 0 && m.less(s.Network[i-1]); i-- {
		s.Network[i] = s.Network[i-1]
	}
	s.Network[i] = m
	s.Len++
}

func (s *flatMailState) remove(i int) {
	copy(s.Network[i:], s.Network[i+1:])
	s.Network[mailRoom-1] = letter{}
	s.Len--
}

func flatMail() *model.Model[flatMailState] {
	return &model.Model[flatMailState]{
		Name: "mail", AllowDeadlock: true,
		Actions: []model.Action[flatMailState]{
			{Name: "Ask", Do: func(s *flatMailState, c *model.Choice) bool {
				from, to := c.Int("from", mailNodes), c.Int("to", mailNodes)
				if from == to || s.Len == mailRoom {
					return false
				}
				s.Waits[from] = true
				s.add(letter{To: uint8(to), From: uint8(from)})
				return true
			}},
			{Name: "Answer", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) || s.Network[i].IsAnswer {
					return false
				}
				m := s.Network[i]
				s.remove(i)
				s.add(letter{To: m.From, From: m.To, IsAnswer: true})
				return true
			}},
			{Name: "Hear", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) || !s.Network[i].IsAnswer {
					return false
				}
				s.Waits[s.Network[i].To] = false
				s.remove(i)
				return true
			}},
			{Name: "Lose", Do: func(s *flatMailState, c *model.Choice) bool {
				i := c.Int("message", int(s.Len))
				if i >= int(s.Len) {
					return false
				}
				s.remove(i)
				return true
			}},
		},
		Properties: []model.Property[flatMailState]{
			model.Always("NetworkFits", func(s *flatMailState) bool { return s.Len <= mailRoom }),
		},
	}
}
