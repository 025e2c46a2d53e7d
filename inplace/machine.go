package inplace

import (
	"reflect"

	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// Machine is a Go type whose objects take steps: a state machine in a library. T is the
// type, V the view of an object, In what a step is given, and Out what it returns. Only
// New and Step must be set. [Of] makes the machines of it that a model uses.
type Machine[T, V any, In comparable, Out any] struct {
	// Name is what reports call the machines. Empty means the name of T.
	Name string

	// New makes the object with this number: 1 for the first node, for example. It must
	// make an equal one every time, which shares no memory with any other that could be
	// written to.
	New func(id int) *T

	// Step gives an object an input and runs it until it is quiet: it must not leave a
	// goroutine, a timer or a lock behind. It may depend on the object and on the input
	// and on nothing else. It returns what the outside sees of the step, such as the
	// messages that were sent. The result may refer to memory of the object: it is copied.
	// The code may panic, which is a finding.
	//
	// In is a type without pointers: numbers, bools, strings, references, and arrays and
	// structs of these.
	Step func(t *T, in In) Out

	// View is what properties and traces see of an object: a plain struct, which is
	// copied. Nil means the zero value.
	View func(t *T) V

	// Copy makes a copy of an object that shares no memory that could be written to. Nil
	// means that an object is made again by giving a new one all inputs again, which is
	// right for every type. A Copy saves time if there are very many steps.
	Copy func(t *T) *T

	// Rules say what belongs to an object.
	Rules Rules

	// Source writes a run as a program that calls the library itself.
	Source Source[In]

	_ struct{}
}

// Machines are all objects of a [Machine] that a model meets, by what is in them. Any
// number of goroutines may use them. List them in the model's Code.
type Machines[T, V any, In comparable, Out any] struct {
	table *table[T, V, In, Out]
}

// Of makes machines of a definition. What is wrong with the definition is said when a model
// that lists the machines is run.
func Of[T, V any, In comparable, Out any](m Machine[T, V, In, Out]) *Machines[T, V, In, Out] {
	return &Machines[T, V, In, Out]{newTable(m)}
}

// Start returns a reference to the object that New makes for a number.
func (m *Machines[T, V, In, Out]) Start(id int) Ref[T] { return m.table.start(id) }

// Step gives the object an input, has the reference refer to the object afterwards, and
// returns what the step has returned, which must not be changed: the step is run once, and
// a second request for it gets the same.
func (m *Machines[T, V, In, Out]) Step(at *Ref[T], in In) Out {
	o := m.table.step(*at, in)
	*at = o.next
	return o.out
}

// View returns the view of an object, which must not be changed.
func (m *Machines[T, V, In, Out]) View(r Ref[T]) *V { return &m.table.known(r).view }

// Object makes an object that r refers to, for the caller alone. It takes as long as all
// steps to it: it is for tests and explanations.
func (m *Machines[T, V, In, Out]) Object(r Ref[T]) *T { return m.table.again(m.table.known(r)) }

// The rest is for the engine: see [model.Code].

func (m *Machines[T, V, In, Out]) Problem() string { return m.table.problem }

func (m *Machines[T, V, In, Out]) Covers(reference reflect.Type) bool {
	return reference == reflect.TypeFor[Ref[T]]()
}

func (m *Machines[T, V, In, Out]) Begin(r model.CodeRun) (end func()) { return m.table.begin(r) }

func (m *Machines[T, V, In, Out]) Bytes() uint64 { return m.table.bytes.Load() }

func (m *Machines[T, V, In, Out]) Account() model.CodeAccount { return m.table.account() }

func (m *Machines[T, V, In, Out]) Reproduce() model.CodeSource { return m.table.reproduce() }

// problemOfInput says why a type cannot be an input: an input is kept, compared, and given
// to several objects.
func problemOfInput(t reflect.Type, path string) string {
	switch k := t.Kind(); {
	case k == reflect.Array:
		return problemOfInput(t.Elem(), path+"[]")
	case k == reflect.Struct:
		for f := range t.Fields() {
			if p := problemOfInput(f.Type, path+"."+f.Name); p != "" {
				return p
			}
		}
	case k > reflect.Uintptr && k != reflect.String: // floats too: two of them can be equal and differ
		return "its input" + path + " is of type " + t.String() + ": an input has numbers, bools, strings, references, and arrays and structs of these. " +
			"Keep other values among Values, and give a reference"
	}
	return ""
}

// show, behind and text are for references.

func (t *table[T, V, In, Out]) knows(r Ref[T]) bool { return t.locals.get(r) != nil }

func (t *table[T, V, In, Out]) show(r Ref[T]) trace.Value {
	if t.machine.View == nil {
		return trace.ValueOf(r.number())
	}
	return trace.ValueOf(&t.known(r).view)
}

func (t *table[T, V, In, Out]) text(r Ref[T]) string {
	if t.machine.View == nil {
		return r.number()
	}
	return t.show(r).String()
}
