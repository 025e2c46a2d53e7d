package network

import (
	"math/bits"
	"sync"

	"github.com/muster-mc/muster/model"
)

// The faults of a network, for model.Action.Fault and --without-fault.
const (
	FaultLoss        = "loss"
	FaultDuplication = "duplication"
	FaultPartition   = "partition"
)

// Protocol is a network with the participants that receive its messages. S is the type of
// the state and M that of the messages. [Protocol.Actions] makes the actions of it.
type Protocol[S any, M comparable] struct {
	// Net returns the network of a state.
	Net func(s *S) Net[M]

	// Receive handles a message: it changes the state, sends what there is to send and
	// returns true. Or it returns false before it changes anything: the message is not
	// handled. Then it stays in a Bag or a Set, and that is no step; on Links it is
	// consumed, and that is a step.
	Receive func(s *S, e Envelope[M], out *Out[M]) bool

	// Taker makes a Taker, with which a search tries only messages that are handled. It is for packages
	// that call handlers, such as package actor. Nil means that all messages are tried.
	Taker func() Taker[S, M]

	// Reachable returns the participants that can receive messages now. Messages to others
	// stay in the network. Nil means all.
	Reachable func(s *S) IDs

	// Obsolete reports whether a message that is in flight means nothing to its receiver any
	// more, whatever will happen: Receive would return false now and for ever. Such messages
	// are removed after each step, so that states which differ in nothing else become one: a
	// ballot or a term that has passed, an answer that came too late. Nil means that
	// no message is. Links need no such thing, since they consume what is not handled.
	Obsolete func(s *S, e Envelope[M]) bool

	// Sending and Received are told of each message that is sent, and of each that was
	// handled: for histories and monitors that a state has. Received comes after the
	// handler has changed the state, and before the messages that it sends. Nil means
	// that nothing is told.
	Sending, Received func(s *S, e Envelope[M])

	Faults Faults[S]

	// LastDelivered returns where a state remembers the message that was delivered last.
	// Nil means that it is not remembered. No protocol depends on it; it is for counts
	// that other checkers give, whose states have that part.
	LastDelivered func(s *S) *Last[M]

	// Fair is the fairness of deliveries. None means that a message can be in flight for
	// ever.
	Fair model.Fairness

	_ struct{}
}

// Taker says which messages Protocol.Receive would handle, and leaves the state as it was. It is for one
// goroutine at a time, and so can have memory of its own.
type Taker[S any, M comparable] struct {
	// Begin is called before messages in a state are asked about.
	Begin func(s *S)

	// Takes has a function for each participant, by ID.Index, that reports whether Receive would return
	// true for a message to the participant. What it sends by out is not sent.
	Takes []func(e *Envelope[M], out *Out[M]) bool

	_ struct{}
}

// Faults says what can go wrong in a network. The zero value is the reliable one.
type Faults[S any] struct {
	// Lossy adds the action Lose, by which a message is lost: on Links the first of a
	// queue, which is any message, since each one is the first at some time.
	Lossy bool

	// Duplicating adds the action Duplicate, by which a message is delivered and stays
	// in the network.
	Duplicating bool

	// Overtaking adds the action Overtake, by which a message of Links is delivered and
	// all messages before it on its link are lost: connections that break and are
	// made again. It is of the fault loss. Other networks have no such action.
	Overtaking bool

	// Partition returns where a state keeps its partition, and adds the actions Partition
	// and Heal. Nil means no partitions.
	Partition func(s *S) *Partition

	// Participants is how many there are, for the choice of those that are cut off.
	Participants int

	// Partitions is how many partitions there are in a run. Zero means any number; the
	// state then does not count them.
	Partitions int

	_ struct{}
}

// Partition is a network that is cut in two: no message passes from the one side to the
// other, either way. Such messages stay in flight until it heals. The zero value is the
// network in one piece.
type Partition struct {
	Apart IDs   // those on the one side; none if the network is in one piece
	Count uint8 // how many partitions there have been, if their number is bounded
}

// Separates reports whether messages between two participants cannot pass.
func (p *Partition) Separates(a, b ID) bool { return p.Apart.Has(a) != p.Apart.Has(b) }

// Last is a message that was delivered. The zero value means none.
type Last[M comparable] struct {
	Known    bool
	Envelope Envelope[M]
}

// Within returns a constraint for model.Model.Constraint: no more than so many messages
// are in flight. The report of a search says how many states the constraint has left out;
// if it says nothing of a constraint the bound never bit.
func Within[S any, M comparable](net func(s *S) Net[M], most int) func(s *S) bool {
	return func(s *S) bool { return net(s).Len() <= most }
}

// Actions returns the actions Deliver and, if the faults say so, Lose, Duplicate,
// Overtake, Partition and Heal. It panics if Net or Receive is missing.
func (p Protocol[S, M]) Actions() []model.Action[S] {
	if p.Net == nil || p.Receive == nil {
		panic("network: a Protocol needs Net, which returns the network of a state, and Receive, which handles a message")
	}
	r := &runner[S, M]{p, &sync.Pool{New: func() any {
		h := &hands[S, M]{}
		if p.Taker != nil {
			h.taker = p.Taker()
		}
		return h
	}}}
	f := &p.Faults
	list := []model.Action[S]{{Name: "Deliver", Do: r.deliver, Fair: p.Fair}}
	if f.Duplicating {
		list = append(list, model.Action[S]{Name: "Duplicate", Do: r.duplicate, Fault: FaultDuplication})
	}
	if f.Lossy {
		list = append(list, model.Action[S]{Name: "Lose", Do: r.lose, Fault: FaultLoss})
	}
	if f.Overtaking {
		list = append(list, model.Action[S]{Name: "Overtake", Do: r.overtake, Fault: FaultLoss})
	}
	if f.Partition != nil {
		list = append(list,
			model.Action[S]{Name: "Partition", Do: f.part, Fault: FaultPartition},
			model.Action[S]{Name: "Heal", Do: f.heal})
	}
	return list
}

// runner has what the actions share. Workers call them at the same time, so each call
// takes hands from the pool.
type runner[S any, M comparable] struct {
	Protocol[S, M]
	hands *sync.Pool
}

// hands is the memory of a call.
type hands[S any, M comparable] struct {
	out   Out[M]
	taker Taker[S, M]
}

func (r *runner[S, M]) deliver(s *S, c *model.Choice) bool {
	net := r.Net(s)
	return r.receives(s, c, net, attempt{mayRefuse: !net.consumes()})
}

// duplicate: a Set delivers again anyway.
func (r *runner[S, M]) duplicate(s *S, c *model.Choice) bool {
	net := r.Net(s)
	return !net.keeps() && r.receives(s, c, net, attempt{again: true, mayRefuse: true})
}

func (r *runner[S, M]) overtake(s *S, c *model.Choice) bool {
	return r.receives(s, c, r.Net(s), attempt{behind: true})
}

// attempt says how a message is delivered.
type attempt struct {
	behind    bool // one that is behind others on its link
	again     bool // it stays in the network
	mayRefuse bool // if the message is not handled, that is no step
}

// receives has the message received that the choice chooses. Where a message that is not handled makes no
// step, a search chooses only among those that the Taker says are handled.
func (r *runner[S, M]) receives(s *S, c *model.Choice, net Net[M], a attempt) bool {
	h := r.hands.Get().(*hands[S, M])
	var i int
	if h.taker.Begin == nil || !a.mayRefuse {
		i = choose(c, "message", net, func() passage { return r.open(s, a.behind) }, nil)
	} else {
		i = choose(c, "message", net, func() passage {
			h.taker.Begin(s)
			return r.open(s, a.behind)
		}, func(i int) bool {
			e := net.at(i)
			h.out.Reset(e.To)
			return !h.taker.Takes[e.To.Index()](e, &h.out)
		})
	}
	received := i >= 0 && c.Reason("the receiver takes the message", r.handle(s, net, i, h, a))
	r.hands.Put(h)
	return received
}

// lose: a message to a participant that cannot be reached can be lost, too.
func (r *runner[S, M]) lose(s *S, c *model.Choice) bool {
	net := r.Net(s)
	i := choose(c, "lost", net, func() passage { return passage{to: ^IDs(0)} }, nil)
	if i >= 0 {
		net.discard(i)
	}
	return i >= 0
}

// passage says which messages can pass: those that can be delivered next, or those behind others on
// their link.
type passage struct {
	to     IDs // the receivers that can be reached
	apart  IDs // the participants on the one side of a partition
	behind bool
}

func (p passage) has(from, to ID) bool {
	return p.to.Has(to) && (p.apart == 0 || p.apart.Has(from) == p.apart.Has(to))
}

// open returns the passage that a state leaves open.
func (r *runner[S, M]) open(s *S, behind bool) passage {
	p := passage{to: ^IDs(0), behind: behind}
	if r.Reachable != nil {
		p.to = r.Reachable(s)
	}
	if of := r.Faults.Partition; of != nil {
		p.apart = of(s).Apart
	}
	return p
}

// choose chooses among the messages that can pass. It returns -1 if there is none. As long as a word has
// a bit for each message, it looks for them once for all attempts in a state, and leaves out those that
// are refused.
func choose[M comparable](c *model.Choice, question string, net Net[M], among func() passage, refuses func(i int) bool) int {
	if net.Len() > 64 {
		return chooseOfMany(c, question, net, among())
	}
	isNone := false
	i := model.MemberUnless(c, question, func() uint64 {
		places := net.passing(0, among())
		isNone = places == 0
		return places
	}, refuses)
	if isNone {
		return -1
	}
	model.Show(c, *net.at(i))
	return i
}

func chooseOfMany[M comparable](c *model.Choice, question string, net Net[M], among passage) int {
	n := 0
	for from := 0; from < net.Len(); from += 64 {
		n += bits.OnesCount64(net.passing(from, among))
	}
	left := c.Int(question, n)
	if n == 0 {
		return -1
	}
	from, places := 0, net.passing(0, among)
	for left >= bits.OnesCount64(places) {
		left -= bits.OnesCount64(places)
		from += 64
		places = net.passing(from, among)
	}
	for ; left > 0; left-- {
		places &= places - 1
	}
	i := from + bits.TrailingZeros64(places)
	model.Show(c, *net.at(i))
	return i
}

// handle has a message handled. The handler comes first, since it may turn the message
// down.
func (r *runner[S, M]) handle(s *S, net Net[M], i int, h *hands[S, M], a attempt) bool {
	e := *net.at(i)
	h.out.Reset(e.To)
	handled := r.Receive(s, e, &h.out)
	if !handled && a.mayRefuse {
		return false
	}
	if handled && r.Received != nil {
		r.Received(s, e)
	}
	if !a.again {
		net.remove(i)
	}
	if r.LastDelivered != nil {
		*r.LastDelivered(s) = Last[M]{true, e}
	}
	if handled {
		r.Emit(s, &h.out)
	}
	return true
}

// Emit puts the messages that a handler has sent into the network. It is for packages that
// call handlers of their own, such as package actor.
func (p *Protocol[S, M]) Emit(s *S, out *Out[M]) {
	net := p.Net(s)
	for _, e := range out.sent {
		if p.Sending != nil {
			p.Sending(s, e)
		}
		net.Send(e.From, e.To, e.Message)
	}
	out.sent = out.sent[:0]
	p.prune(s, net)
}

// prune removes what is obsolete.
func (p *Protocol[S, M]) prune(s *S, net Net[M]) {
	if p.Obsolete == nil || net.consumes() {
		return
	}
	for i := net.Len() - 1; i >= 0; i-- {
		if p.Obsolete(s, *net.at(i)) {
			net.discard(i)
		}
	}
}

// part cuts off up to half of the participants: to cut off the others is the same. Of
// two halves either can be the one that is named, since to prefer one would not be
// symmetric.
func (f *Faults[S]) part(s *S, c *model.Choice) bool {
	p := f.Partition(s)
	if !c.Reason("the network is whole", p.Apart == 0) ||
		!c.Reason("there were fewer partitions than may be", f.Partitions == 0 || int(p.Count) < f.Partitions) {
		return false
	}
	p.Apart = model.Subset(c, "apart", Among(f.Participants), 1, f.Participants/2)
	if f.Partitions > 0 {
		p.Count++
	}
	return true
}

func (f *Faults[S]) heal(s *S, c *model.Choice) bool {
	p := f.Partition(s)
	if !c.Reason("the network is parted", p.Apart != 0) {
		return false
	}
	p.Apart = 0
	return true
}
