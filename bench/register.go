package bench

import "github.com/muster-mc/muster/model"

// The model register has clients that read and write a register concurrently. Its
// property is linearizability of the whole history, checked in every state by a search
// for an order (Wing and Gong, "Testing and Verifying Concurrent Objects", 1993). It is an
// example of an expensive property.

const (
	registerClients = 3
	registerCalls   = 4
)

// call is an operation that was invoked. Zero means none.
type call struct {
	Client   uint8 // counting from 1
	Write    bool
	Value    uint8 // the value written or read
	Invoked  uint8 // the time of invocation, counting from 1
	Returned uint8 // the time of return, or 0
}

type history [registerCalls]call

type registerState struct {
	Value   uint8
	Seen    [registerClients]uint8 // the value of a client's pending read, plus one
	Now     uint8
	Paused  [registerClients]bool // not read by the property
	History history
}

func register() *model.Model[registerState] {
	return &model.Model[registerState]{
		Name: "register", AllowDeadlock: true,
		Actions: []model.Action[registerState]{
			{Name: "Invoke", Do: invoke},
			{Name: "Apply", Do: apply},
			{Name: "Return", Do: answer},
			{Name: "Pause", Do: pause, Fault: "pause"},
			{Name: "Resume", Do: resume},
		},
		Properties: []model.Property[registerState]{
			model.AlwaysOf("Linearizable", func(s *registerState) history { return s.History }, linearizable),
		},
	}
}

func pause(s *registerState, c *model.Choice) bool {
	client := c.Int("client", registerClients)
	if s.Paused[client] {
		return false
	}
	s.Paused[client] = true
	return true
}

func resume(s *registerState, c *model.Choice) bool {
	client := c.Int("client", registerClients)
	if !s.Paused[client] {
		return false
	}
	s.Paused[client] = false
	return true
}

// pending returns the client's call that has not returned.
func (s *registerState) pending(client int) *call {
	for i := range s.History {
		if c := &s.History[i]; int(c.Client) == client+1 && c.Returned == 0 {
			return c
		}
	}
	return nil
}

func invoke(s *registerState, c *model.Choice) bool {
	client := c.Int("client", registerClients)
	if s.Paused[client] || s.pending(client) != nil {
		return false
	}
	for i := range s.History {
		if s.History[i].Client == 0 {
			s.Now++
			s.History[i] = call{Client: uint8(client + 1), Write: c.Bool("write"), Value: uint8(i + 1), Invoked: s.Now}
			return true
		}
	}
	return false
}

func apply(s *registerState, c *model.Choice) bool {
	client := c.Int("client", registerClients)
	pending := s.pending(client)
	if s.Paused[client] || pending == nil || s.Seen[client] != 0 {
		return false
	}
	if pending.Write {
		s.Value = pending.Value
	}
	s.Seen[client] = s.Value + 1
	return true
}

func answer(s *registerState, c *model.Choice) bool {
	client := c.Int("client", registerClients)
	pending := s.pending(client)
	if s.Paused[client] || pending == nil || s.Seen[client] == 0 {
		return false
	}
	s.Now++
	pending.Returned = s.Now
	pending.Value = s.Seen[client] - 1
	s.Seen[client] = 0
	return true
}

// linearizable reports whether the calls that returned, together with some of those that
// did not, have a legal sequential order.
func linearizable(h *history) bool { return h.explains(0, [registerCalls]bool{}) }

func (h *history) explains(value uint8, done [registerCalls]bool) bool {
	finished := true
	for i, c := range h {
		finished = finished && (c.Returned == 0 || done[i])
	}
	if finished {
		return true
	}
	for i, c := range h {
		if c.Client == 0 || done[i] || !h.mayBeNext(c, done) || !c.Write && c.Returned != 0 && c.Value != value {
			continue
		}
		next := done
		next[i] = true
		after := value
		if c.Write {
			after = c.Value
		}
		if h.explains(after, next) {
			return true
		}
	}
	return false
}

// mayBeNext reports whether no remaining call returned before c was invoked.
func (h *history) mayBeNext(c call, done [registerCalls]bool) bool {
	for i, other := range h {
		if !done[i] && other.Returned != 0 && other.Returned < c.Invoked {
			return false
		}
	}
	return true
}
