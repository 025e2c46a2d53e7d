package trace

import (
	"slices"
	"strings"
)

// The arrays of a model are as large as its largest configuration needs. A trace cannot
// distinguish an element that a configuration leaves unused from a node to which nothing
// happens: both stay zero. Hiding zeros by a guess could hide the node, and a declaration
// of sizes in each model could be wrong. So idle elements are shown, but briefly: without
// zeros, and equal neighbours as one.

// idle has the paths of the elements in the fields of a state that do not change in the
// whole run and are zero except for texts.
type idle map[string]bool

// idleIn finds the idle elements of lists among the fields of the states.
func idleIn(steps []Step) idle {
	found := idle{}
	for i, s := range steps {
		now := idle{}
		for _, f := range s.State.fields() {
			for _, p := range f.value.parts {
				path := f.step + p.step
				stays := i == 0 || found[path] && p.value.Equal(steps[i-1].State.at(f.step, p.step))
				if f.value.kind == list && stays && p.value.isDull() {
					now[path] = true
				}
			}
		}
		found = now
	}
	return found
}

// fields returns the fields of a struct. Other values have none.
func (v Value) fields() []part {
	if v.kind.shape() != record {
		return nil
	}
	return v.parts
}

// at returns the part at a path, given by its steps.
func (v Value) at(steps ...string) Value {
	for _, step := range steps {
		i := slices.IndexFunc(v.parts, func(p part) bool { return p.step == step })
		if i < 0 {
			return Value{}
		}
		v = v.parts[i].value
	}
	return v
}

// isDull reports whether a value is zero except for texts, which may be names of zeros.
// The result is the same for a value that was read from JSON.
func (v Value) isDull() bool {
	switch v.kind {
	case boolean:
		return v.text == "false"
	case number:
		return v.text == "0"
	case mapping, bag, queue, journal:
		return len(v.parts) == 0
	}
	return !slices.ContainsFunc(v.parts, func(p part) bool { return !p.value.isDull() })
}

// IsMute reports whether a value says nothing: it is zero, and no text gives the zero a name.
func (v Value) IsMute() bool {
	if v.kind == text {
		return v.text == "" || v.text == "{}" || v.text == "[]"
	}
	return v.isDull() && !slices.ContainsFunc(v.parts, func(p part) bool { return !p.value.IsMute() })
}

// short returns the text of a dull value without its zeros.
func (v Value) short() string {
	if len(v.parts) == 0 {
		return v.within()
	}
	var words []string
	for _, p := range v.parts {
		if v.kind.shape() == list || !p.value.IsMute() {
			words = append(words, v.label(p)+p.value.short())
		}
	}
	return v.enclose(words)
}

// folded returns the text of n equal dull elements.
func (v Value) folded(n int) string {
	s := v.short()
	switch {
	case v.IsMute() && n > 1:
		return "all zero"
	case v.IsMute():
		return "zero"
	case n > 1:
		return "all " + s
	}
	return s
}

// cell returns the text of a value in a table. Dull structs in a list are short.
func (v Value) cell() string {
	if v.kind != list || len(v.parts) == 0 || v.parts[0].value.kind != record {
		return v.String()
	}
	var words []string
	for _, p := range v.parts {
		if p.value.isDull() {
			words = append(words, p.value.short())
		} else {
			words = append(words, p.value.within())
		}
	}
	return "[" + strings.Join(words, " ") + "]"
}
