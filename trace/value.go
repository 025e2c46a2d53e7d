package trace

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Value is an immutable tree that represents a state or a part of one. [ValueOf] makes a
// Value, and JSON preserves it. The zero Value is nil.
type Value struct {
	kind   kind
	text   string // of a scalar, unquoted
	parts  []part // of any other value
	behind *Value // the value for which a String method returned text
	source *Value // the fields for which a TraceValue method returned the value; lost in JSON
	zero   bool   // the zero value of its Go type; lost in JSON
	first  int    // of a journal: the place of its first entry; lost in JSON
}

// part is an element, entry or field of a value.
type part struct {
	name  string // a key or the name of a field; empty for elements
	step  string // the part's step in a path: .Phase, [1], ["k"]
	key   *Value // of an entry of a map; lost in JSON
	value Value
}

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	tuple   // a list of elements of different kinds, from traces of other tools
	bag     // an unordered list; it is sorted
	queue   // a list whose elements come at the back and leave at the front
	journal // a list whose elements keep their places: the entries of a log
	mapping // sorted by key
	record
)

// shape returns a kind as far as JSON distinguishes kinds.
func (k kind) shape() kind {
	switch k {
	case bag, tuple, queue, journal:
		return list
	case mapping:
		return record
	}
	return k
}

// Equal reports whether two values marshal to the same JSON, apart from the order of
// unordered lists. A set also equals its text from a String method. So a state equals its
// copy from a file, which has lost its Go types. Two texts of String methods must also
// have equal values behind them, and two values of TraceValue methods equal fields.
func (v Value) Equal(w Value) bool {
	if v.kind.shape() != w.kind.shape() || v.text != w.text {
		return v.isSetOf(w) || w.isSetOf(v)
	}
	if v.behind != nil && w.behind != nil && !v.behind.Equal(*w.behind) {
		return false
	}
	if v.source != nil && w.source != nil && !v.source.Equal(*w.source) {
		return false
	}
	return v.shows(w)
}

// shows reports whether two values of one shape have equal parts.
func (v Value) shows(w Value) bool {
	if slices.EqualFunc(v.parts, w.parts, part.equal) {
		return true
	}
	unordered := v.kind == bag || w.kind == bag || v.kind == mapping || w.kind == mapping
	return unordered && len(v.parts) == len(w.parts) && sameParts(v.parts, w.parts)
}

// sameParts reports whether two lists have the same parts in any order.
func sameParts(a, b []part) bool {
	met := make([]bool, len(b))
	for _, p := range a {
		i := 0
		for i < len(b) && (met[i] || !p.equal(b[i])) {
			i++
		}
		if i == len(b) {
			return false
		}
		met[i] = true
	}
	return true
}

func (p part) equal(q part) bool {
	return p.name == q.name && p.value.Equal(q.value)
}

// String shows the value on one line.
func (v Value) String() string {
	if v.kind == text {
		return quotedUnless(printable(v.text), v.text)
	}
	return v.within()
}

// within shows the value as a part of a larger whole.
func (v Value) within() string {
	switch v.kind {
	case null:
		return "nil"
	case boolean, number:
		return v.text
	case text:
		return quotedUnless(printable(v.text) && onePiece(v.text), v.text)
	}
	if v.hasInline() && !slices.ContainsFunc(v.parts[1:], func(p part) bool { return !p.value.isDull() }) {
		return v.parts[0].value.within() // a log without marks is its entries
	}
	return v.enclose(v.words())
}

// words returns the texts of the parts.
func (v Value) words() []string {
	var words []string
	for _, p := range v.parts {
		words = append(words, v.label(p)+p.value.within())
	}
	return words
}

// label returns the text before a part, or "" for an element.
func (v Value) label(p part) string {
	if v.kind.shape() == list {
		return ""
	}
	return p.title() + ":"
}

// title returns the name, quoted if necessary.
func (p part) title() string { return quotedUnless(printable(p.name) && onePiece(p.name), p.name) }

// enclose joins the texts of the parts, in the brackets of the kind.
func (v Value) enclose(words []string) string {
	opening, closing := v.brackets()
	return opening + strings.Join(words, " ") + closing
}

func (v Value) brackets() (opening, closing string) {
	if v.kind.shape() == list {
		return "[", "]"
	}
	return "{", "}"
}

func quotedUnless(clear bool, s string) string {
	if clear {
		return s
	}
	return strconv.Quote(s)
}

// printable reports whether a text needs no quotes when it stands alone.
func printable(s string) bool {
	strange := func(r rune) bool { return !unicode.IsPrint(r) || r == '"' }
	return s != "" && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, strange)
}

// onePiece reports whether a text needs no quotes among others: outside of brackets it
// has no space and no unmatched bracket.
func onePiece(s string) bool {
	depth := 0
	for _, r := range s {
		switch r {
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth--
		case ' ':
			if depth == 0 {
				return false
			}
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}
