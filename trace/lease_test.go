package trace_test

import (
	"strconv"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// lease is the state of most tests. It has fields of all kinds that models use.

type Lease struct {
	Holder Owner
	Epoch  uint8
	Nodes  [2]Node
	Sent   model.Set[Message]
	Log    []string
	votes  map[string]int
}

type Owner int8 // -1 means that nobody owns the lease

func (o Owner) String() string {
	if o < 0 {
		return "nobody"
	}
	return strconv.Itoa(int(o))
}

type Phase uint8

const (
	Idle Phase = iota
	Reading
	Holding
)

func (p Phase) String() string { return [...]string{"Idle", "Reading", "Holding"}[p] }

type Node struct {
	Phase Phase
	Seen  uint8
}

type Message struct {
	Kind Kind
	To   int8
}

type Kind uint8

func (k Kind) String() string { return [...]string{"Granted", "Refused"}[k] }

// newLease returns the initial state.
func newLease() *Lease { return &Lease{Holder: -1} }

// leaseTrace is a run in which two nodes get the lease.
func leaseTrace() *trace.Trace {
	var t trace.Trace
	s := newLease()
	step := func(action string, node int, change func()) {
		change()
		t.Append(action, trace.ArgumentsOf(asked("node", node)), trace.ValueOf(s))
	}
	acquire := func(n int) func() {
		return func() {
			s.Holder, s.Epoch, s.Nodes[n].Phase = Owner(n), s.Epoch+1, Holding
			s.Sent.Add(Message{To: int8(n)})
		}
	}
	t.Append("Init", nil, trace.ValueOf(s))
	step("Read", 0, func() { s.Nodes[0].Phase = Reading })
	step("Read", 1, func() { s.Nodes[1].Phase = Reading })
	step("Acquire", 0, acquire(0))
	step("Lose", 0, func() { s.Sent.Remove(Message{To: 0}) })
	step("Wait", 1, func() {})
	step("Acquire", 1, acquire(1))
	return &t
}
