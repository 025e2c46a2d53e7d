package expression

import (
	"cmp"
	"math/big"

	"github.com/muster-mc/muster/trace"
)

// term is a value of a state, or a literal.
type term struct {
	value   trace.Value
	text    string
	isValue bool
}

// compare reports whether a comparison is true of two terms.
func compare(op string, a, b term) bool {
	switch op {
	case "==":
		return equal(a, b)
	case "!=":
		return !equal(a, b)
	}
	order, ok := ordered(a, b)
	switch {
	case !ok:
		return false
	case op == "<":
		return order < 0
	case op == "<=":
		return order <= 0
	case op == ">":
		return order > 0
	}
	return order >= 0
}

func equal(a, b term) bool {
	if a.isValue && b.isValue && a.value.Equal(b.value) || a.shown() == b.shown() {
		return true
	}
	x, y := a.number(), b.number()
	return x != nil && y != nil && x.Cmp(y) == 0
}

// shown is the text of a term as a trace shows it, but without quotes.
func (t term) shown() string {
	if t.isValue && (len(t.value.Parts()) > 0 || isOpen(t.value) || t.value.Kind() == "nil") {
		return t.value.String()
	}
	return t.text
}

// number is the number that a term is, or that is behind its text; nil if there is none.
func (t term) number() *big.Int {
	text := t.text
	if t.isValue && t.value.Kind() == "text" {
		behind, ok := t.value.Behind()
		if !ok || behind.Kind() != "number" {
			return nil
		}
		text = behind.Text()
	}
	n, ok := new(big.Int).SetString(text, 10)
	if !ok {
		return nil
	}
	return n
}

func ordered(a, b term) (order int, ok bool) {
	if x, y := a.number(), b.number(); x != nil && y != nil {
		return x.Cmp(y), true
	}
	return cmp.Compare(a.text, b.text), a.isText() && b.isText()
}

func (t term) isText() bool { return !t.isValue || t.value.Kind() == "text" }
