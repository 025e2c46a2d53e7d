package trace

import (
	"fmt"
	"reflect"
)

// Valuer is a type whose values say themselves what a trace shows of them, instead of their
// fields: what an opaque part of a state stands for. The method may be on the type or on
// its pointer. It may be called on any value of the type, the zero value too, and must
// depend on the value alone.
//
//	func (h Heap) TraceValue() trace.Value { return trace.ValueOf(h.sorted()) }
//
// The fields are shown after all where two values differ and what they show does not, and
// where the method panics. A String method of the type comes before TraceValue: the text
// then stands for the value that TraceValue returns. A struct with an embedded Valuer is
// shown by its fields, since the method may be that of the embedded field only.
type Valuer interface {
	TraceValue() Value
}

// Backed is a Valuer that says itself what is shown where two values differ and what
// TraceValue returns does not, in place of the fields.
type Backed interface {
	Valuer
	TraceBehind() Value
}

// Field is a named part of a value that [RecordOf] makes.
type Field struct {
	Name  string // as in a path, such as Term or log.entries[2]
	Value Value
}

// RecordOf returns a value with these parts, which is shown as a struct with these fields.
// Of two such values parts with one name are compared, and the others came or left.
func RecordOf(fields []Field) Value {
	r := Value{kind: mapping}
	for _, f := range fields {
		r.parts = append(r.parts, part{name: f.Name, step: "." + f.Name, value: f.Value})
	}
	return r
}

var valuerType = reflect.TypeFor[Valuer]()

// QueueOf returns the value of a queue. Its elements come at the back and leave at the
// front, so they have no paths: a change shows those that came and those that left, as in
// Inbox: - prepare(2).
func QueueOf[E any](items []E) Value {
	q := Value{kind: queue, zero: len(items) == 0}
	for i := range items {
		q.parts = append(q.parts, part{value: read(reflect.ValueOf(&items[i]).Elem())})
	}
	return q
}

// LogOf returns the value of a log. Its entries keep their places, from 0 on: a change shows
// the entries that were appended or truncated with their places, as in Log: + [3] put x. The
// fields of a struct, such as how many entries are committed, are shown beside the entries;
// nil means none.
func LogOf[E any](entries []E, fields any) Value { return LogFrom(0, entries, fields) }

// LogFrom returns the value of a log whose first entries were compacted: the entries begin at
// the place first. A change does not show the entries that were compacted, for what they did is
// not undone. A field should say where the log begins.
func LogFrom[E any](first int, entries []E, fields any) Value {
	l := Value{kind: journal, zero: len(entries) == 0 && first == 0, first: first}
	for i := range entries {
		step := fmt.Sprintf("[%d]", first+i)
		l.parts = append(l.parts, part{step: step, value: read(reflect.ValueOf(&entries[i]).Elem())})
	}
	if fields == nil {
		return l
	}
	about := read(copyOf(reflect.ValueOf(fields)))
	about.parts = append([]part{{name: "Entries", value: l}}, about.parts...)
	about.zero = about.zero && l.zero
	return about
}

// ownValue calls TraceValue. A method that panics is ignored, as that of String is.
func ownValue(v reflect.Value) (own Value, ok bool) {
	defer func() {
		if recover() != nil {
			own, ok = Value{}, false
		}
	}()
	return v.Addr().Interface().(Valuer).TraceValue(), true
}

// behind is what is behind the value that TraceValue returns: what a Backed type says, or
// its fields.
func behind(v reflect.Value, fields *Value) (source *Value) {
	b, ok := v.Addr().Interface().(Backed)
	if !ok {
		return fields
	}
	defer func() {
		if recover() != nil {
			source = fields
		}
	}()
	own := b.TraceBehind()
	return &own
}

// promotes reports whether a struct has an embedded Valuer.
func promotes(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range t.Fields() {
		if f.Anonymous && (f.Type.Implements(valuerType) || reflect.PointerTo(f.Type).Implements(valuerType)) {
			return true
		}
	}
	return false
}

// isInline reports whether a part has the path of the whole: the entries of a log.
func (p part) isInline() bool { return p.step == "" && p.name != "" }

// hasInline reports whether a struct has such a part.
func (v Value) hasInline() bool { return v.kind == record && len(v.parts) > 0 && v.parts[0].isInline() }

// queues lists the elements that left a queue and those that came: the fewest that explain
// the change if the others keep their order, and of those the ones at the front and at the
// back.
func (d *differ) queues(path string, a, b []part) {
	same := common(a, b)
	for i, p := range a {
		if !same[0][i] {
			d.went(path, p)
		}
	}
	for i, p := range b {
		if !same[1][i] {
			d.came(path, p)
		}
	}
}

// common marks in both lists a longest common subsequence (Wagner and Fischer 1974). Of
// several it marks the one whose elements are the last of a and the first of b.
func common(a, b []part) (marks [2][]bool) {
	n, m := len(a), len(b)
	longest := make([][]int, n+1) // of the first i elements of a and the first j of b
	for i := range longest {
		longest[i] = make([]int, m+1)
	}
	equal := func(i, j int) bool { return a[i-1].value.Equal(b[j-1].value) }
	for i := 1; i <= n; i++ {
		for j := 1; j <= m; j++ {
			longest[i][j] = max(longest[i-1][j], longest[i][j-1])
			if equal(i, j) {
				longest[i][j] = longest[i-1][j-1] + 1
			}
		}
	}
	marks = [2][]bool{make([]bool, n), make([]bool, m)}
	for i, j := n, m; i > 0 && j > 0; {
		switch {
		case longest[i][j] == longest[i][j-1]: // the last of b came
			j--
		case equal(i, j):
			marks[0][i-1], marks[1][j-1] = true, true
			i, j = i-1, j-1
		default:
			i--
		}
	}
	return marks
}

// journals lists the entries of a log that are gone, and those that are new. An entry before
// the place where the log begins now was compacted, and is not listed.
func (d *differ) journals(path string, a, b Value) {
	for i, p := range a.parts {
		if at := a.first + i; at >= b.first && !b.hasEntry(at, p) {
			d.add(path, p.entry(), "")
		}
	}
	for i, p := range b.parts {
		if !a.hasEntry(b.first+i, p) {
			d.add(path, "", p.entry())
		}
	}
}

// hasEntry reports whether a log has this entry at a place.
func (v Value) hasEntry(at int, p part) bool {
	i := at - v.first
	return i >= 0 && i < len(v.parts) && v.parts[i].value.Equal(p.value)
}

// entry returns the text of an entry with its place.
func (p part) entry() string { return p.step + " " + p.value.String() }
