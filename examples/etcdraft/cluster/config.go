package cluster

import (
	"strconv"
	"strings"
)

// Config bounds a run. What is zero does not happen.
type Config struct {
	Nodes       int    `flag:"nodes" default:"3" min:"1" max:"3" help:"members of the cluster"`
	Network     string `flag:"network" default:"links" oneof:"links bag" help:"links: in order for each pair, and what is overtaken is lost; bag: in any order"`
	Campaigns   int    `flag:"campaigns" default:"1" min:"0" max:"4" help:"campaigns that begin"`
	Campaigners string `flag:"campaigners" default:"any" oneof:"any 0 1 2 0,0 0,1 1,0 0,1,0 0,1,2 0,1,0,1" help:"who begins the campaigns, in order"`
	Proposals   int    `flag:"proposals" default:"0" min:"0" max:"4" help:"proposals to leaders"`
	Restarts    int    `flag:"restarts" default:"0" min:"0" max:"3" help:"crashes, each followed by a restart"`
	Reads       string `flag:"reads" default:"none" oneof:"none 1 2 3 1,1 2,1 2,2 3,1" help:"how often each read is asked at node 0 while that leads"`
	Heartbeats  int    `flag:"heartbeats" default:"0" min:"0" max:"4" help:"heartbeats of leaders"`
	PreVote     bool   `flag:"pre-vote" help:"a candidate asks first whether it could win"`
	CheckQuorum bool   `flag:"check-quorum" help:"a leader that hears from no majority steps down; nodes have --ticks"`
	Ticks       int    `flag:"ticks" default:"0" min:"0" max:"8" help:"ticks of the nodes' clocks, with --check-quorum"`
	Transfers   int    `flag:"transfers" default:"0" min:"0" max:"2" help:"leaders that are asked to hand over"`
	Snapshots   int    `flag:"snapshots" default:"0" min:"0" max:"2" help:"snapshots by which a leader replaces its log"`
	Changes     int    `flag:"changes" default:"0" min:"0" max:"1" help:"proposals to remove a member, by way of a joint configuration"`
	Fine        bool   `flag:"fine" help:"to persist and to send are steps of their own, between which a node can crash"`
	Bug         string
}

// numbers reads a list, such as 2,1.
func numbers(list string) (all []int) {
	for _, word := range strings.Split(list, ",") {
		if n, err := strconv.Atoi(word); err == nil {
			all = append(all, n)
		}
	}
	return all
}
