package expression

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/trace"
)

// Expression is a question about a state. Make one with [Parse].
type Expression struct {
	text string
	root node
}

// String is the expression as it was written.
func (e *Expression) String() string { return e.text }

// Holds reports whether the expression is true of a state.
func (e *Expression) Holds(state trace.Value) bool { return e.root.holds(state) }

// Check reports names that the state does not have: fields that are misspelt, and
// comparisons of two words.
func (e *Expression) Check(state trace.Value) error { return e.root.check(state) }

// node is a part of an expression that is true or false.
type node interface {
	holds(trace.Value) bool
	check(trace.Value) error
}

type (
	not struct{ of node }
	and struct{ left, right node }
	or  struct{ left, right node }

	comparison struct {
		op          string
		left, right operand
	}
	truth struct{ of path }
)

func (n not) holds(s trace.Value) bool { return !n.of.holds(s) }
func (n and) holds(s trace.Value) bool { return n.left.holds(s) && n.right.holds(s) }
func (n or) holds(s trace.Value) bool  { return n.left.holds(s) || n.right.holds(s) }

// holds compares every value of the one side with every value of the other.
func (n comparison) holds(s trace.Value) bool {
	right := n.right.values(s)
	return slices.ContainsFunc(n.left.values(s), func(a term) bool {
		return slices.ContainsFunc(right, func(b term) bool { return compare(n.op, a, b) })
	})
}

func (n truth) holds(s trace.Value) bool {
	return slices.ContainsFunc(n.of.values(s), func(t term) bool { return t.value.Kind() == "bool" && t.value.Text() == "true" })
}

func (n not) check(s trace.Value) error { return n.of.check(s) }

func (n and) check(s trace.Value) error { return checkBoth(n.left, n.right, s) }

func (n or) check(s trace.Value) error { return checkBoth(n.left, n.right, s) }

func checkBoth(left, right node, s trace.Value) error {
	if err := left.check(s); err != nil {
		return err
	}
	return right.check(s)
}

func (n comparison) check(s trace.Value) error {
	for _, o := range []operand{n.left, n.right} {
		if o.literal == nil && n.left.isLiteral(s) && n.right.isLiteral(s) {
			return unknown(o.path.String(), s)
		}
	}
	for _, o := range []operand{n.left, n.right} {
		if !o.isLiteral(s) {
			if err := o.path.check(s); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n truth) check(s trace.Value) error { return n.of.check(s) }

// operand is a side of a comparison: a literal, or a path. A path of a single word is a
// literal in states without such a field.
type operand struct {
	literal *term
	path    path
}

func (o operand) isLiteral(s trace.Value) bool {
	return o.literal != nil || len(o.path) == 1 && len(o.path.values(s)) == 0
}

func (o operand) values(s trace.Value) []term {
	if o.literal != nil {
		return []term{*o.literal}
	}
	if values := o.path.values(s); len(values) > 0 || len(o.path) > 1 {
		return values
	}
	return []term{{text: o.path[0].name}}
}

// path leads to parts of a state.
type path []segment

// segment is a step of a path: a field, an element by its place or key, or any element.
type segment struct {
	name    string
	bracket bool
	any     bool
}

func (p path) String() string {
	var b strings.Builder
	for i, s := range p {
		switch {
		case s.any:
			b.WriteString("[*]")
		case s.bracket:
			fmt.Fprintf(&b, "[%s]", s.name)
		case i > 0:
			b.WriteString("." + s.name)
		default:
			b.WriteString(s.name)
		}
	}
	return b.String()
}

// whole is the name of a state that has no fields.
const whole = "State"

// values are the parts of a state to which the path leads.
func (p path) values(s trace.Value) []term {
	at := []trace.Value{s}
	for i, seg := range p {
		if i == 0 && seg.name == whole && s.Kind() != "struct" {
			continue
		}
		var next []trace.Value
		for _, v := range at {
			next = seg.append(next, v)
		}
		at = next
	}
	terms := make([]term, len(at))
	for i, v := range at {
		terms[i] = term{value: v, text: v.Text(), isValue: true}
	}
	return terms
}

// append adds the parts of a value to which the segment leads.
func (g segment) append(to []trace.Value, v trace.Value) []trace.Value {
	for i, p := range v.Parts() {
		isField := !g.bracket && p.Name == g.name
		isPlace := g.bracket && (p.Name == g.name && p.Name != "" || p.Name == "" && fmt.Sprint(i) == g.name)
		if g.any && v.Kind() != "struct" || isField || isPlace {
			to = append(to, p.Value)
		}
	}
	return to
}

// check reports a field that a struct on the way lacks. Elements and entries may be there
// in other states.
func (p path) check(s trace.Value) error {
	at := []trace.Value{s}
	for i, seg := range p {
		if i == 0 && seg.name == whole && s.Kind() != "struct" {
			continue
		}
		var next []trace.Value
		for _, v := range at {
			next = seg.append(next, v)
			isLeaf := len(v.Parts()) == 0 && v.Kind() != "nil" && !isOpen(v)
			if !seg.bracket && (v.Kind() == "struct" && len(seg.append(nil, v)) == 0 || isLeaf) {
				return unknown(seg.name, v)
			}
		}
		at = next
	}
	return nil
}

// isOpen reports whether the value has as many parts as there happen to be.
func isOpen(v trace.Value) bool {
	return slices.Contains([]string{"list", "set", "queue", "log", "map"}, v.Kind())
}

// unknown is the error of a name that is no part of a value.
func unknown(name string, v trace.Value) error {
	var known []string
	for _, p := range v.Parts() {
		if p.Name != "" {
			known = append(known, p.Name)
		}
	}
	if len(known) == 0 {
		return fmt.Errorf("there is no field %q here", name)
	}
	return fmt.Errorf("there is no field %q here; there are %s", name, strings.Join(known, ", "))
}
