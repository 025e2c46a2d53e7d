package trace

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

const (
	itfFormat   = "ITF"
	itfDocument = "https://apalache-mc.org/docs/adr/015adr-trace.html"
)

// The members by which ITF represents types that JSON does not have.
const (
	itfMeta    = "#meta"
	itfBigint  = "#bigint"
	itfSet     = "#set"
	itfMap     = "#map"
	itfTuple   = "#tup"
	itfUnknown = "#unserializable"
)

// The members of #meta with the reasons why the loop is fair, and with [Trace.Beyond].
const (
	itfFair   = "fair"
	itfBeyond = "beyond"
)

// ITF writes the trace in the Informal Trace Format of the model checker
// Apalache (its ADR 015), which other tools for TLA+ and Quint read too. The package
// comment describes the form of values. The members of meta become members of the
// trace's #meta; [ReadITF] returns them.
func (t *Trace) ITF(w io.Writer, meta map[string]any) error {
	about := map[string]any{"format": itfFormat, "format-description": itfDocument}
	if len(t.Fair) > 0 {
		about[itfFair] = t.Fair
	}
	if t.Beyond {
		about[itfBeyond] = true
	}
	for name, value := range meta {
		about[name] = value
	}
	head, err := json.Marshal(about)
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	vars, _ := json.Marshal(t.variables()) // marshalling strings never fails
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "{\n  %q: %s,\n  \"vars\": %s,\n  \"states\": [", itfMeta, head, vars)
	for i, s := range t.Steps {
		separator := ","
		if i == 0 {
			separator = ""
		}
		fmt.Fprintf(b, "%s\n    %s", separator, s.appendITF(nil, i))
	}
	fmt.Fprint(b, "\n  ]")
	if t.Loop > 0 {
		fmt.Fprintf(b, ",\n  \"loop\": %d", t.Loop-1)
	}
	fmt.Fprint(b, "\n}\n")
	return b.Flush()
}

// bare is the name of the only variable if the state is not a struct.
const bare = "state"

// variables returns the names of the state's fields.
func (t *Trace) variables() []string {
	names := []string{}
	if len(t.Steps) == 0 {
		return names
	}
	s := t.Steps[0].State
	if s.kind != record {
		return append(names, bare)
	}
	for _, p := range s.parts {
		names = append(names, p.name)
	}
	return names
}

// appendITF writes the state of a step, with the step in its #meta.
func (s Step) appendITF(b []byte, index int) []byte {
	b = fmt.Appendf(b, `{%q:{"index":%d,"action":`, itfMeta, index)
	b = appendString(b, s.Action)
	if s.Fault != "" {
		b = appendString(append(b, `,"fault":`...), s.Fault)
	}
	b = append(b, `,"arguments":`...)
	b = s.Arguments.record().texts().appendITF(b) // a step is found again by its texts
	if s.State.kind != record {
		b = fmt.Appendf(b, `,"bare":true},%q:`, bare)
		return append(s.State.appendITF(b), '}')
	}
	b = append(b, '}')
	for _, p := range s.State.parts {
		b = append(b, ',')
		b = append(appendString(b, p.name), ':')
		b = p.value.appendITF(b)
	}
	return append(b, '}')
}

// isInteger reports whether a text consists of digits, possibly after a minus.
func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

func (v Value) appendITF(b []byte) []byte {
	if set, ok := v.members(); ok {
		return set.appendITF(b)
	}
	switch v.kind {
	case null:
		return append(b, `{"`+itfUnknown+`":"nil"}`...)
	case number:
		if !isInteger(v.text) { // a number from JSON may have a fraction; states have none
			return appendString(b, v.text)
		}
		return append(b, `{"`+itfBigint+`":"`+v.text+`"}`...)
	case tuple:
		return append(v.appendItems(append(b, `{"`+itfTuple+`":`...)), '}')
	case bag:
		if v.repeats() { // a set cannot have an element twice
			return v.appendItems(b)
		}
		return append(v.appendItems(append(b, `{"`+itfSet+`":`...)), '}')
	case list, queue, journal:
		return v.appendItems(b)
	case mapping:
		return v.appendMap(b)
	case record:
		return v.appendRecord(b)
	}
	return v.appendJSON(b)
}

func (v Value) appendItems(b []byte) []byte {
	b = append(b, '[')
	for i, p := range v.parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = p.value.appendITF(b)
	}
	return append(b, ']')
}

func (v Value) appendMap(b []byte) []byte {
	b = append(b, `{"`+itfMap+`":[`...)
	for i, p := range v.parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(p.keyOf().appendITF(append(b, '[')), ',')
		b = append(p.value.appendITF(b), ']')
	}
	return append(b, "]}"...)
}

// keyOf returns the key of an entry. If the entry was read from JSON, the key is only
// known as a name.
func (p part) keyOf() Value {
	if p.key != nil {
		return *p.key
	}
	return Value{kind: text, text: p.name}
}

// appendRecord writes an object, or a map if a name could be taken for one of ITF's own
// members.
func (v Value) appendRecord(b []byte) []byte {
	for _, p := range v.parts {
		if strings.HasPrefix(p.name, "#") {
			return v.appendMap(b)
		}
	}
	b = append(b, '{')
	for i, p := range v.parts {
		if i > 0 {
			b = append(b, ',')
		}
		b = p.value.appendITF(append(appendString(b, p.name), ':'))
	}
	return append(b, '}')
}

// repeats reports whether two elements are equal.
func (v Value) repeats() bool {
	for i, p := range v.parts {
		for _, q := range v.parts[:i] {
			if p.value.Equal(q.value) {
				return true
			}
		}
	}
	return false
}
