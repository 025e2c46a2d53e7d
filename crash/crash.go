package crash

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/model"
)

// Processes are the parts of a state that crash one at a time: S is the type of the state, and P
// that of a process.
type Processes[S, P any] struct {
	// Number is how many there are.
	Number int

	// At returns a process of a state.
	At func(s *S, i int) *P

	// Name is the argument that says which process crashes. Empty means node. A single
	// process has no such argument.
	Name string

	// May reports whether a process can crash now: whether it is up, and not too many
	// crashes have been. Nil means always.
	May func(s *S, i int) bool

	// Restart changes the state after a crash: it sets fields of the process that are
	// neither durable nor zero, and what else there is to note. The process that is given is
	// the one before the crash. Nil changes nothing.
	Restart func(s *S, i int, before P)

	// Reordered has partial writes reach the disk in any order: a later one can be there
	// and an earlier one not, as on a disk without barriers between them. Otherwise
	// the first writes are there and the last ones are not.
	Reordered bool

	_ struct{}
}

// Log is a durable field whose end a crash can lose, such as container.Log. The
// methods are those of the field's pointer.
type Log interface {
	// Unsynced returns the number of entries that a crash can lose.
	Unsynced() int

	// Lose removes the last n entries, of those that can be lost.
	Lose(n int)
}

// The faults of the actions.
const (
	Fault     = "crash"
	FaultTorn = "torn write"
)

// Crash returns an action by which a process crashes and has restarted. It panics if the type
// of the processes or the tags in it cannot be used, saying why.
func (p Processes[S, P]) Crash(name string) model.Action[S] {
	p.validate()
	d := disksOf[P]()
	return model.Action[S]{Name: name, Fault: Fault, Do: func(s *S, c *model.Choice) bool {
		i := p.choose(c)
		if p.May != nil && !c.Reason("the process may crash", p.May(s, i)) {
			return false
		}
		process := p.At(s, i)
		before := *process
		for l := range d.logs {
			log := d.logs[l].Pointer(process).(Log)
			if n := log.Unsynced(); n > 0 {
				log.Lose(c.Int("lost", n+1))
			}
		}
		p.restart(s, i, d, before)
		return true
	}}
}

// Torn returns an action in which a process crashes between two of the writes that do makes to
// its durable fields. name is that of the action that do is of. Beside the writes before the crash
// nothing is done of what do does, since a process sends its messages after the writes. The action
// is not enabled where do is not, and where do writes fewer than two durable fields of each
// process. Torn panics if Crash would, and if a durable field has a slice, a map or a pointer: use
// a container with an array.
func (p Processes[S, P]) Torn(name string, do func(s *S, c *model.Choice) bool) model.Action[S] {
	p.validate()
	d := disksOf[P]()
	d.mustBeValues()
	states := poolOf[S]() // workers call the action at the same time
	return model.Action[S]{Name: name + "Torn", Fault: FaultTorn, Do: func(s *S, c *model.Choice) bool {
		t := states.Get().(*trial[S])
		defer states.Put(t)
		t.space.Copy(&t.state, s)
		if !do(&t.state, c) {
			return false
		}
		i := p.torn(s, &t.state, d, c)
		if i < 0 {
			return false
		}
		before := *p.At(s, i)
		if p.Reordered {
			d.writeAny(p.At(s, i), p.At(&t.state, i), c)
		} else {
			d.write(p.At(s, i), p.At(&t.state, i), c)
		}
		p.restart(s, i, d, before)
		return true
	}}
}

// trial is a state on which an action is tried.
type trial[S any] struct {
	state S
	space *codec.Space[S]
}

// poolOf returns a pool of trials. It panics if S cannot be a state.
func poolOf[S any]() *sync.Pool {
	c, err := codec.For[S]()
	if err != nil {
		panic("crash: " + err.Error())
	}
	return &sync.Pool{New: func() any { return &trial[S]{space: c.New()} }}
}

// torn chooses among the processes with two or more durable fields that were written. It returns
// -1 if there is none.
func (p Processes[S, P]) torn(before, after *S, d *disks[P], c *model.Choice) int {
	found, last := 0, -1
	for i := range p.Number {
		if d.written(p.At(before, i), p.At(after, i)) > 1 {
			found, last = found+1, i
		}
	}
	if found < 2 {
		return last
	}
	left := c.Int(p.argument(), found)
	for i := range last {
		if d.written(p.At(before, i), p.At(after, i)) > 1 {
			if left == 0 {
				return model.Show(c, i)
			}
			left--
		}
	}
	return model.Show(c, last)
}

// restart clears what is lost.
func (p Processes[S, P]) restart(s *S, i int, d *disks[P], before P) {
	process := p.At(s, i)
	for f := range d.lost {
		d.lost[f].Clear(process)
	}
	if p.Restart != nil {
		p.Restart(s, i, before)
	}
}

func (p Processes[S, P]) choose(c *model.Choice) int {
	if p.Number == 1 {
		return 0
	}
	return c.Int(p.argument(), p.Number)
}

func (p Processes[S, P]) argument() string {
	if p.Name == "" {
		return "node"
	}
	return p.Name
}

func (p Processes[S, P]) validate() {
	if p.Number < 1 || p.At == nil {
		panic("crash: Processes needs a Number of at least 1 and At, which returns one of them")
	}
}

// disks is a type of processes, taken apart.
type disks[P any] struct {
	durable, lost []codec.Piece[P]
	names         []string         // of the durable ones
	logs          []codec.Piece[P] // durable ones, with the methods of Log
}

// written returns the number of durable fields in which two values of a process differ.
func (d *disks[P]) written(before, after *P) (n int) {
	for f := range d.durable {
		if !d.durable[f].Same(before, after) {
			n++
		}
	}
	return n
}

// write makes the first of the writes to durable fields, and not the last of them.
func (d *disks[P]) write(process, after *P, c *model.Choice) {
	left := c.Int("written", d.written(process, after)-1)
	for f := range d.durable {
		field := &d.durable[f]
		if field.Same(process, after) {
			continue
		}
		if field.Copy(process, after); left == 0 {
			model.Show(c, field.Path)
			return
		}
		left--
	}
}

// writeAny makes some of the writes to durable fields, and not all: those of the bits of the
// answer, counted in the order of the fields.
func (d *disks[P]) writeAny(process, after *P, c *model.Choice) {
	n := d.written(process, after)
	if n > reorderedMax {
		panic(fmt.Sprintf("crash: one step writes %d durable fields of %v: with more than %d, Reordered has too many ways", n, reflect.TypeFor[P](), reorderedMax))
	}
	some := uint64(1 + c.Int("written", 1<<n-2))
	var fields uint64
	bit := uint64(1)
	for f := range d.durable {
		field := &d.durable[f]
		if field.Same(process, after) {
			continue
		}
		if some&bit != 0 {
			field.Copy(process, after)
			fields |= 1 << f
		}
		bit <<= 1
	}
	model.Show(c, writes{fields, d.names})
}

// reorderedMax is the most fields that one step writes in any order: two to this power, less
// two, is the number of ways.
const reorderedMax = 12

// writes is a set of durable fields, as a trace shows it.
type writes struct {
	fields uint64
	names  []string
}

func (w writes) String() string {
	var list []string
	for i, name := range w.names {
		if w.fields>>i&1 != 0 {
			list = append(list, name)
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return "{" + strings.Join(list, " ") + "}"
}
