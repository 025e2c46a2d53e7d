package chart

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

const (
	legendLine = 18.0 // the height of a name
	legendChar = 7.0  // the width of a letter
)

// legend names the lines where they hardly ever are, left and above, in the order
// in which they end: the highest first.
func (p panel) legend() {
	order := make([]int, len(p.lines))
	longest := 0
	for i, l := range p.lines {
		order[i] = i
		longest = max(longest, utf8.RuneCountInString(l.name))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.lines[b].end(), p.lines[a].end()) })
	x, y := left+10, top+6
	p.put(`<rect class="key" x="%.1f" y="%.1f" width="%.1f" height="%.1f" rx="4"/>`,
		x, y, float64(longest)*legendChar+48, float64(len(order))*legendLine+8)
	for row, i := range order {
		middle := y + 4 + legendLine*(float64(row)+0.5)
		p.put(`<g style="%s"><path class="line" d="M%.1f %.1fh24"/>%s</g>`, colour(i), x+8, middle, mark(i, true, x+20, middle))
		p.text("name", x+40, middle+4, p.lines[i].name)
	}
}
