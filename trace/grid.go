package trace

// grid is a list or map of structs as a table, with a line for each element and a column
// for each field. Equal idle neighbours share a line without cells.
type grid struct {
	columns []string
	lines   []gridLine
}

type gridLine struct {
	name   string // such as [0], or [1..2]
	path   string // of the element, or of the first
	value  Value
	folded string // the text of idle elements, instead of cells
}

// gridOf returns the table of a field, whose path begins with step. It reports false if
// the value is not a list or map of structs of one type.
func gridOf(step string, v Value, idle idle) (g grid, ok bool) {
	if v.kind.shape() != list && v.kind.shape() != record || len(v.parts) == 0 {
		return g, false
	}
	for _, f := range v.parts[0].value.fields() {
		g.columns = append(g.columns, f.title())
	}
	for i := 0; i < len(v.parts); {
		p, n := v.parts[i], 1
		if !p.value.hasFields(g.columns) {
			return g, false
		}
		line := gridLine{name: p.place(), path: step + p.step, value: p.value}
		if idle[line.path] {
			for n < v.alike(i) && idle[step+v.parts[i+n].step] {
				n++
			}
			line.name, line.folded = rangeOf(i, n), p.value.folded(n)
			if n == 1 && line.folded == p.value.within() { // cells say as much
				line.folded = ""
			}
		}
		g.lines = append(g.lines, line)
		i += n
	}
	return g, true
}

// place returns the name of an element, an entry or a field in a table. Elements of a set
// have no names.
func (p part) place() string {
	if p.key == nil && p.name == "" {
		return p.step
	}
	return p.title()
}

// hasFields reports whether a value is a struct with two or more fields, which have these
// names.
func (v Value) hasFields(names []string) bool {
	if v.kind != record || len(v.parts) != len(names) || len(names) < 2 {
		return false
	}
	for i, f := range v.parts {
		if f.title() != names[i] {
			return false
		}
	}
	return true
}

// texts returns the rows of the table, beginning with the heading. Folded lines have none.
func (g grid) texts() [][]string {
	rows := [][]string{append([]string{""}, g.columns...)}
	for _, l := range g.lines {
		if l.folded != "" {
			continue
		}
		row := []string{l.name}
		for _, f := range l.value.parts {
			row = append(row, f.value.cell())
		}
		rows = append(rows, row)
	}
	return rows
}

// turned exchanges rows and columns.
func turned(rows [][]string) [][]string {
	var list [][]string
	for i := range rows[0] {
		var row []string
		for _, r := range rows {
			row = append(row, r[i])
		}
		list = append(list, row)
	}
	return list
}
