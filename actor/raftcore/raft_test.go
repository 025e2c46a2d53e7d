package raftcore

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/network"
)

type (
	none = struct{}
	node = Node[none]
)

// log returns a log with entries of these terms.
func log(terms ...uint8) (l Log[none]) {
	for _, t := range terms {
		l.Append(Entry[none]{Term: t})
	}
	l.Sync()
	return l
}

// terms returns the terms of a log's entries.
func terms(l *Log[none]) (list []uint8) {
	for _, e := range l.All() {
		list = append(list, e.Term)
	}
	return list
}

// step has server 1 take a step, and returns what it has sent.
func step(do func(out *network.Out[Message[none]]) bool) (sent []string, ok bool) {
	var out network.Out[Message[none]]
	out.Reset(1)
	ok = do(&out)
	var net network.Bag[Message[none]]
	type state struct{}
	p := network.Protocol[state, Message[none]]{Net: func(*state) network.Net[Message[none]] { return &net }}
	p.Emit(&state{}, &out)
	for e := range net.All() {
		sent = append(sent, e.String())
	}
	return sent, ok
}

var three = Raft[none]{Members: network.Among(3)}

func TestEveryFieldIsDurableOrLost(t *testing.T) { crash.Decided[node](t) }

// What a follower with a log of terms 1 1 2 makes of entries that a leader of term 3 sends.
func TestStore(t *testing.T) {
	for _, row := range []struct {
		place, last uint8
		entries     []uint8
		want        []uint8
		answer      string
	}{
		{0, 0, []uint8{1}, []uint8{1, 1, 2}, "Stored(term 3, 1)"},    // an old message takes nothing away
		{1, 1, []uint8{1, 2}, []uint8{1, 1, 2}, "Stored(term 3, 3)"}, // what it has
		{1, 1, []uint8{3}, []uint8{1, 3}, "Stored(term 3, 2)"},       // a conflict
		{3, 2, []uint8{3, 3}, []uint8{1, 1, 2, 3, 3}, "Stored(term 3, 5)"},
		{2, 2, nil, []uint8{1, 1, 2}, "Refused(term 3, 1)"}, // another entry before
		{5, 2, nil, []uint8{1, 1, 2}, "Refused(term 3, 3)"}, // no entry before
	} {
		n := node{Term: 2, Log: log(1, 1, 2)}
		m := Message[none]{Kind: Append, Term: 3, Place: row.place, Last: row.last, Entries: log(row.entries...)}
		sent, _ := step(func(out *network.Out[Message[none]]) bool { return three.Receive(&n, 2, m, out) })
		if got := terms(&n.Log); !slices.Equal(got, row.want) || len(sent) != 1 || sent[0] != "1->2:"+row.answer {
			t.Errorf("%v: %v, %v; want %v, %s", m, got, sent, row.want, row.answer)
		}
	}
}

// Who gets the vote of a server in term 2 with a log of terms 1 2.
func TestVote(t *testing.T) {
	for _, row := range []struct {
		term, place, last uint8
		voted             network.ID
		want              string
	}{
		{3, 2, 2, 0, "[1->2:Vote(term 3)] true"},
		{3, 1, 3, 0, "[1->2:Vote(term 3)] true"}, // a shorter log with a newer entry
		{3, 3, 1, 0, "[] true"},                  // a longer log with older ones: only the term is new
		{3, 2, 2, 3, "[1->2:Vote(term 3)] true"}, // a vote in an older term
		{2, 2, 2, 3, "[] false"},                 // it has voted
		{2, 1, 2, 0, "[] false"},
		{1, 2, 2, 0, "[] false"},
	} {
		n := node{Term: 2, Voted: row.voted, Log: log(1, 2)}
		m := Message[none]{Kind: VoteRequest, Term: row.term, Place: row.place, Last: row.last}
		sent, ok := step(func(out *network.Out[Message[none]]) bool { return three.Receive(&n, 2, m, out) })
		if got := fmt.Sprint(sent, ok); got != row.want {
			t.Errorf("%v, voted %d: %s; want %s", m, row.voted, got, row.want)
		}
	}
}

// A leader commits what a majority has, if the last of it is of its term.
func TestCommit(t *testing.T) {
	for _, row := range []struct {
		log  []uint8
		has  uint8
		flaw Flaw
		want uint8
	}{
		{[]uint8{1, 2}, 1, "", 0}, {[]uint8{1, 2}, 2, "", 0}, {[]uint8{1, 3}, 1, "", 0}, {[]uint8{1, 3}, 2, "", 2},
		{[]uint8{1, 2}, 1, CommitOldTerm, 1},
	} {
		n := node{Term: 3, Role: Leader, Log: log(row.log...)}
		r := three
		r.Flaw = row.flaw
		step(func(out *network.Out[Message[none]]) bool {
			return r.Receive(&n, 2, Message[none]{Kind: Stored, Term: 3, Place: row.has}, out)
		})
		if n.Commit != row.want {
			t.Errorf("%+v: %d are committed", row, n.Commit)
		}
	}
}

// A follower takes over a snapshot of terms 1 2, and keeps what follows the same entries.
func TestInstall(t *testing.T) {
	for _, row := range []struct{ log, want []uint8 }{
		{nil, []uint8{1, 2}}, {[]uint8{1}, []uint8{1, 2}}, {[]uint8{1, 1, 1}, []uint8{1, 2}}, {[]uint8{1, 2, 2}, []uint8{1, 2, 2}},
	} {
		n := node{Term: 3, Log: log(row.log...)}
		m := Message[none]{Kind: Install, Term: 3, Entries: log(1, 2)}
		sent, _ := step(func(out *network.Out[Message[none]]) bool { return three.Receive(&n, 2, m, out) })
		if got := terms(&n.Log); !slices.Equal(got, row.want) || n.Base != 2 || n.Commit != 2 || sent[0] != "1->2:Stored(term 3, 2)" {
			t.Errorf("%v: %v, base %d, commit %d, %v", row.log, got, n.Base, n.Commit, sent)
		}
	}
}

// A follower that refuses gets what it lacks, and a snapshot if that is not there any more.
func TestRefused(t *testing.T) {
	for base, want := range map[uint8]string{
		1: "[1->2:Append(term 3, after 1@1, [write @2], commit 2)]",
		2: "[1->2:Install(term 3, [write @1 write @2])]",
	} {
		n := node{Term: 3, Role: Leader, Log: log(1, 2), Base: base, Commit: 2}
		sent, _ := step(func(out *network.Out[Message[none]]) bool {
			return three.Receive(&n, 2, Message[none]{Kind: Refused, Term: 3, Place: 1}, out)
		})
		if fmt.Sprint(sent) != want {
			t.Errorf("base %d: %v; want %s", base, sent, want)
		}
	}
}

// Members change one by one, each change once the one before and an entry of the term are committed.
func TestChange(t *testing.T) {
	n := node{Term: 2, Role: Leader, Log: log(1, 2), Commit: 1}
	change := func(id network.ID) bool {
		_, ok := step(func(out *network.Out[Message[none]]) bool { return three.Change(&n, id, out) })
		return ok
	}
	if change(2) {
		t.Error("a change before an entry of the term is committed")
	}
	n.Commit = 2
	if !change(2) || three.MembersOf(&n) != network.IDs(0).With(1).With(3) {
		t.Errorf("members are %v; want 1 and 3", three.MembersOf(&n))
	}
	if change(4) {
		t.Error("a change while another is under way")
	}
	n.Commit = 3
	if !change(4) || three.MembersOf(&n) != network.IDs(0).With(1).With(3).With(4) {
		t.Errorf("members are %v; want 1, 3 and 4", three.MembersOf(&n))
	}
	alone := node{Term: 1, Role: Leader, Log: log(1), Commit: 1}
	if r := (Raft[none]{Members: network.Among(1)}); r.Change(&alone, 1, new(network.Out[Message[none]])) {
		t.Error("the last member leaves")
	}
}

// A leader that has committed its own removal leads no more.
func TestRemovedLeaderStepsDown(t *testing.T) {
	n := node{Term: 1, Role: Leader, Log: log(1), Commit: 1}
	n.Log.Append(Entry[none]{Term: 1, Kind: Remove, Server: 1})
	stored := func(from network.ID) {
		step(func(out *network.Out[Message[none]]) bool {
			return three.Receive(&n, from, Message[none]{Kind: Stored, Term: 1, Place: 2}, out)
		})
	}
	if stored(2); n.Role != Leader {
		t.Fatal("the entry is on one of the two who stay")
	}
	if stored(3); n.Role != Follower || n.Commit != 2 {
		t.Errorf("%v, %d are committed", n.Role, n.Commit)
	}
}

// A read is done when a majority, the leader itself among them, has answered its round.
func TestRead(t *testing.T) {
	n := node{Term: 1, Role: Leader, Log: log(1), Commit: 1, Reading: Reading{Round: 1}}
	sent, ok := step(func(out *network.Out[Message[none]]) bool { return three.Read(&n, out) })
	if want := "[1->2:Heartbeat(term 1, commit 0, round 2) 1->3:Heartbeat(term 1, commit 0, round 2)]"; !ok || fmt.Sprint(sent) != want {
		t.Errorf("%v; want %s", sent, want)
	}
	heard := func(round uint8) bool {
		_, ok := step(func(out *network.Out[Message[none]]) bool {
			return three.Receive(&n, 3, Message[none]{Kind: HeartbeatHeard, Term: 1, Round: round}, out)
		})
		return ok
	}
	if heard(1) {
		t.Error("an answer of the round before counts")
	}
	heard(2)
	if index, done := n.TakeRead(); !done || index != 1 || n.Reading != (Reading{Round: 2}) {
		t.Errorf("%d, %t; the read is %+v", index, done, n.Reading)
	}
}

// What each property says of states that break it, and of some that look as if.
func TestProperties(t *testing.T) {
	committed := func(entry, in uint8) (p Past[none]) {
		p.Committed.Append(Committed[none]{Entry[none]{Term: entry}, in, network.Among(3)})
		return p
	}
	led := func(term uint8, id network.ID) (p Past[none]) {
		p.Leaders[term] = id
		return p
	}
	for _, row := range []struct {
		name  string
		wrong func(p *Past[none], list []node) string
		past  Past[none]
		list  []node
		want  string
	}{
		{"one leader", twoLeaders[none], led(1, 2), []node{{Term: 1}, {Term: 1, Role: Leader}}, ""},
		{"another after a crash", twoLeaders[none], led(1, 2), []node{{Term: 1, Role: Leader}, {Term: 1}}, "2 and 1 were elected in term 1"},
		{"logs that match", mismatch[none], Past[none]{}, []node{{Log: log(1, 1)}, {Log: log(1, 2)}}, ""},
		{"logs that do not", mismatch[none], Past[none]{}, []node{{Log: log(1, 2)}, {Log: log(2, 2)}}, "the logs of 1 and 2 have entries of the same term at place 2"},
		{"an old leader without an entry that is committed later", incomplete[none], committed(1, 3), []node{{Term: 2, Role: Leader}}, ""},
		{"a new leader without it", incomplete[none], committed(1, 3), []node{{}, {Term: 4, Role: Leader}}, "2 leads in term 4 without the entry write @1 at place 1, which was committed in term 3"},
		{"the same entry", contradiction[none], committed(1, 1), []node{{Commit: 1, Log: log(1)}}, ""},
		{"another one", contradiction[none], committed(1, 1), []node{{Commit: 1, Log: log(2)}}, "1 takes another entry for committed at place 1 than write @1"},
		{"on two of three", lost[none], committed(1, 1), []node{{Log: log(1)}, {Log: log(1)}, {}}, ""},
		{"on one of three", lost[none], committed(1, 1), []node{{Log: log(1)}, {}, {}}, "of these {1} has it on the disk"},
	} {
		got := row.wrong(&row.past, row.list)
		if !strings.Contains(got, row.want) || (got == "") != (row.want == "") {
			t.Errorf("%s: %q; want %q", row.name, got, row.want)
		}
	}
}
