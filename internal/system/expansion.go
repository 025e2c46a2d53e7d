package system

import (
	"sync/atomic"

	"github.com/muster-mc/muster/model"
)

// PendingMax is the number of successors that wait to be dealt with together. To
// read with wide loads what was just written with narrow stores stalls the
// processor until the stores have left its pipeline; a few successors later they
// have.
const PendingMax = 16

// Pending is successors that are yet to be hashed. Those of a flat type wait in a slab, and
// of any other type only their encodings wait.
type Pending struct {
	Origins [PendingMax]Origin
	Count   uint
	Encoded [][]byte
	Labels  [PendingMax]uint32 // of those whose actions are told apart by arguments

	// Only of a flat type: the words of the states, and how many each has.
	Words  []uint64
	Stride int
}

// View is the memory of the work copy, which the next action changes: its
// encoding. It is only for a flat type.
func (p *Pending) View() []byte { return p.Encoded[p.Count%PendingMax] }

// Push keeps the work copy, and reports whether that fills the slab.
func (p *Pending) Push(o Origin) (full bool) {
	n := p.Count
	p.Origins[n%PendingMax] = o
	p.Count = n + 1
	return n+1 == PendingMax
}

// Clear drops all that wait.
func (p *Pending) Clear() { p.Count = 0 }

// Effort counts attempts to run actions, and the successors that they made. It only
// grows while a block is expanded, so that coverage costs no more than one addition
// for each action and parent: an action's own effort is the effort after the action
// less the effort after the one before.
type Effort struct{ Tries, Made uint64 }

// NewEfforts returns efforts that share no cache line with other memory: to read a
// line that another worker has written to takes long.
func NewEfforts(n int) []Effort {
	const aLine = 64 / 16 // efforts of 16 bytes
	return make([]Effort, n, (n+aLine-1)/aLine*aLine)
}

// Add adds another effort.
func (e *Effort) Add(f Effort) {
	e.Tries += f.Tries
	e.Made += f.Made
}

// Expansion is the part of an expander that does not depend on the state type: what
// it has made, and where it stands. A worker reads it, and prepares it for each
// block.
type Expansion struct {
	Sink      Sink
	Cancelled *atomic.Bool // to end early

	Pending  Pending
	Odometer model.Odometer
	Effort   Effort // of the block so far
	Others   uint64 // successors of the parents before this one
	// The efforts of all parents of a block are summed up at the end of each action.
	// Subtracting neighbours gives each action's own.
	Ends     []Effort // by action: the effort after the action on each parent, together
	Index    int      // of the parent in the block
	Action   int      // the action that is tried
	Inside   bool     // a parent is being expanded
	Root     bool     // the parent is the state before the first, and Init expands it
	Labeller Labeller // labels the steps, nil if they need no labels
	Halt     bool     // the Sink wants Expand to return soon, from where it can go on
	Doing    int      // the part of the model's code that is running: a property's place, or DoAction and the like
	On       State    // the state about which a predicate of states was asked last
}

// The model's code that may be running beside that of properties.
const (
	DoAction = -1 - iota
	DoConstraint
	DoTerminal
)

// Ordinal is the number of successors that the parent has so far.
func (x *Expansion) Ordinal() uint64 { return x.Effort.Made - x.Others }

// SkipVoid is for a panic while an expander tried an action. A panic after a choice from
// nothing counts as disabled: the expansion goes to the next attempt, and Expand may be
// called again. SkipVoid reports whether it was such a panic.
func (x *Expansion) SkipVoid(e Expander) bool {
	if !x.Odometer.Void() {
		return false
	}
	// The attempt that panicked may have left the work copy in any state.
	e.Restore()
	x.advance()
	return true
}

// advance goes to the next attempt, from which Expand goes on.
func (x *Expansion) advance() {
	if !x.Odometer.Next() {
		x.Ends[x.Action].Add(x.Effort)
		x.Action++
	}
}

// Sink takes what an expander makes. It is called once or twice for each parent, and
// once for up to PendingMax successors.
type Sink interface {
	// Next goes to the next parent. It returns bytes that begin with the parent's
	// encoding, nil for the root, and whether there is a parent.
	Next() (data []byte, more bool)

	// Begin is called when the parent was decoded: its encoding has this size. It
	// makes the work copy, and reports whether the parent is to be expanded.
	Begin(size int) bool

	// Process deals with all successors that are pending.
	Process()

	// Stuck is called after a parent that has no successor.
	Stuck()

	// Find is called for a property that is not as it was wanted to be, in the
	// state that is judged, and FindStep for one that the last step violates.
	Find(property int)
	FindStep(property int)
}

// Labeller labels the steps of some actions, so that steps of one action with different
// arguments are told apart.
type Labeller interface {
	IsTold(action int) bool
	Label(action int, arguments []model.Argument) uint32
}

// Predicate is a property of states. It is of interest as long as it has the verdict
// that is wanted.
type Predicate struct {
	Property int
	Wanted   bool
	Of       func(State) bool // asked in place of the property's own function, if not nil
}

// StepPredicate is a property of steps. If it is an implication, its left side's
// successes are counted in Applied.
type StepPredicate struct {
	Property int
	Applied  *uint64
}

// Expander runs a system's actions on encoded states. It is for one goroutine.
type Expander interface {
	// Expand tries every action in every way on all parents that the Sink has, from
	// the attempt on where the Expansion stands. A panic of the model's code is left to
	// the caller, who may go on with the next attempt.
	Expand()

	// Decode makes a state the parent, and returns what follows its encoding.
	Decode(data []byte) (rest []byte)

	// Parent and Work are the parent, and the copy that the next action changes.
	Parent() State
	Work() State

	// Restore makes the work copy equal to the parent.
	Restore()

	// Ask replaces the predicates that are judged: of states, and of each step.
	Ask(states []Predicate, steps []StepPredicate)

	// Judge judges an encoded state, JudgePending one that is pending.
	Judge(state []byte)
	JudgePending(i int)

	// PendingState is a pending successor as predicates must see it, without the ignored
	// fields: two states that differ only there are one state, and one state must have one
	// verdict.
	PendingState(i int) State
}
