// Package wal models a write-ahead log. A request is first logged, under a key
// that its client gives it once; then its effect is written to the store and
// the log entry is marked, in one step; in the end the entry is cleaned up. The
// server crashes at any moment, and recovery completes whatever is still
// pending before new requests are taken. The log promises that what it calls
// completed is in the store, and that no request is logged twice.
package wal

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxClients = 3
	maxEntries = 4
	logSlots   = maxEntries + 1 // one more than ever fits, so that an overrun shows
)

// Config sizes the model, and switches on what goes beyond the original.
type Config struct {
	Clients    int  `flag:"clients" default:"1" min:"1" max:"3" help:"clients that send requests"`
	Entries    int  `flag:"entries" default:"2" min:"1" max:"4" help:"entries that fit in the log, and data that a request can write"`
	Operations int  `flag:"operations" default:"2" min:"1" max:"100" help:"entries that one client can have in the log"`
	Retries    bool `flag:"retries" help:"clients repeat their last request, under its key"`
	Cache      bool `flag:"cache" help:"the store keeps writes in memory until it is flushed, and crashes may hit recovery too"`
	Bug        string
}

// ClientID refers to a client from a log entry. Its zero value is nobody.
type ClientID uint8

func clientID(client int) ClientID { return ClientID(client + 1) }

func (id ClientID) index() int { return int(id) - 1 }

func (id ClientID) String() string {
	if id == 0 {
		return "nobody"
	}
	return fmt.Sprint("client ", id.index())
}

// Op is what a request asks for. It has no influence on what happens.
type Op uint8

const (
	NoOp Op = iota // of an entry that is not there
	Create
	Update
	Delete
	SendMessage
)

func (op Op) String() string {
	return [...]string{"none", "Create", "Update", "Delete", "SendMessage"}[op]
}

var ops = []Op{Create, Update, Delete, SendMessage}

// Status is what became of a log entry.
type Status uint8

const (
	Free Status = iota // there is no entry
	Pending
	Applied // its effect is in the store's memory; only with Config.Cache
	Completed
	Failed
)

func (st Status) String() string {
	return [...]string{"Free", "Pending", "Applied", "Completed", "Failed"}[st]
}

// Mode is whether the server takes requests.
type Mode uint8

const (
	Up Mode = iota
	Down
	Recovering
)

func (m Mode) String() string { return [...]string{"Up", "Down", "Recovering"}[m] }

// Data is what a request writes: each datum goes to a slot of its own in the store.
// 0 is nothing yet.
type Data uint8

// slot is the place of a datum in the store.
func (d Data) slot() int { return int(d) - 1 }

// DataSet is a set of data, a bit each.
type DataSet uint8

func (set *DataSet) add(d Data)     { *set |= 1 << d }
func (set *DataSet) remove(d Data)  { *set &^= 1 << d }
func (set DataSet) has(d Data) bool { return set&(1<<d) != 0 }

func (set DataSet) String() string {
	var names []string
	for d := range Data(logSlots) {
		if set.has(d) {
			names = append(names, fmt.Sprint(d))
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}

// Request is what a client asks for.
type Request struct {
	Op   Op
	Data Data
}

// Record is a log entry.
type Record struct {
	ID      uint8
	Client  ClientID
	Key     uint8 // by which the client calls this request
	Request Request
	Status  Status
}

func (r Record) undecided() bool { return r.Status == Pending || r.Status == Applied }

// State is a global state. The log and the store are durable.
type State struct {
	Mode    Mode
	Length  uint8 // of the log
	Log     [logSlots]Record
	Store   [maxEntries]Data  `muster:"by=Data"`
	NextKey [maxClients]uint8 `muster:"by=ClientID"` // of each client, counting from 1
	NextID  uint8             // of log entries, counting from 1

	Last      [maxClients]Request `muster:"by=ClientID"` // each client's last request; only with Config.Retries
	Unflushed DataSet             // what a crash would take; only with Config.Cache
}

type protocol struct {
	Config
	data []Data // all there are
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{Config: catalog.Settle(c)}
	for d := range p.Entries {
		p.data = append(p.data, Data(d+1))
	}
	return &model.Model[State]{
		Name:       "wal",
		Init:       p.init,
		Actions:    p.actions(),
		Properties: append(p.properties(), p.liveness()...),
		Constraint: p.constraint,
		Picture:    p.picture,
		Symmetry:   p.symmetry(),
	}
}

// symmetry: clients, data and operations are interchangeable, unless a bug prefers the
// first client or takes a key for a datum.
func (p *protocol) symmetry() []model.Symmetry {
	clients, data := p.Clients, p.Entries
	switch p.Bug {
	case "favourite":
		clients = 1
	case "redo-wrong-field":
		data = 1
	}
	return []model.Symmetry{
		model.Scalars[ClientID](clients).From(1),
		model.Scalars[Data](data).From(1).BitsByValue(DataSet(0)),
		model.Scalars[Op](len(ops)).From(int(Create)),
	}
}

func (p *protocol) actions() []model.Action[State] {
	list := []model.Action[State]{
		{Name: "Append", Do: p.append},
		{Name: "Complete", Do: p.complete, Fair: p.fairness("idle-server")},
		{Name: "Fail", Do: p.fail, Fair: p.fairness("idle-server")},
		{Name: "Crash", Do: p.crash, Fault: "crash"},
		{Name: "StartRecovery", Do: p.startRecovery, Fair: p.fairness("stay-down")},
		{Name: "RecoverEntry", Do: p.recoverEntry, Fair: model.Weak},
		{Name: "CompleteRecovery", Do: p.completeRecovery, Fair: p.fairness("endless-recovery")},
		{Name: "Cleanup", Do: p.cleanup},
	}
	if p.Retries {
		list = append(list, model.Action[State]{Name: "Retry", Do: p.retry, Fault: "duplication"})
	}
	if p.Cache {
		list = append(list,
			model.Action[State]{Name: "Apply", Do: p.apply},
			model.Action[State]{Name: "Flush", Do: p.flush})
	}
	return list
}

func (p *protocol) init(s *State, _ *model.Choice) bool {
	s.NextID = 1
	for c := range p.Clients {
		s.NextKey[c] = 1
	}
	return true
}

// constraint: cleaning up makes room for ever more entries, so the space ends
// only where identifiers and keys have grown far enough.
func (p *protocol) constraint(s *State) bool {
	for _, key := range s.NextKey[:p.Clients] {
		if int(key) > 2*p.Operations+1 {
			return false
		}
	}
	return int(s.NextID) <= 2*p.Entries*p.Clients+1
}
