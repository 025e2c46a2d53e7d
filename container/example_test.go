package container_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// Store is a leader with a log, and a follower that is sent the entries one after the other.
type Store struct {
	Leader, Follower container.Log[Command, [2]Command]
	Link             container.Queue[Command, [2]Command]
}

// Command is an entry of the log.
type Command uint8

func (c Command) String() string { return "put " + string('x'+rune(c)) }

// put appends to the leader's log, and commits before the follower has the entry: a mistake.
func put(s *Store, c *model.Choice) bool {
	if s.Leader.Full() {
		return false
	}
	command := model.Pick(c, "command", []Command{0, 1})
	s.Leader.Append(command)
	s.Leader.Commit(s.Leader.Len())
	s.Link.Push(command)
	return true
}

// receive is the follower's side.
func receive(s *Store, _ *model.Choice) bool {
	command, ok := s.Link.Pop()
	if ok {
		s.Follower.Append(command)
	}
	return ok
}

// crash loses the leader. The follower's log is then the log.
func crash(s *Store, _ *model.Choice) bool {
	s.Leader = s.Follower
	s.Link.Clear()
	return true
}

// A committed entry is lost with the leader.
func Example() {
	store := &model.Model[Store]{
		Name: "store",
		Actions: []model.Action[Store]{
			{Name: "Put", Do: put}, {Name: "Receive", Do: receive}, {Name: "Crash", Do: crash, Fault: "crash"},
		},
		Properties: []model.Property[Store]{
			model.AlwaysStep("NoCommittedEntryIsLost", func(before, after *Store) bool {
				return after.Leader.Agrees(&before.Leader, before.Leader.Committed())
			}),
		},
	}
	report, err := explore.Check(context.Background(), store, explore.Options{})
	if err != nil {
		panic(err)
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                    (all zero)
	//   2  Put(command="put x")    Leader: + [0] put x   Leader.Committed: 0 -> 1   Link: + put x
	//   3  Crash [fault: crash]    Leader: - [0] put x   Leader.Committed: 1 -> 0   Link: - put x
}

// A queue in an array is a value: it is assigned and compared as one.
func ExampleQueue() {
	var inbox container.Queue[string, [3]string]
	inbox.Push("prepare")
	inbox.Push("commit")
	copied := inbox
	first, _ := inbox.Pop()
	fmt.Println(first, inbox.Len(), copied.Len(), inbox == copied)
	// Output: prepare 1 2 false
}

// What is not synced can be lost.
func ExampleLog() {
	var l container.Log[string, [4]string]
	l.Append("put x")
	l.Sync()
	l.Append("put y")
	l.Lose(l.Unsynced())
	for i, entry := range l.All() {
		fmt.Println(i, entry)
	}
	// Output: 0 put x
}

// A ring forgets the oldest element.
func ExampleRing() {
	var answered container.Ring[string, [2]string]
	for _, request := range []string{"a", "b", "c"} {
		answered.Push(request)
	}
	fmt.Println(answered.Has("a"), answered.At(0), answered.At(1))
	// Output: false b c
}
