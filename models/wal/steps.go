package wal

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Guards of several actions.
const (
	isUp      = "the server is up"
	notDown   = "the server is not down"
	recovers  = "the server recovers"
	hasRoom   = "the log has room"
	mayAsk    = "the client may have one more entry in the log"
	isPending = "the entry is pending"
)

// append: a client sends a request, which is logged.
func (p *protocol) append(s *State, c *model.Choice) bool {
	if !c.Reason(isUp, s.Mode == Up) || !c.Reason(hasRoom, !p.full(s)) {
		return false
	}
	client := c.Int("client", p.Clients)
	if !c.Reason(mayAsk, !p.busy(s, client)) {
		return false
	}
	request := Request{model.Pick(c, "op", ops), model.Pick(c, "data", p.data)}
	key := s.NextKey[client]
	if p.known(s, client, key) {
		return true
	}
	s.log(client, key, request)
	if p.Bug == "number-by-length" {
		s.Log[s.Length-1].ID = s.Length
	}
	if p.Bug != "keep-key" {
		s.NextKey[client]++
	}
	if p.Retries {
		s.Last[client] = request
	}
	return true
}

// retry: a client that has seen no answer sends its last request again. If that
// is known it is answered from memory, and nothing changes.
func (p *protocol) retry(s *State, c *model.Choice) bool {
	if !c.Reason(isUp, s.Mode == Up) || !c.Reason(hasRoom, !p.full(s)) {
		return false
	}
	client := c.Int("client", p.Clients)
	if !c.Reason("the client has asked before", s.NextKey[client] != 1) || !c.Reason(mayAsk, !p.busy(s, client)) {
		return false
	}
	key := s.NextKey[client] - 1
	if !p.known(s, client, key) {
		s.log(client, key, s.Last[client])
	}
	return true
}

func (p *protocol) full(s *State) bool {
	if p.Bug == "full-by-one" {
		return int(s.Length) > p.Entries
	}
	return int(s.Length) >= p.Entries
}

// busy: the client has all the entries in the log that it may have.
func (p *protocol) busy(s *State, client int) bool {
	n := 0
	for _, r := range s.entries() {
		if r.Client == clientID(client) {
			n++
		}
	}
	return n >= p.Operations
}

// known: a request of this client was logged under this key before. The
// original looks through the log, which forgets at cleanup; clients that retry
// need a log that remembers how far each of them has come.
func (p *protocol) known(s *State, client int, key uint8) bool {
	if p.Bug == "no-key-check" {
		return false
	}
	if p.Retries && p.Bug != "forget-keys" && key < s.NextKey[client] {
		return true
	}
	return slices.ContainsFunc(s.entries(), func(r Record) bool {
		return r.Client == clientID(client) && r.Key == key
	})
}

// complete: the effect is written and the entry is marked, in one step. With a
// cache the effect was written before (apply), and has to be on disk by now.
func (p *protocol) complete(s *State, c *model.Choice) bool {
	if !c.Reason(notDown, s.Mode != Down) {
		return false
	}
	r := s.entry(c)
	if !c.Reason("the entry's effect can be completed", p.completable(s, r)) || p.neglects(r) {
		return false
	}
	if p.Bug != "mark-only" {
		s.write(r.Request.Data)
	}
	if p.Bug != "write-only" {
		r.Status = Completed
	}
	return true
}

func (p *protocol) completable(s *State, r *Record) bool {
	if !p.Cache {
		return r.Status == Pending
	}
	return r.Status == Applied && (!s.Unflushed.has(r.Request.Data) || p.Bug == "no-flush")
}

// fail: the request cannot be carried out. Nobody tries again.
func (p *protocol) fail(s *State, c *model.Choice) bool {
	if !c.Reason(notDown, s.Mode != Down) {
		return false
	}
	r := s.entry(c)
	late := p.Bug == "fail-late" && r.Status == Completed
	if !c.Reason(isPending, r.Status == Pending || late) || p.neglects(r) {
		return false
	}
	r.Status = Failed
	return true
}

// neglects: nobody works off this entry, but for recovery.
func (p *protocol) neglects(r *Record) bool { return p.Bug == "favourite" && r.Client.index() > 0 }

// apply: the effect reaches the store's memory. What the store held before is
// on disk, and a crash brings it back.
func (p *protocol) apply(s *State, c *model.Choice) bool {
	if !c.Reason(notDown, s.Mode != Down) {
		return false
	}
	r := s.entry(c)
	if !c.Reason(isPending, r.Status == Pending) {
		return false
	}
	if d := r.Request.Data; s.Store[d.slot()] == 0 {
		s.write(d)
		s.Unflushed.add(d)
	}
	r.Status = Applied
	return true
}

// flush: the store's memory reaches its disk.
func (p *protocol) flush(s *State, c *model.Choice) bool {
	if !c.Reason(notDown, s.Mode != Down) || !c.Reason("something is not on disk", s.Unflushed != 0) {
		return false
	}
	s.Unflushed = 0
	return true
}

// crash: what is on disk stays. A cache is lost, and so is what was known of
// it.
func (p *protocol) crash(s *State, c *model.Choice) bool {
	if !c.Reason(notDown, s.Mode != Down) || !c.Reason("the server does not recover", s.Mode != Recovering || p.Cache) {
		return false
	}
	s.Mode = Down
	if p.Cache {
		s.loseCache()
	}
	return true
}

func (s *State) loseCache() {
	for slot := range s.Store {
		if s.Unflushed.has(Data(slot + 1)) {
			s.Store[slot] = 0
		}
	}
	s.Unflushed = 0
	for i := range s.entries() {
		if s.Log[i].Status == Applied {
			s.Log[i].Status = Pending
		}
	}
}

func (p *protocol) startRecovery(s *State, c *model.Choice) bool {
	if !c.Reason("the server is down", s.Mode == Down) {
		return false
	}
	s.Mode = Recovering
	if p.Bug == "truncate-tail" && s.Length > 0 && s.Log[s.Length-1].Status == Pending {
		s.remove(int(s.Length) - 1)
	}
	return true
}

// recoverEntry: recovery does what complete would have done, and waits for the
// disk. Either of them may get to an entry first.
func (p *protocol) recoverEntry(s *State, c *model.Choice) bool {
	if !c.Reason(recovers, s.Mode == Recovering) {
		return false
	}
	r := s.entry(c)
	if !c.Reason("the entry is undecided", r.undecided()) {
		return false
	}
	s.write(r.Request.Data)
	s.Unflushed.remove(r.Request.Data)
	if p.Bug == "redo-wrong-field" {
		s.Store[r.Request.Data.slot()] = Data(r.Key)
	}
	r.Status = Completed
	return true
}

func (p *protocol) completeRecovery(s *State, c *model.Choice) bool {
	if !c.Reason(recovers, s.Mode == Recovering) ||
		!c.Reason("every entry is decided", !slices.ContainsFunc(s.entries(), Record.undecided)) {
		return false
	}
	s.Mode = Up
	return true
}

// cleanup: an entry that is decided makes room.
func (p *protocol) cleanup(s *State, c *model.Choice) bool {
	if !c.Reason(isUp, s.Mode == Up) {
		return false
	}
	i := c.Int("entry", int(s.Length))
	if !c.Reason("the entry is decided", s.Log[i].Status == Completed || s.Log[i].Status == Failed) {
		return false
	}
	s.remove(i)
	return true
}

func (s *State) entries() []Record { return s.Log[:s.Length] }

// entry picks one of the log. There is none to pick from an empty log.
func (s *State) entry(c *model.Choice) *Record {
	return &s.Log[c.Int("entry", int(s.Length))]
}

func (s *State) log(client int, key uint8, request Request) {
	s.Log[s.Length] = Record{s.NextID, clientID(client), key, request, Pending}
	s.Length++
	s.NextID++
}

// remove closes the gap, and leaves the slot that becomes free empty.
func (s *State) remove(i int) {
	copy(s.Log[i:], s.Log[i+1:s.Length])
	s.Length--
	s.Log[s.Length] = Record{}
}

// write is idempotent: writing a datum again does no harm.
func (s *State) write(d Data) { s.Store[d.slot()] = d }
