package inplace

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"strings"

	"github.com/muster-mc/muster/internal/deep"
	"github.com/muster-mc/muster/model"
)

// A step that was run is remembered, so a search never sees it run again: whether the code
// does the same every time must be found out here. The first steps and a sample of all
// others are run a second time, on an object that is made anew.
const (
	checksFirst = 1000
	checkEvery  = 64 // chosen by the hash of what the step leads to

	// confirmEvery is one of so many local states that are reached by a second way: the
	// object that was made by the second way then takes a step that the first one has
	// taken.
	confirmEvery = 8
)

const outside = "Something outside of the object has a say: time, a random number, the order of a map, a global variable, another goroutine"

// isChecked chooses the steps that are run twice. A step that panics is always one: it is
// about to be reported.
func (t *table[T, V, In, Out]) isChecked(r *result[T, V, Out], every uint64) bool {
	return r.stop != nil || t.checks.Add(1) <= checksFirst || r.ref.b%every == 0
}

// checkStart makes an object a second time.
func (t *table[T, V, In, Out]) checkStart(id int, r *result[T, V, Out]) (problem string) {
	if _, broken := r.stop.(*model.Breach); broken {
		return ""
	}
	w := &way[T, V, In]{start: id}
	var again result[T, V, Out]
	left := leftBehind(t.name, func() { again = t.attempt(func() (*T, Out) { return t.made(id), *new(Out) }) })
	switch {
	case left != "":
		return fmt.Sprintf("the machine %s: New(%d) leaves a goroutine behind, which runs %s: an object must do nothing between its steps", t.name, id, left)
	case sayStop(r.stop) != sayStop(again.stop):
		return fmt.Sprintf("the machine %s: New(%d) ends with %s once, and with %s once. %s", t.name, id, orNothing(r.stop), orNothing(again.stop), outside)
	case t.changed(&again):
		return t.viewWrites(w, nil)
	case !same(r, &again):
		return t.diagnose(w, w, nil)
	}
	return t.checkView(r, &again)
}

// check runs a step again. If there is another way to the local state in which it begins,
// it is run on an object that has come that way: so what the rules ignore is put to the
// test too, and whatever else no encoding has, such as the spare capacity of slices.
func (t *table[T, V, In, Out]) check(l *local[T, V, In], in In, r *result[T, V, Out], to *local[T, V, In]) (problem string) {
	if t.isChecked(r, checkEvery) {
		if problem := t.checkCopy(l, in); problem != "" {
			return problem
		}
		w := &l.way
		if other := l.other.Load(); other != nil {
			w = other
		}
		object := t.along(w)
		var again result[T, V, Out]
		left := leftBehind(t.name, func() {
			again = t.attempt(func() (*T, Out) { return object, t.machine.Step(object, in) })
		})
		switch {
		case left != "":
			return fmt.Sprintf("the machine %s: a step leaves a goroutine behind, which runs %s: a step must be over when it returns. The input was %s", t.name, left, t.say(in))
		case t.changed(&again):
			return t.viewWrites(w, &in)
		case t.changed(r):
			return t.shares(l, in)
		case !same(r, &again):
			return t.diagnose(&l.way, w, &in)
		}
		if problem := t.checkView(r, &again); problem != "" {
			return problem
		}
	}
	if to != nil && r.ref.b%confirmEvery == 0 || t.checks.Load() <= checksFirst {
		return t.confirm(r, to, way[T, V, In]{from: l, in: in})
	}
	return ""
}

// same reports whether two runs of a step have done the same.
func same[T, V, Out any](a, b *result[T, V, Out]) bool {
	return sayStop(a.stop) == sayStop(b.stop) && a.ref == b.ref && bytes.Equal(a.outEncoding, b.outEncoding)
}

// confirm has an object that has come to a known local state take a step that another one
// has taken from there.
func (t *table[T, V, In, Out]) confirm(r *result[T, V, Out], to *local[T, V, In], w way[T, V, In]) (problem string) {
	if to == nil || w == to.way {
		return ""
	}
	in := to.tried.Load()
	if in == nil {
		return ""
	}
	known := t.steps.get(stepKey[T, In]{to.ref, *in})
	if known == nil {
		return ""
	}
	object := r.object
	r.spent = true
	again := t.attempt(func() (*T, Out) { return object, t.machine.Step(object, *in) })
	if known.next != again.ref || sayStop(known.stop) != sayStop(again.stop) ||
		again.stop == nil && !bytes.Equal(t.encode(&known.out, ""), again.outEncoding) {
		return t.diagnose(&to.way, &w, in)
	}
	return ""
}

// diagnose finds out in what two objects differ that should not: objects that have come
// two ways, after an input if there is one. It goes both ways again, since the objects that
// were found to differ have gone on.
func (t *table[T, V, In, Out]) diagnose(first, second *way[T, V, In], in *In) string {
	const tries = 100 // a difference by chance may not come again at once
	for range tries {
		a, b := t.along(first), t.along(second)
		if d := t.differences(a, b); d != "" {
			return t.unequal(first, d, "after the inputs that lead there")
		}
		if in == nil {
			continue
		}
		ignored := t.ignored(a, b)
		x := t.attempt(func() (*T, Out) { return a, t.machine.Step(a, *in) })
		y := t.attempt(func() (*T, Out) { return b, t.machine.Step(b, *in) })
		if !same(&x, &y) {
			d := t.difference(&x, &y)
			if *first == *second {
				return t.unequal(first, d, "after the input "+t.say(*in))
			}
			if problem := t.unsteady(first, *in); problem != "" {
				return problem
			}
			return t.unlike(d, *in, ignored)
		}
	}
	return fmt.Sprintf("the machine %s: the same step gives different results on equal objects, now and then. %s", t.name, outside)
}

// unsteady finds out whether a step does not even do the same on objects that have come
// the same way, or returns nothing.
func (t *table[T, V, In, Out]) unsteady(w *way[T, V, In], in In) string {
	const tries = 20
	for range tries {
		a, b := t.along(w), t.along(w)
		x := t.attempt(func() (*T, Out) { return a, t.machine.Step(a, in) })
		y := t.attempt(func() (*T, Out) { return b, t.machine.Step(b, in) })
		if !same(&x, &y) {
			return t.unequal(w, t.difference(&x, &y), "after the input "+t.say(in))
		}
	}
	return ""
}

// difference says in what two runs of a step differ.
func (t *table[T, V, In, Out]) difference(a, b *result[T, V, Out]) string {
	if a.stop != nil || b.stop != nil {
		return fmt.Sprintf("the step ends with %s once, and with %s once", orNothing(a.stop), orNothing(b.stop))
	}
	if d := t.differences(a.object, b.object); d != "" {
		return d
	}
	if d := t.differences(&a.out, &b.out); d != "" {
		return "in what the step returns, " + d
	}
	return "what the step returns differs"
}

func orNothing(stop any) string {
	if stop == nil {
		return "no panic"
	}
	return fmt.Sprintf("the panic %q", fmt.Sprint(stop))
}

// address is how fmt writes a pointer, which is another one each time.
var address = regexp.MustCompile(`0x[0-9a-f]{6,16}`)

// sayStop is how a step has ended, for a comparison.
func sayStop(stop any) string {
	if stop == nil {
		return ""
	}
	return "panic: " + address.ReplaceAllString(fmt.Sprint(stop), "0x")
}

// differences names a leaf that two values do not have alike, and the field to ignore.
func (t *table[T, V, In, Out]) differences(a, b any) string {
	text, d := firstDifference(t.codec, a, b)
	if text == "" {
		return ""
	}
	return text + advice(d)
}

// firstDifference names a leaf that two values do not have alike.
func firstDifference(c *deep.Codec, a, b any) (text string, d deep.Difference) {
	first, err := c.Leaves(a)
	if err != nil {
		return "", d
	}
	second, err := c.Leaves(b)
	if err != nil {
		return "", d
	}
	list := deep.Differences(first, second)
	if len(list) == 0 {
		return "", d
	}
	d = list[0]
	text = fmt.Sprintf("%s is %s once and %s once", cmp.Or(d.Path, "the value itself"), orAbsent(d.First), orAbsent(d.Second))
	if len(list) > 1 {
		text += fmt.Sprintf(", and %d more differ", len(list)-1)
	}
	return text, d
}

// unlikeness is the first difference, or that no leaf differs.
func unlikeness(c *deep.Codec, a, b any) string {
	text, _ := firstDifference(c, a, b)
	return cmp.Or(text, "they differ in which references refer to the same memory, or in the types of values")
}

// advice is how to leave a field out, if that is right.
func advice(d deep.Difference) string {
	if d.Field == "" {
		return ""
	}
	return fmt.Sprintf("; if no step depends on it, list it in Rules.Ignore as %q", d.Field)
}

func orAbsent(text string) string {
	if text == "" {
		return "absent"
	}
	return text
}

// unequal words a step that is not deterministic.
func (t *table[T, V, In, Out]) unequal(w *way[T, V, In], difference, when string) string {
	what := "the same step gives different results on equal objects"
	if w.from == nil && when != "" && !strings.HasPrefix(when, "after the input ") {
		what, when = fmt.Sprintf("New(%d) makes different objects", w.start), ""
	}
	if when != "" {
		when = " " + when
	}
	return fmt.Sprintf("the machine %s: %s%s: %s. %s; what belongs to the code, make an input", t.name, what, when, difference, outside)
}

// unlike words two objects that count as equal and are not.
func (t *table[T, V, In, Out]) unlike(difference string, in In, ignored []string) string {
	difference, _, _ = strings.Cut(difference, "; if no step")
	text := fmt.Sprintf("the machine %s: two objects count as equal, and after the input %s they are not: %s", t.name, t.say(in), difference)
	if len(ignored) == 0 {
		return text + ". They differ in nothing that the rules ignore: look for what a Form leaves out, for memory that Constant lets be shared or not, and for slices whose spare memory is written to"
	}
	return text + ". They differ in what the rules ignore, which therefore must not be ignored: " + strings.Join(ignored, "; ")
}

// ignored lists in what two objects differ that the rules ignore. Some of that may be
// refused, for which there is no list.
func (t *table[T, V, In, Out]) ignored(a, b *T) []string {
	strict := t.machine.Rules.strict()
	first, err := strict.Leaves(a)
	if err != nil {
		return nil
	}
	second, err := strict.Leaves(b)
	if err != nil {
		return nil
	}
	var list []string
	for _, d := range deep.Differences(first, second) {
		list = append(list, fmt.Sprintf("%s is %s and %s", d.Path, orAbsent(d.First), orAbsent(d.Second)))
	}
	return list[:min(len(list), 3)]
}

// say words an input.
func (t *table[T, V, In, Out]) say(in In) string { return fmt.Sprintf("%+v", in) }
