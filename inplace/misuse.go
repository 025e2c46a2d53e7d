package inplace

import (
	"bytes"
	"fmt"

	"github.com/muster-mc/muster/internal/deep"
)

// The functions of a machine that are not the library's can be wrong too: a View or a Copy
// that is not what it must be makes a wrong answer, as a step does that is not
// deterministic. They are put to the test with the steps that are run twice.

// changed reports whether an object is not as it was when its step was over.
func (t *table[T, V, In, Out]) changed(r *result[T, V, Out]) bool {
	return r.stop == nil && !bytes.Equal(t.encode(r.object, ""), r.encoding)
}

// checkView finds out whether a View depends on more than its object.
func (t *table[T, V, In, Out]) checkView(r, again *result[T, V, Out]) (problem string) {
	switch {
	case t.machine.View == nil || r.stop != nil || again.stop != nil:
		return ""
	case bytes.Equal(t.encode(&r.view, ""), t.encode(&again.view, "")):
		return ""
	}
	return fmt.Sprintf("the machine %s: its View shows equal objects differently: %s. %s, or a field that the rules ignore", t.name, unlikeness(t.codec, &r.view, &again.view), outside)
}

// viewWrites says what a View changes.
func (t *table[T, V, In, Out]) viewWrites(w *way[T, V, In], in *In) string {
	if t.machine.View == nil {
		return fmt.Sprintf("the machine %s: an object goes on changing when its step has returned: a step must be over then, with all its goroutines", t.name)
	}
	before, x := t.along(w), t.along(w)
	if in != nil {
		t.replay(before, *in)
		t.replay(x, *in)
	}
	t.machine.View(x) // which did not panic before
	return fmt.Sprintf("the machine %s: its View changes the object: without and with it, %s. A View must only look: a cache, for example, may note what is asked for", t.name, unlikeness(t.codec, before, x))
}

// shares says that a step of one object has changed another one.
func (t *table[T, V, In, Out]) shares(l *local[T, V, In], in In) string {
	x, y := t.along(&l.way), t.along(&l.way)
	before, _ := t.codec.Leaves(x)
	t.attempt(func() (*T, Out) { return y, t.machine.Step(y, in) })
	after, _ := t.codec.Leaves(x)
	what := ""
	if list := deep.Differences(before, after); len(list) > 0 {
		what = fmt.Sprintf(": %s is %s before and %s after", list[0].Path, orAbsent(list[0].First), orAbsent(list[0].Second))
	}
	return fmt.Sprintf("the machine %s: a step of one object changes another one%s. The input was %s. What New makes must share no memory that is written to: no map or slice of a global variable", t.name, what, t.say(in))
}

// checkCopy finds out whether a Copy is equal to its object, and shares no memory with it.
func (t *table[T, V, In, Out]) checkCopy(l *local[T, V, In], in In) (problem string) {
	if t.machine.Copy == nil {
		return ""
	}
	x := t.along(&l.way)
	before := t.encode(x, "")
	c := t.copyOfObject(x)
	if !bytes.Equal(t.encode(c, "its Copy: "), before) {
		return fmt.Sprintf("the machine %s: its Copy is not equal to the object that it copies: %s", t.name, unlikeness(t.codec, x, c))
	}
	t.attempt(func() (*T, Out) { return c, t.machine.Step(c, in) })
	if !bytes.Equal(t.encode(x, ""), before) {
		return fmt.Sprintf("the machine %s: its Copy shares memory with the object that it copies: before and after a step of the copy, %s", t.name, unlikeness(t.codec, t.along(&l.way), x))
	}
	return ""
}
