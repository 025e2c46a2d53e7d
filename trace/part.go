package trace

// Part is a part of a value: a field, an element or an entry.
type Part struct {
	Step  string // the part's step in a path: .Phase, [1], ["k"]; empty for the entries of a log with marks
	Name  string // of a field or an entry; empty for elements
	Value Value
}

// Parts returns the parts of a value, in its order. A scalar has none.
func (v Value) Parts() []Part {
	list := make([]Part, len(v.parts))
	for i, p := range v.parts {
		list[i] = Part{p.step, p.name, p.value}
	}
	return list
}

// Kind is what a value is: nil, bool, number, text, list, set, queue, log, map or struct.
// A value that was read from JSON has only the kinds that JSON has; a set is then a list,
// and a map is a struct.
func (v Value) Kind() string {
	return [...]string{"nil", "bool", "number", "text", "list", "list", "set", "queue", "log", "map", "struct"}[v.kind]
}

// Text is the text of a scalar, without quotes; empty for other values.
func (v Value) Text() string { return v.text }

// Behind returns the value for which a String method returned the text.
func (v Value) Behind() (behind Value, ok bool) {
	if v.behind == nil {
		return Value{}, false
	}
	return *v.behind, true
}
