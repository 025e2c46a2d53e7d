package trace

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Value is a state or a part of one: an immutable tree, which [ValueOf] makes
// and JSON gives back. The zero Value is nil.
type Value struct {
	kind   kind
	text   string // of a scalar, unquoted
	parts  []part // of anything else
	behind *Value // what a String method made the text of
	zero   bool   // the zero value of its Go type; JSON forgets it
}

// part is an element, entry or field of a value.
type part struct {
	name  string // what its value is called: a key or a field; elements have none
	step  string // from the whole to the part in a path: .Phase, [1], ["k"]
	key   *Value // of an entry of a map; JSON forgets it
	value Value
}

type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	tuple   // a list whose elements differ in kind; only other tools' traces have any
	bag     // a list whose order means nothing; it is sorted
	mapping // sorted by key
	record
)

// shape is a kind as JSON tells them apart.
func (k kind) shape() kind {
	switch k {
	case bag, tuple:
		return list
	case mapping:
		return record
	}
	return k
}

// Equal reports whether both marshal to the same JSON, but for the order of what
// is known to have none. So a state is equal to itself read from a file, although
// its Go types are lost. Two texts that come from String methods must also have
// equal values behind them.
func (v Value) Equal(w Value) bool {
	if v.kind.shape() != w.kind.shape() || v.text != w.text {
		return false
	}
	if v.behind != nil && w.behind != nil && !v.behind.Equal(*w.behind) {
		return false
	}
	if slices.EqualFunc(v.parts, w.parts, part.equal) {
		return true
	}
	unordered := v.kind == bag || w.kind == bag || v.kind == mapping || w.kind == mapping
	return unordered && len(v.parts) == len(w.parts) && sameParts(v.parts, w.parts)
}

// sameParts: each part of one is one of the other's too.
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
	return v.enclose(v.words())
}

// words shows the parts one by one.
func (v Value) words() []string {
	var words []string
	for _, p := range v.parts {
		words = append(words, v.label(p)+p.value.within())
	}
	return words
}

// label is what stands before a part: nothing if it is an element.
func (v Value) label(p part) string {
	if v.kind.shape() == list {
		return ""
	}
	return p.title() + ":"
}

// title is the name as it is shown.
func (p part) title() string { return quotedUnless(printable(p.name) && onePiece(p.name), p.name) }

// enclose joins the words for the parts.
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

// printable reports whether a text stands for itself when nothing is near it.
func printable(s string) bool {
	strange := func(r rune) bool { return !unicode.IsPrint(r) || r == '"' }
	return s != "" && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, strange)
}

// onePiece reports whether a text is seen to be one among others: it has no
// space or unmatched bracket outside of brackets.
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
