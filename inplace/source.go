package inplace

import (
	"fmt"

	"github.com/muster-mc/muster/model"
)

// Source writes a run as a Go test that calls the library and nothing of Muster: what one
// adds to a report of a bug.
type Source[In any] struct {
	// Preamble is the beginning of the test's file: package clause, imports, and what the
	// statements below call. It checks what the model's properties check, and fails the
	// test that it is given.
	Preamble string

	// Start returns the statements that make the object with a number, and Step those that
	// give it an input. The object is a variable with this name, which Start declares, and
	// the variable t is the *testing.T.
	Start func(name string, id int) string
	Step  func(name string, in In) string

	_ struct{}
}

// source writes down the steps of one run. Objects are told apart by their local states: of
// two in the same one it is no matter which of them takes the step.
type source[T, V any, In comparable, Out any] struct {
	table   *table[T, V, In, Out]
	note    func(string)
	objects []object[T, V, In]
}

// object is a variable of the program.
type object[T, V any, In comparable] struct {
	name   string
	at     Ref[T]
	start  int
	inputs []In
}

// reproduce returns nil and no nil pointer if there is no source.
func (t *table[T, V, In, Out]) reproduce() model.CodeSource {
	if s := t.machine.Source; s.Start == nil || s.Step == nil {
		return nil
	}
	return &source[T, V, In, Out]{table: t}
}

func (s *source[T, V, In, Out]) Preamble() string { return s.table.machine.Source.Preamble }

// Watch has the epoch be 0, which no entry of the table has: every call then comes by the
// way of those that a run meets for the first time.
func (s *source[T, V, In, Out]) Watch(note func(string)) {
	s.note = note
	s.table.watch.Store(s)
	s.table.running.epoch.Store(0)
}

func (s *source[T, V, In, Out]) Rest() {
	a := &s.table.running
	a.mu.Lock()
	defer a.mu.Unlock()
	s.table.watch.Store(nil)
	a.epoch.Store(a.last + 1)
}

func (s *source[T, V, In, Out]) start(id int, at Ref[T]) {
	o := object[T, V, In]{name: fmt.Sprintf("n%d", id), at: at, start: id}
	for _, other := range s.objects {
		if other.name == o.name {
			o.name = fmt.Sprintf("n%d_%d", id, len(s.objects))
		}
	}
	s.objects = append(s.objects, o)
	s.note(s.table.machine.Source.Start(o.name, id) + "\n_ = " + o.name) // not every object takes a step
}

func (s *source[T, V, In, Out]) step(from Ref[T], in In, to Ref[T]) {
	o := s.object(from)
	if o == nil {
		return
	}
	o.at = to
	o.inputs = append(o.inputs, in)
	s.note(s.table.machine.Source.Step(o.name, in))
}

// object returns an object in a local state. If the model has kept a reference to a state
// that all objects have left, another object is brought there, by the same inputs.
func (s *source[T, V, In, Out]) object(at Ref[T]) *object[T, V, In] {
	for i := range s.objects {
		if s.objects[i].at == at {
			return &s.objects[i]
		}
	}
	var inputs []In
	w := &s.table.known(at).way
	for ; w.from != nil; w = &w.from.way {
		inputs = append(inputs, w.in)
	}
	s.start(w.start, at)
	o := &s.objects[len(s.objects)-1]
	for i := len(inputs) - 1; i >= 0; i-- {
		s.note(s.table.machine.Source.Step(o.name, inputs[i]))
	}
	return o
}
