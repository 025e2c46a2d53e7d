package membership

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

func (p *protocol) properties() []model.Property[State] {
	list := []model.Property[State]{
		model.Always("TypeOK", p.typeOK),
		model.Always("JoinAtomicity", p.joinAtomicity).Explained(p.halfMember),
		model.Always("NoSplitBrain", p.noSplitBrain).Explained(p.splitBrain),
		model.Always("MembershipConsistency", p.consistent).Explained(p.inconsistency),
		model.Always("FailedIsBlank", p.failedIsBlank),
		model.Always("PrimaryIsActive", p.primaryIsActive),
		model.AlwaysStep("StatusFollows", p.statusFollows),
		model.AlwaysStep("FounderLeads", p.founderLeads),
		model.AlwaysStep("ChangesAreNumbered", p.changesAreNumbered),
		model.Reachable("SomebodyJoins", p.somebodyJoins),
		model.Reachable("PrimaryReplaced", p.primaryReplaced),
		model.Reachable("SomebodyLeaves", p.someNode(func(n Node) bool { return n.Status == Left && n.ViewNumber > 0 })),
		model.Reachable("SomebodyIsHeard", p.someNode(func(n Node) bool { return n.Heartbeat })),
	}
	if p.MaxView > 2 {
		list = append(list,
			model.Reachable("SomebodyFails", p.someNode(func(n Node) bool { return n.Status == Failed })),
			model.Reachable("FailedReturns", p.someNode(func(n Node) bool { return n.Status == Left && n.Heartbeat && n.ViewNumber == 0 })),
			model.Reachable("HealedApart", p.healedApart))
	}
	if p.AnnounceRecovery {
		// It fails without: a failed node comes back while others list it.
		list = append(list, model.Always("LeaveDetectionWeak", p.leaveDetected).Explained(p.undetected))
	}
	return list
}

// typeOK: counters within their bounds, sets of existing nodes, and links that
// are cut at both ends.
func (p *protocol) typeOK(s *State) bool {
	for n, node := range s.Nodes[:p.Nodes] {
		if int(node.ViewNumber) > p.MaxView || int(node.Term) > p.MaxView {
			return false
		}
		if int(node.View)>>p.Nodes != 0 || int(s.Cut[n])>>p.Nodes != 0 || s.Cut[n].has(n) {
			return false
		}
		for m := range n {
			if s.Cut[n].has(m) != s.Cut[m].has(n) {
				return false
			}
		}
	}
	return true
}

// joinAtomicity: members have a view, outsiders have none.
func (p *protocol) joinAtomicity(s *State) bool { return p.halfMembers(s) == 0 }

func (p *protocol) halfMembers(s *State) NodeSet {
	var half NodeSet
	for n, node := range s.Nodes[:p.Nodes] {
		member := node.Status == Active
		if node.Status != Leaving && member != (node.View != 0) {
			half = half.with(n)
		}
	}
	return half
}

func (p *protocol) halfMember(s *State) string {
	return fmt.Sprintf("nodes %v: a member without a view, or an outsider with one", p.halfMembers(s))
}

// noSplitBrain: at most one valid primary.
func (p *protocol) noSplitBrain(s *State) bool { return p.validPrimaries(s).len() <= 1 }

func (p *protocol) splitBrain(s *State) string {
	return fmt.Sprintf("nodes %v are all valid primaries", p.validPrimaries(s))
}

// consistent: members who list each other under the same view number have the
// same view.
func (p *protocol) consistent(s *State) bool {
	a, _ := p.disagreement(s)
	return a < 0
}

func (p *protocol) disagreement(s *State) (a, b int) {
	for a := range p.Nodes {
		for b := range a {
			x, y := &s.Nodes[a], &s.Nodes[b]
			if x.Status == Active && y.Status == Active && x.ViewNumber == y.ViewNumber &&
				x.View.has(b) && y.View.has(a) && x.View != y.View {
				return a, b
			}
		}
	}
	return -1, -1
}

func (p *protocol) inconsistency(s *State) string {
	a, b := p.disagreement(s)
	return fmt.Sprintf("view %d is %v to node %d and %v to node %d",
		s.Nodes[a].ViewNumber, s.Nodes[a].View, a, s.Nodes[b].View, b)
}

// leaveDetected: nobody active lists a node that is outside.
func (p *protocol) leaveDetected(s *State) bool { return p.ghosts(s) == 0 }

// ghosts are the nodes outside that an active node lists.
func (p *protocol) ghosts(s *State) NodeSet {
	var left, listed NodeSet
	for n, node := range s.Nodes[:p.Nodes] {
		switch node.Status {
		case Left:
			left = left.with(n)
		case Active:
			listed |= node.View
		}
	}
	return left & listed
}

func (p *protocol) undetected(s *State) string {
	return fmt.Sprintf("nodes %v are outside, and still in an active node's view", p.ghosts(s))
}

func (p *protocol) somebodyJoins(s *State) bool { return p.active(s).len() > 1 }

// primaryReplaced: a valid primary of a later term than the founder's.
func (p *protocol) primaryReplaced(s *State) bool {
	valid := p.validPrimaries(s)
	for n, node := range s.Nodes[:p.Nodes] {
		if valid.has(n) && node.Term > 1 {
			return true
		}
	}
	return false
}
