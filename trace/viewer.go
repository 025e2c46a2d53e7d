package trace

import (
	"slices"
	"strings"
)

// viewerRow is a line of a state: a part with its value or table, a part whose own parts
// are in the lines below, or a removed part.
type viewerRow struct {
	Depth   int
	Name    string
	Value   string
	Table   *viewerTable
	Changes []Change // of the part as a whole
}

// rowsOf returns the lines of a state. Changed parts are shown leaf by leaf, the others
// as briefly as possible. The first state has no changes.
func rowsOf(v Value, changes []Change, first bool, idle idle) []viewerRow {
	l := layout{idle: idle}
	if first {
		changes = nil
	}
	if v.kind.shape() != record {
		l.part(0, part{step: "state", value: v}, "", changes)
		return l.rows
	}
	l.parts(0, "", v, changes)
	return l.rows
}

type layout struct {
	rows []viewerRow
	idle idle
}

// parts adds the lines of a value's parts, including removed ones.
func (l *layout) parts(depth int, path string, v Value, changes []Change) {
	left := slices.Clone(changes)
	for _, p := range v.parts {
		at := strings.TrimPrefix(path+p.step, ".")
		var here []Change
		left = slices.DeleteFunc(left, func(c Change) bool {
			mine := within(at, c.Path) && !p.isInline()
			if mine {
				here = append(here, c)
			}
			return mine
		})
		l.part(depth, p, at, here)
	}
	for _, c := range left {
		l.rows = append(l.rows, viewerRow{Depth: depth, Name: strings.TrimPrefix(c.Path[len(path):], "."), Changes: []Change{c}})
	}
}

// part adds the lines of one part and the changes in it.
func (l *layout) part(depth int, p part, path string, changes []Change) {
	v := p.value
	row := viewerRow{Depth: depth, Name: strings.TrimPrefix(p.step, ".")}
	if p.isInline() {
		row.Name = p.title()
	}
	var below []Change
	for _, c := range changes {
		if c.Path == path {
			row.Changes = append(row.Changes, c)
		} else {
			below = append(below, c)
		}
	}
	if g, ok := gridOf(p.step, v, l.idle); ok && depth == 0 {
		row.Table = tableOf(g, below)
		l.rows = append(l.rows, row)
		return
	}
	if len(below) == 0 {
		if text := v.String(); len(row.Changes) != 1 || row.Changes[0].After != text { // otherwise the change shows the value
			row.Value = text
		}
		l.rows = append(l.rows, row)
		return
	}
	l.rows = append(l.rows, row)
	l.parts(depth+1, path, v, below)
}

// within reports whether a path is that of a part, or leads into the part.
func within(part, path string) bool {
	rest, ok := strings.CutPrefix(path, part)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
