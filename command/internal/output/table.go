package output

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// Table is rows of cells under a heading. A column whose heading starts with >
// has numbers and is aligned to the right. A column that is empty in every row
// is left out. Only the last column may be coloured, because the widths of the
// others are measured in bytes.
type Table struct {
	Style   Style
	Heading []string
	Rows    [][]string
}

// Add adds a row.
func (t *Table) Add(cells ...string) { t.Rows = append(t.Rows, cells) }

// Print writes the table, indented by two columns.
func (t *Table) Print(w io.Writer) {
	var b strings.Builder
	tw := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for _, row := range t.lines() {
		fmt.Fprintln(tw, strings.Join(row, "\t"))
	}
	tw.Flush()
	heading, rows, _ := strings.Cut(b.String(), "\n")
	fmt.Fprintln(w, "  "+t.Style.Dim(strings.TrimRight(heading, " ")))
	for line := range strings.Lines(rows) {
		fmt.Fprintln(w, "  "+strings.TrimRight(line, " \n"))
	}
}

// lines are the heading and the rows, without empty columns and with numbers
// padded on the left.
func (t *Table) lines() [][]string {
	all := make([][]string, 1+len(t.Rows))
	for i, heading := range t.Heading {
		if t.isEmpty(i) {
			continue
		}
		name, isNumber := strings.CutPrefix(heading, ">")
		cells := append([]string{name}, t.column(i)...)
		if isNumber {
			alignRight(cells)
		}
		for j, cell := range cells {
			all[j] = append(all[j], cell)
		}
	}
	return all
}

func (t *Table) column(i int) []string {
	var cells []string
	for _, row := range t.Rows {
		cells = append(cells, row[i])
	}
	return cells
}

func (t *Table) isEmpty(i int) bool {
	return !slices.ContainsFunc(t.Rows, func(row []string) bool { return row[i] != "" })
}

// alignRight pads the cells to the width of the widest.
func alignRight(cells []string) {
	widest := 0
	for _, cell := range cells {
		widest = max(widest, len(cell))
	}
	for i, cell := range cells {
		cells[i] = fmt.Sprintf("%*s", widest, cell)
	}
}
