package command

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
)

// table is rows in columns under a heading. A column whose heading starts with
// > is of numbers, and set to the right; one in which no row has anything is
// left out. Only the last column may be coloured: the others are measured.
type table struct {
	style   style
	heading []string
	rows    [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) write(w io.Writer) {
	var b strings.Builder
	tw := tabwriter.NewWriter(&b, 0, 0, 3, ' ', 0)
	for _, row := range t.lines() {
		fmt.Fprintln(tw, strings.Join(row, "\t"))
	}
	tw.Flush()
	heading, rows, _ := strings.Cut(b.String(), "\n")
	fmt.Fprintln(w, "  "+t.style.dim(strings.TrimRight(heading, " ")))
	for line := range strings.Lines(rows) {
		fmt.Fprintln(w, "  "+strings.TrimRight(line, " \n"))
	}
}

// lines are the heading and the rows, as far as they are shown, with numbers
// moved to the right.
func (t *table) lines() [][]string {
	all := make([][]string, 1+len(t.rows))
	for i, heading := range t.heading {
		if t.isEmpty(i) {
			continue
		}
		name, isNumber := strings.CutPrefix(heading, ">")
		cells := append([]string{name}, t.column(i)...)
		if isNumber {
			moveRight(cells)
		}
		for j, cell := range cells {
			all[j] = append(all[j], cell)
		}
	}
	return all
}

func (t *table) column(i int) []string {
	var cells []string
	for _, row := range t.rows {
		cells = append(cells, row[i])
	}
	return cells
}

func (t *table) isEmpty(i int) bool {
	return !slices.ContainsFunc(t.rows, func(row []string) bool { return row[i] != "" })
}

func moveRight(cells []string) {
	widest := 0
	for _, cell := range cells {
		widest = max(widest, len(cell))
	}
	for i, cell := range cells {
		cells[i] = fmt.Sprintf("%*s", widest, cell)
	}
}
