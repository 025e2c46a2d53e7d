package trace

// nameWidth limits the column of the values, so that one long name does not move all
// values far to the right.
const nameWidth = 24

// state writes a whole state below its step, a field a line, or a table.
func (p *page) state(v Value, idle idle) {
	indent := p.labelColumn() + len(margin)
	if v.kind.shape() != record {
		p.field(indent, 0, phrase{}, v)
		return
	}
	column := nameColumn(v, idle)
	for _, f := range v.parts {
		if g, ok := gridOf(f.step, f.value, idle); ok {
			p.grid(indent, column, f.title(), g)
		} else {
			p.field(indent, column, plain(f.title()), f.value)
		}
	}
}

// nameColumn returns the width of the column with the names of fields and elements.
func nameColumn(v Value, idle idle) int {
	width := 0
	note := func(name string) {
		if w := plain(name).width; w <= nameWidth {
			width = max(width, w)
		}
	}
	for _, f := range v.parts {
		note(f.title())
		g, _ := gridOf(f.step, f.value, idle)
		for _, l := range g.lines {
			note(margin + l.name)
		}
	}
	return width + len(margin)
}

// field writes a name, with space to the next column, and a value.
func (p *page) field(indent, column int, name phrase, v Value) {
	gap := p.name(indent, column, name)
	p.wrapped(indent+name.width+gap, v)
	p.WriteByte('\n')
}

// name writes a name, with spaces to the next column, and returns their number.
func (p *page) name(indent, column int, name phrase) (gap int) {
	p.spaces(indent)
	p.WriteString(p.pen.dim(name.text))
	if name.text != "" {
		gap = max(column-name.width, 1)
	}
	p.spaces(gap)
	return gap
}

// grid writes a table in the first form that fits the page: a line for each element, a
// column for each element, or the elements below each other.
func (p *page) grid(indent, column int, name string, g grid) {
	rows := g.texts()
	if len(rows) == 1 { // all are idle
		p.folds(indent, column, name, g)
		return
	}
	room := p.width - indent
	rows[0][0] = name
	switch sideways := turned(rows); {
	case widthOf(rows, column) <= room:
		p.upright(indent, column, rows, g)
	case widthOf(sideways, column) <= room:
		p.sideways(indent, column, sideways, g)
	default:
		p.elements(indent, column, name, g)
	}
}

// upright writes a table with a line for each element.
func (p *page) upright(indent, column int, rows [][]string, g grid) {
	columns := widths(rows, column)
	p.row(indent, columns, rows[0], true)
	next := 1
	for _, l := range g.lines {
		if l.folded != "" {
			p.fold(indent, column, l)
			continue
		}
		p.row(indent, columns, rows[next], false)
		next++
	}
}

// sideways writes a table with a column for each element. Folded ones follow.
func (p *page) sideways(indent, column int, rows [][]string, g grid) {
	columns := widths(rows, column)
	for i, row := range rows {
		p.row(indent, columns, row, i == 0)
	}
	for _, l := range g.lines {
		if l.folded != "" {
			p.fold(indent, column, l)
		}
	}
}

// widthOf returns the width of a table whose first column has at least a given width.
func widthOf(rows [][]string, first int) (width int) {
	for i, w := range widths(rows, first) {
		width += w
		if i > 0 {
			width += len(margin)
		}
	}
	return width
}

// widths returns the widths of the columns. Names in all rows but the first are indented.
func widths(rows [][]string, first int) []int {
	list := make([]int, len(rows[0]))
	list[0] = first - len(margin)
	for r, row := range rows {
		for i, text := range row {
			w := plain(text).width
			if i == 0 && r > 0 {
				w += len(margin)
			}
			list[i] = max(list[i], w)
		}
	}
	return list
}

// row writes a row of a table. All rows but the heading are indented.
func (p *page) row(indent int, columns []int, row []string, heading bool) {
	p.spaces(indent)
	at, want := 0, 0
	for i, text := range row {
		if i == 0 && !heading {
			text = margin + text
		}
		if text != "" {
			p.spaces(want - at)
			at = want + plain(text).width
			if i == 0 || heading {
				text = p.pen.dim(text)
			}
			p.WriteString(text)
		}
		want += columns[i] + len(margin)
	}
	p.WriteByte('\n')
}

// fold writes idle elements.
func (p *page) fold(indent, column int, l gridLine) {
	p.name(indent, column, plain(margin+l.name))
	p.WriteString(l.folded + "\n")
}

// folds writes a field whose elements are all idle.
func (p *page) folds(indent, column int, name string, g grid) {
	if len(g.lines) == 1 {
		p.name(indent, column, plain(name))
		p.WriteString(g.lines[0].folded + "\n")
		return
	}
	p.elements(indent, column, name, g)
}

// elements writes the elements below each other.
func (p *page) elements(indent, column int, name string, g grid) {
	p.spaces(indent)
	p.WriteString(p.pen.dim(name) + "\n")
	for _, l := range g.lines {
		if l.folded != "" {
			p.fold(indent, column, l)
		} else {
			p.field(indent, column, plain(margin+l.name), l.value)
		}
	}
}

// wrapped writes a value from a column on. If it is too long for the line, its
// parts continue below each other.
func (p *page) wrapped(column int, v Value) {
	whole := plain(v.String())
	if column+whole.width <= p.width || len(v.parts) == 0 {
		p.WriteString(whole.text)
		return
	}
	opening, closing := v.brackets()
	p.WriteString(opening)
	p.flow(column+len(opening), 1, phrasesOf(v.words()))
	p.WriteString(closing)
}

func phrasesOf(words []string) []phrase {
	var list []phrase
	for _, w := range words {
		list = append(list, plain(w))
	}
	return list
}
