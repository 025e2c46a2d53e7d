package trace

import (
	"slices"
	"strings"
)

// viewerTable is a table of structs on the page, with changes in the cells.
type viewerTable struct {
	Columns []string
	Lines   []viewerLine
	Wide    bool // the cells of a line are below each other
}

type viewerLine struct {
	Name    string
	Folded  string   // the text of idle elements, instead of cells
	Gone    []Change // removed elements
	New     bool     // the element was added
	Changed bool
	Cells   []viewerCell
}

type viewerCell struct {
	Column  string
	Value   string
	Changes []Change // each with its path within the cell
}

// span returns the number of columns beside the names.
func (t *viewerTable) span() int { return max(1, len(t.Columns)) }

// tableOf returns the table of a grid with its changes.
func tableOf(g grid, changes []Change) *viewerTable {
	t := &viewerTable{}
	if len(g.texts()) > 1 { // not all lines are folded
		t.Columns = g.columns
	}
	left := slices.Clone(changes)
	for _, l := range g.lines {
		line := viewerLine{Name: l.name, Folded: l.folded}
		at := strings.TrimPrefix(l.path, ".")
		var here []Change
		left = slices.DeleteFunc(left, func(c Change) bool {
			mine := within(at, c.Path)
			if mine {
				here = append(here, c)
			}
			return mine
		})
		line.fill(l, at, here)
		t.Lines = append(t.Lines, line)
	}
	for _, c := range left {
		_, place, _ := strings.Cut(c.Path, "[")
		t.Lines = append(t.Lines, viewerLine{Name: "[" + place, Changed: true, Gone: []Change{c}})
	}
	return t
}

// fill adds the cells of an element, with their changes.
func (l *viewerLine) fill(g gridLine, path string, changes []Change) {
	inline := g.value.hasInline() // then a change at the path is one of the entries of the element
	for _, c := range changes {
		isGone := c.Path == path && c.Before != "" && !inline
		if isGone {
			l.Gone = append(l.Gone, c)
		}
		l.New = l.New || c.Path == path && c.After != "" && !inline
		l.Changed = l.Changed || !isGone || c.After != ""
	}
	if g.folded != "" {
		return
	}
	for _, f := range g.value.parts {
		cell := viewerCell{Column: f.title(), Value: f.value.cell()}
		for _, c := range changes {
			if at := path + f.step; within(at, c.Path) && (!f.isInline() || c.Path == at) {
				cell.add(c, at)
			}
		}
		l.Cells = append(l.Cells, cell)
	}
}

// add adds a change of the cell's value or of a part of it. The value is left out if the
// change shows it.
func (c *viewerCell) add(change Change, path string) {
	if change.Path == path && change.After == c.Value {
		c.Value = ""
	}
	change.Path = strings.TrimPrefix(change.Path[len(path):], ".")
	c.Changes = append(c.Changes, change)
}

// tableWidth limits the letters in a line of a table on the page.
const tableWidth = 84

// alignTables gives the tables of a field the same form in all steps.
func (p *viewerData) alignTables() {
	wide := map[string]bool{}
	each := func(do func(name string, t *viewerTable)) {
		for _, s := range p.Steps {
			for _, r := range s.Rows {
				if r.Table != nil {
					do(r.Name, r.Table)
				}
			}
		}
	}
	each(func(name string, t *viewerTable) { wide[name] = wide[name] || t.width() > tableWidth })
	each(func(name string, t *viewerTable) { t.Wide = wide[name] })
}

// width returns the number of letters in the widest texts of all columns.
func (t *viewerTable) width() (sum int) {
	for i, name := range t.Columns {
		width := plain(name).width
		for _, l := range t.Lines {
			if i < len(l.Cells) {
				width = max(width, l.Cells[i].width())
			}
		}
		sum += width + len(margin)
	}
	return sum
}

func (c viewerCell) width() int {
	width := plain(c.Value).width
	for _, change := range c.Changes {
		width = max(width, plain(change.String()).width)
	}
	return width
}
