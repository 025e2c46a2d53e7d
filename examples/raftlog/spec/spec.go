// Package spec is a model of go.etcd.io/raft/v3 that takes one step for each record which the
// library traces, and the meaning of these records.
//
// A node that handles a message writes several records in one go. The model takes a step for
// each, so a node owes records: see [Duty]. What only the library's flow control decides,
// such as when a leader sends entries to whom, is open.
package spec

import (
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

// Config is the group whose logs are checked.
type Config struct {
	Nodes  int  `flag:"nodes" default:"5" min:"1" max:"10" help:"nodes that may ever be part of the group"`
	Voters int  `flag:"voters" default:"3" min:"1" max:"10" help:"nodes that are voters in the snapshot with which all begin"`
	Fresh  bool `flag:"fresh" help:"there is no such snapshot: the nodes begin with empty disks, and the first members bootstrap the group"`
	Bug    string
}

// Raft is the model for a command line, with its logs.
var Raft = catalog.Define("raft", "go.etcd.io/raft/v3, one step for each record that the library traces", New,
	catalog.Logs(Records),
	catalog.Bug{
		Name: "apply-early", Doc: "a change of the configuration is applied before a quorum has it",
		Breaks: "AppliedIsCommitted", With: catalog.With{"nodes": "1", "fresh": "true"},
	},
)

// A search stays within these bounds. A log goes as far as it goes.
const (
	boundTerm   = 2
	boundLog    = 4
	boundNet    = 3
	boundOutbox = 3
)

// group is the model of one Config.
type group struct {
	Config
	base int // the index of the snapshot with which each node begins, in term 1; zero for none
}

// New returns the model.
func New(c Config) *model.Model[State] {
	c = catalog.Settle(c)
	g := &group{c, 1}
	if c.Fresh {
		g.base = 0
	}
	return &model.Model[State]{
		Name: "raft",
		Init: g.init,
		Actions: []model.Action[State]{
			{Name: "Start", Do: g.start},
			{Name: "Restore", Do: g.restore},
			{Name: "Recover", Do: g.comeBack},
			{Name: "Bootstrap", Do: g.bootstrap},
			{Name: "Join", Do: g.join},
			{Name: "Follow", Do: g.follow},
			{Name: "Campaign", Do: g.campaign},
			{Name: "AskVote", Do: g.askVote},
			{Name: "BecomeLeader", Do: g.becomeLeader},
			{Name: "Receive", Do: g.receive},
			{Name: "ReceiveStale", Do: g.receiveStale},
			{Name: "Respond", Do: g.respond},
			{Name: "Propose", Do: g.propose},
			{Name: "ProposeChange", Do: g.proposeChange},
			{Name: "Acknowledge", Do: g.acknowledge},
			{Name: "Commit", Do: g.commit},
			{Name: "SendAppend", Do: g.sendAppend},
			{Name: "SendHeartbeat", Do: g.sendHeartbeat},
			{Name: "Ready", Do: g.ready},
			{Name: "ApplyChange", Do: g.applyChange},
		},
		Properties: []model.Property[State]{
			model.Always("OneLeaderInATerm", g.oneLeader),
			model.Always("CommittedEntriesAgree", g.committedAgree),
			model.Always("AppliedIsCommitted", g.appliedCommitted),
			model.AlwaysStep("CommitNeverGoesBack", g.commitGrows),
		},
		Constraint:    g.small,
		AllowDeadlock: true,
	}
}

// init gives each node its disk.
func (g *group) init(s *State, _ *model.Choice) bool {
	for name := 1; name <= g.Nodes; name++ {
		n := s.node(name)
		d := &n.Disk
		if g.base == 0 {
			continue
		}
		d.Term, d.Commit, d.Applied = 1, uint16(g.base), uint16(g.base)
		n.Log, d.Kept = n.Log.add(item{Entry{Term: 1}, g.base}), uint16(g.base)
		for voter := 1; voter <= g.Voters; voter++ {
			d.Voters.Add(voter)
		}
	}
	return true
}

// name asks which node takes a step.
func (g *group) name(c *model.Choice) int { return c.Range("node", 1, g.Nodes) }

// oneLeader: no two nodes are leaders of one term.
func (g *group) oneLeader(s *State) bool {
	for i := range s.Nodes {
		for j := range i {
			a, b := &s.Nodes[i], &s.Nodes[j]
			if a.Role == Leader && b.Role == Leader && a.Term == b.Term {
				return false
			}
		}
	}
	return true
}

// committedAgree: what two nodes hold for committed is the same.
func (g *group) committedAgree(s *State) bool {
	for i := 1; i < g.Nodes; i++ {
		a, b := &s.Nodes[0], &s.Nodes[i]
		if !a.Log.SamePrefix(b.Log, int(min(a.Commit, b.Commit))) {
			return false
		}
	}
	return true
}

// commitGrows: what is committed stays so. A node that starts again begins with what its
// snapshot says.
func (g *group) commitGrows(before, after *State) bool {
	for i := range g.Nodes {
		a, b := &before.Nodes[i], &after.Nodes[i]
		if b.Commit < a.Commit && (len(b.Due) == 0 || b.Due[0].Kind != Restore) {
			return false
		}
	}
	return true
}

// appliedCommitted: a node that runs has applied no change that is not committed.
func (g *group) appliedCommitted(s *State) bool {
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.Started && n.Applied > n.Commit {
			return false
		}
	}
	return true
}

// small bounds a search.
func (g *group) small(s *State) bool {
	for i := range s.Nodes {
		if n := &s.Nodes[i]; n.Term > boundTerm || n.Log.Last()+n.Batch.Last() > boundLog || len(n.Outbox) > boundOutbox {
			return false
		}
	}
	return len(s.Net) <= boundNet
}
