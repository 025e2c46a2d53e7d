package bench

import "github.com/muster-mc/muster/model"

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
