// Package txn models transactions on a key-value store with optimistic
// concurrency control. A transaction reads from a snapshot that is taken when
// it begins, keeps its writes to itself, and at commit is let through only if
// nothing that it read has changed meanwhile; otherwise it aborts. The store
// promises serializable isolation and atomic commits.
package txn

import (
	"fmt"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/model"
)

const (
	maxTransactions = 4
	maxKeys         = 3
	maxValues       = 7 // those that a ValueSet can hold
)

// Config sizes the model, and switches on what goes beyond the original.
type Config struct {
	Transactions int  `flag:"transactions" default:"2" min:"2" max:"4" help:"transactions, each of which runs once"`
	Keys         int  `flag:"keys" default:"2" min:"1" max:"3" help:"keys in the store"`
	Values       int  `flag:"values" default:"3" min:"2" max:"7" help:"values that a key can have"`
	Serializable bool `flag:"serializable" help:"ask for a serial order, in place of two pairwise rules that are wrong for three transactions"`
	Bug          string
}

// Status is how far a transaction has come.
type Status uint8

const (
	Idle Status = iota
	Running
	Committed
	Aborted
)

func (st Status) String() string {
	return [...]string{"Idle", "Running", "Committed", "Aborted"}[st]
}

// Value is what a key has, or NoValue.
type Value uint8

const (
	NoValue Value = iota // nothing was written, or no snapshot was taken
	initial              // what every key has in the beginning
)

func (v Value) String() string {
	if v == NoValue {
		return "none"
	}
	return fmt.Sprintf("v%d", v-initial)
}

// TransactionID is a transaction: its place in the state.
type TransactionID uint8

// Key is a key: the place of its value.
type Key uint8

// KeySet is a set of keys, a bit each.
type KeySet uint8

func (set *KeySet) add(k int)     { *set |= 1 << k }
func (set KeySet) has(k int) bool { return set&(1<<k) != 0 }

func (set KeySet) String() string {
	var names []string
	for k := range maxKeys {
		if set.has(k) {
			names = append(names, fmt.Sprint(k))
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}

// ValueSet is a set of values, a bit each.
type ValueSet uint8

func (set *ValueSet) add(v Value)     { *set |= 1 << v }
func (set ValueSet) has(v Value) bool { return set&(1<<v) != 0 }

func (set ValueSet) String() string {
	var names []string
	for v := initial; v < initial+maxValues; v++ {
		if set.has(v) {
			names = append(names, v.String())
		}
	}
	return "{" + strings.Join(names, " ") + "}"
}

// Values is a value for each key.
type Values [maxKeys]Value

// Transaction is a transaction. What it read and wrote stays after its end, for
// the properties to judge.
type Transaction struct {
	Status   Status
	Place    uint8 // in the order of commits, counting from 1
	Reads    KeySet
	Writes   Values `muster:"by=Key"` // kept back until commit
	Snapshot Values `muster:"by=Key"` // the store as it was at the beginning

	// Saw is what the store has answered for each key, own writes aside; only
	// with Config.Serializable.
	Saw [maxKeys]ValueSet `muster:"by=Key"`
}

// State is a global state.
type State struct {
	Store        Values                       `muster:"by=Key"`
	Transactions [maxTransactions]Transaction `muster:"by=TransactionID"`
}

type protocol struct {
	Config
	values []Value
}

// New returns the model.
func New(c Config) *model.Model[State] {
	p := &protocol{Config: catalog.Settle(c)}
	for v := range p.Values {
		p.values = append(p.values, initial+Value(v))
	}
	return &model.Model[State]{
		Name: "txn",
		Init: p.init,
		Actions: []model.Action[State]{
			{Name: "Begin", Do: p.begin},
			{Name: "Read", Do: p.read},
			{Name: "Write", Do: p.write},
			{Name: "Commit", Do: p.commit, Fair: p.fairness()},
			{Name: "Abort", Do: p.abort, Fair: p.fairness()},
			{Name: "Terminated", Do: p.terminated},
		},
		Properties: append(p.properties(), p.liveness()...),
		Picture:    p.picture,
		Symmetry:   p.symmetry(),
	}
}

// symmetry: transactions are interchangeable, and so are keys and values, but for v0,
// which every key has in the beginning. Two bugs stop at the first key.
func (p *protocol) symmetry() []model.Symmetry {
	keys := p.Keys
	if p.Bug == "stop-at-first-key" || p.Bug == "tear-commit" {
		keys = 1
	}
	return []model.Symmetry{
		model.Scalars[TransactionID](p.Transactions),
		model.Scalars[Key](keys).Bits(KeySet(0)),
		model.Scalars[Value](p.Values - 1).From(int(initial) + 1).BitsByValue(ValueSet(0)),
	}
}

func (p *protocol) init(s *State, _ *model.Choice) bool {
	s.Store = p.start()
	return true
}

// start is the store before the first commit.
func (p *protocol) start() (store Values) {
	for k := range p.Keys {
		store[k] = initial
	}
	return store
}

func (p *protocol) begin(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if !c.Reason("the transaction has not begun", t.Status == Idle) {
		return false
	}
	t.Status, t.Snapshot = Running, s.Store
	return true
}

// isRunning is the guard of all that a transaction does between its beginning and its end.
const isRunning = "the transaction runs"

// read: a key may be read again, which changes nothing.
func (p *protocol) read(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if !c.Reason(isRunning, t.Status == Running) {
		return false
	}
	k := c.Int("key", p.Keys)
	t.Reads.add(k)
	if p.Serializable && t.Writes[k] == NoValue {
		t.Saw[k].add(p.answer(s, t, k))
	}
	return true
}

// answer is what a transaction reads: what it wrote itself, or else what is in
// its snapshot.
func (p *protocol) answer(s *State, t *Transaction, k int) Value {
	if t.Writes[k] != NoValue && p.Bug != "forget-own-writes" {
		return t.Writes[k]
	}
	if p.Bug == "read-latest" {
		return s.Store[k]
	}
	return t.Snapshot[k]
}

func (p *protocol) write(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if !c.Reason(isRunning, t.Status == Running) {
		return false
	}
	t.Writes[c.Int("key", p.Keys)] = model.Pick(c, "value", p.values)
	return true
}

// commit: the writes reach the store all at once, or a conflict aborts the
// transaction.
func (p *protocol) commit(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if !c.Reason(isRunning, t.Status == Running) {
		return false
	}
	if p.conflicts(s, t) {
		t.Status = Aborted
		return true
	}
	if p.Bug != "install-only" {
		t.Status, t.Place = Committed, s.commits()+1
	}
	for k, v := range t.Writes[:p.Keys] {
		if v != NoValue || p.Bug == "install-blanks" {
			s.Store[k] = v
		}
		if v != NoValue && p.Bug == "tear-commit" {
			break
		}
	}
	return true
}

// conflicts: something that the transaction read has another value now than in
// its snapshot. Values are compared, so a change back goes unnoticed; it does
// no harm either, since nobody could tell.
func (p *protocol) conflicts(s *State, t *Transaction) bool {
	for k := range p.Keys {
		if !p.validated(t, k) {
			continue
		}
		if s.Store[k] != t.Snapshot[k] {
			return true
		}
		if p.Bug == "stop-at-first-key" {
			break
		}
	}
	return false
}

// validated: the keys that commit looks at.
func (p *protocol) validated(t *Transaction, k int) bool {
	switch p.Bug {
	case "no-conflict-detection":
		return false
	case "validate-writes":
		return t.Writes[k] != NoValue
	}
	return t.Reads.has(k)
}

func (p *protocol) abort(s *State, c *model.Choice) bool {
	t := &s.Transactions[c.Int("transaction", p.Transactions)]
	if !c.Reason(isRunning, t.Status == Running) {
		return false
	}
	t.Status = Aborted
	return true
}

// terminated: when all is done time goes on, so that is no deadlock. Any other
// state in which nothing can happen is.
func (p *protocol) terminated(s *State, c *model.Choice) bool {
	over := true
	for _, t := range s.Transactions[:p.Transactions] {
		over = over && (t.Status == Committed || t.Status == Aborted)
	}
	return c.Reason("all transactions are over", over)
}

func (s *State) commits() (n uint8) {
	for _, t := range s.Transactions {
		if t.Status == Committed {
			n++
		}
	}
	return n
}
