package cluster

import (
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// actions are those of the configuration: what it does not allow is not among them.
func (k *cluster) actions() []model.Action[State] {
	var list []model.Action[State]
	if k.Campaigns > 0 {
		list = append(list, model.Action[State]{Name: "Campaign", Do: k.campaign})
	}
	list = append(list, network.Protocol[State, message]{
		Net: k.net,
		Receive: func(s *State, e network.Envelope[message], _ *network.Out[message]) bool {
			k.give(s, e.To.Index(), input{Kind: receive, Message: e.Message})
			return true
		},
		Faults: network.Faults[State]{Overtaking: k.Network == "links"},
	}.Actions()...)
	for _, x := range []struct {
		name, fault string
		isThere     bool
		do          func(*State, *model.Choice) bool
	}{
		{"Propose", "", k.Proposals > 0, k.propose},
		{"Restart", "crash", k.Restarts > 0, k.restart},
		{"Read", "", len(k.asks) > 0, k.read},
		{"Heartbeat", "", k.Heartbeats > 0, k.heartbeat},
		{"Tick", "", k.CheckQuorum && k.Ticks > 0, k.tick},
		{"Transfer", "", k.Transfers > 0, k.transfer},
		{"Snapshot", "", k.Snapshots > 0, k.snapshot},
		{"Remove", "", k.Changes > 0, k.remove},
		{"Persist", "", k.Fine, k.persist},
		{"Send", "", k.Fine, k.send},
	} {
		if x.isThere {
			list = append(list, model.Action[State]{Name: x.name, Fault: x.fault, Do: x.do})
		}
	}
	return list
}

// spend takes one of so many, if there is one left.
func spend(used *uint8, most int) bool {
	if int(*used) >= most {
		return false
	}
	*used++
	return true
}

func (k *cluster) campaign(s *State, c *model.Choice) bool {
	if int(s.Campaigns) >= k.Campaigns {
		return false
	}
	node := c.Int("node", k.Nodes)
	if int(s.Campaigns) < len(k.only) && k.only[s.Campaigns] != node {
		return false
	}
	if v := k.view(s, node); v.Role == "Leader" || v.Term >= termsMax-1 {
		return false
	}
	s.Campaigns++
	k.give(s, node, input{Kind: campaign})
	return true
}

func (k *cluster) propose(s *State, c *model.Choice) bool {
	if int(s.Proposals) >= k.Proposals {
		return false
	}
	node := c.Int("node", k.Nodes)
	if !k.leads(s, node) {
		return false
	}
	s.Proposals++
	k.give(s, node, input{Kind: propose, Number: s.Proposals})
	return true
}

func (k *cluster) restart(s *State, c *model.Choice) bool {
	if !spend(&s.Restarts, k.Restarts) {
		return false
	}
	k.give(s, c.Int("node", k.Nodes), input{Kind: restart})
	return true
}

// read asks node 0 again, too, as a client's retry does.
func (k *cluster) read(s *State, c *model.Choice) bool {
	if !k.leads(s, 0) {
		return false
	}
	read := c.Int("read", len(k.asks))
	if int(s.Asked[read]) >= k.asks[read] {
		return false
	}
	if s.Asked[read] == 0 {
		s.Floor[read] = uint8(k.committed(s))
	}
	s.Asked[read]++
	k.give(s, 0, input{Kind: ask, Number: uint8(read)})
	return true
}

func (k *cluster) heartbeat(s *State, c *model.Choice) bool {
	if int(s.Heartbeats) >= k.Heartbeats {
		return false
	}
	node := c.Int("node", k.Nodes)
	if !k.leads(s, node) {
		return false
	}
	s.Heartbeats++
	k.give(s, node, input{Kind: tick})
	return true
}

func (k *cluster) tick(s *State, c *model.Choice) bool {
	if int(s.Ticks) >= k.Ticks {
		return false
	}
	node := c.Int("node", k.Nodes)
	if k.view(s, node).Term >= termsMax-1 {
		return false
	}
	s.Ticks++
	k.give(s, node, input{Kind: tick})
	return true
}

func (k *cluster) transfer(s *State, c *model.Choice) bool {
	if int(s.Transfers) >= k.Transfers {
		return false
	}
	from := c.Int("from", k.Nodes)
	if v := k.view(s, from); v.Role != "Leader" || v.Term >= termsMax-1 {
		return false
	}
	to := c.Other("to", k.Nodes, from)
	s.Transfers++
	k.give(s, from, input{Kind: transfer, Number: uint8(to + 1)})
	return true
}

func (k *cluster) snapshot(s *State, c *model.Choice) bool {
	if int(s.Snapshots) >= k.Snapshots {
		return false
	}
	node := c.Int("node", k.Nodes)
	if v := k.view(s, node); v.Role != "Leader" || v.Commit < v.First {
		return false
	}
	s.Snapshots++
	k.give(s, node, input{Kind: compact})
	return true
}

func (k *cluster) remove(s *State, c *model.Choice) bool {
	if int(s.Changes) >= k.Changes {
		return false
	}
	node := c.Int("node", k.Nodes)
	if !k.leads(s, node) {
		return false
	}
	s.Changes++
	k.give(s, node, input{Kind: remove, Number: uint8(c.Int("member", k.Nodes) + 1)})
	return true
}

func (k *cluster) persist(s *State, c *model.Choice) bool {
	node := c.Int("node", k.Nodes)
	if !k.view(s, node).Waits {
		return false
	}
	k.give(s, node, input{Kind: persist})
	return true
}

func (k *cluster) send(s *State, c *model.Choice) bool {
	node := c.Int("node", k.Nodes)
	if !k.view(s, node).Handed {
		return false
	}
	k.give(s, node, input{Kind: send})
	return true
}
