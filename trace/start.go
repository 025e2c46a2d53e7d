package trace

import (
	"fmt"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// startWidth is the width from which a field of the first state is shown part by part.
const startWidth = 64

// start lists the informative fields of the initial state, each as a whole if it is
// short.
func start(v Value) []Change {
	d := differ{[]Change{}}
	switch {
	case v.kind == record:
		d.present("", v)
	case v.tells():
		d.presentWhole("", v)
	}
	return d.changes
}

// present lists the informative parts. Elements of bags, queues and logs and entries of
// maps always are informative, since they need not exist. Equal neighbours in a list are listed once.
func (d *differ) present(path string, v Value) {
	for i := 0; i < len(v.parts); {
		p, n := v.parts[i], v.alike(i)
		switch says := v.isOpen() || p.value.tells(); {
		case says && n > 1:
			d.add(path+rangeOf(i, n), "", "all "+p.value.brief())
		case says:
			d.presentWhole(path+p.step, p.value)
		}
		i += n
	}
}

// isOpen reports whether the parts are as many as there happen to be.
func (v Value) isOpen() bool {
	return v.kind == bag || v.kind == queue || v.kind == journal || v.kind == mapping
}

// alike returns how many elements of a list are equal, from index i on. Other values have
// no equal neighbours.
func (v Value) alike(i int) int {
	n := 1
	for v.kind == list && i+n < len(v.parts) && v.parts[i].value.Equal(v.parts[i+n].value) {
		n++
	}
	return n
}

// rangeOf returns the indices of n elements from i on, such as [1] or [1..2].
func rangeOf(i, n int) string {
	if n == 1 {
		return "[" + strconv.Itoa(i) + "]"
	}
	return fmt.Sprintf("[%d..%d]", i, i+n-1)
}

// presentWhole lists a value as a whole, unless it is long and has parts.
func (d *differ) presentWhole(path string, v Value) {
	s := v.brief()
	switch {
	case len(v.parts) == 0:
		d.add(path, "", v.String())
	case v.uniform():
		d.add(path, "", "all "+v.parts[0].value.brief())
	case utf8.RuneCountInString(s) <= startWidth:
		d.add(path, "", s)
	default:
		d.present(path, v)
	}
}

// tells reports whether a value is informative: it is not zero, or it is a zero with a
// name, such as Idle.
func (v Value) tells() bool {
	return !v.zero || v.named() || slices.ContainsFunc(v.parts, func(p part) bool { return p.value.tells() })
}

// named reports whether a String method gives the value a name, and not only a number or
// brackets.
func (v Value) named() bool {
	first, _ := utf8.DecodeRuneInString(v.text)
	return v.behind != nil && unicode.IsLetter(first)
}

// brief is within without uninformative fields and without repetition.
func (v Value) brief() string {
	if len(v.parts) == 0 {
		return v.within()
	}
	if v.uniform() {
		return v.enclose([]string{v.parts[0].value.brief(), "..."})
	}
	if v.hasInline() && !slices.ContainsFunc(v.parts[1:], func(p part) bool { return p.value.tells() }) {
		return v.parts[0].value.brief()
	}
	var words []string
	for _, p := range v.parts {
		if v.kind != record || p.value.tells() {
			words = append(words, v.label(p)+p.value.brief())
		}
	}
	return v.enclose(words)
}

// uniform reports whether a list has more than two elements, all equal.
func (v Value) uniform() bool {
	for _, p := range v.parts {
		if v.kind != list || !p.value.Equal(v.parts[0].value) {
			return false
		}
	}
	return len(v.parts) > 2
}
