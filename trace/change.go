package trace

import "strings"

// Change is one part of a state that a step changed: its path, such as Nodes[1].Phase,
// and its value before and after, as text. An element or entry that was added has no
// Before, and one that was removed has no After. The path of an element of a set is the
// path of the set.
type Change struct {
	Path   string `json:"path"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Changes returns the differences between two values of one Go type, leaf by leaf, in
// the order of the fields. The result is never nil.
//
// If two slices differ only by elements that were added or removed at one position,
// Changes lists these elements. Otherwise it compares the elements index by index, and
// lists the rest of the longer slice as added or removed. A removed element has the
// index that it had before.
func Changes(before, after Value) []Change {
	d := differ{[]Change{}}
	d.compare("", before, after)
	return d.changes
}

// differ collects changes.
type differ struct{ changes []Change }

func (d *differ) add(path, before, after string) {
	path = strings.TrimPrefix(path, ".")
	d.changes = append(d.changes, Change{Path: path, Before: before, After: after})
}

func (d *differ) came(path string, parts ...part) {
	for _, p := range parts {
		d.add(path+p.step, "", p.value.String())
	}
}

func (d *differ) went(path string, parts ...part) {
	for _, p := range parts {
		d.add(path+p.step, p.value.String(), "")
	}
}

func (d *differ) compare(path string, a, b Value) {
	switch {
	case a.Equal(b):
	case a.kind != b.kind:
		d.add(path, a.String(), b.String())
	case a.source != nil && b.source != nil && a.text == b.text && a.shows(b): // only the fields behind the values differ
		d.compare(path, *a.source, *b.source)
	case a.kind == text && a.text == b.text: // only the values behind the texts differ
		d.compare(path, *a.behind, *b.behind)
	case a.kind == record:
		d.places(path, a.parts, b.parts)
	case a.kind == list, a.kind == tuple:
		d.lists(path, a.parts, b.parts)
	case a.kind == queue:
		d.queues(path, a.parts, b.parts)
	case a.kind == journal:
		d.journals(path, a, b)
	case a.kind == bag:
		d.bags(path, a.parts, b.parts)
	case a.kind == mapping:
		d.mappings(path, a.parts, b.parts)
	default:
		d.add(path, a.String(), b.String())
	}
}

// places compares part by part. The rest of the longer side was added or removed.
func (d *differ) places(path string, a, b []part) {
	n := min(len(a), len(b))
	for i := range n {
		d.compare(path+b[i].step, a[i].value, b[i].value)
	}
	d.went(path, a[n:]...)
	d.came(path, b[n:]...)
}

func (d *differ) lists(path string, a, b []part) {
	head := commonHead(a, b)
	tail := commonTail(a[head:], b[head:])
	switch {
	case len(a) == len(b), head+tail < min(len(a), len(b)):
		d.places(path, a, b)
	default: // one of these is empty
		d.went(path, a[head:len(a)-tail]...)
		d.came(path, b[head:len(b)-tail]...)
	}
}

func commonHead(a, b []part) int {
	n := 0
	for n < min(len(a), len(b)) && a[n].value.Equal(b[n].value) {
		n++
	}
	return n
}

func commonTail(a, b []part) int {
	n := 0
	for n < min(len(a), len(b)) && a[len(a)-1-n].value.Equal(b[len(b)-1-n].value) {
		n++
	}
	return n
}

// bags lists the elements that only one of two bags has.
func (d *differ) bags(path string, a, b []part) {
	gone, left := without(a, b), without(b, a)
	d.went(path, gone...)
	d.came(path, left...)
}

// without returns the multiset difference of a and b.
func without(a, b []part) []part {
	met := make([]bool, len(b))
	var rest []part
	for _, p := range a {
		if !meet(p, b, met) {
			rest = append(rest, p)
		}
	}
	return rest
}

// meet pairs p with an equal element of b that is not paired yet.
func meet(p part, b []part, met []bool) bool {
	for i := range b {
		if !met[i] && p.value.Equal(b[i].value) {
			met[i] = true
			return true
		}
	}
	return false
}

func (d *differ) mappings(path string, a, b []part) {
	after := byStep(b)
	for _, p := range a {
		if q, both := after[p.step]; both {
			d.compare(path+p.step, p.value, q.value)
		} else {
			d.went(path, p)
		}
	}
	before := byStep(a)
	for _, q := range b {
		if _, both := before[q.step]; !both {
			d.came(path, q)
		}
	}
}

func byStep(parts []part) map[string]part {
	m := make(map[string]part, len(parts))
	for _, p := range parts {
		m[p.step] = p
	}
	return m
}
