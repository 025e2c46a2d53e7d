package trace

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	margin   = "  "
	labelGap = 4 // columns between the longest label and the changes
	wordGap  = 3 // columns between changes
)

// page collects the text of a trace, with columns for numbers, labels and changes.
type page struct {
	strings.Builder
	pen    pen
	width  int
	digits int // of the largest number
	label  int // width of the labels; a longer label takes a line of its own
}

func newPage(t *Trace, o TextOptions) *page {
	p := &page{pen: pen(o.Color), width: o.Width}
	if p.width == 0 {
		p.width = 100
	}
	p.digits = len(strconv.Itoa(len(t.Steps)))
	for _, s := range t.Steps {
		if n := utf8.RuneCountInString(s.heading()); n <= p.width*2/5 {
			p.label = max(p.label, n)
		}
	}
	return p
}

func (p *page) step(i int, s Step, changes []Change) {
	fmt.Fprintf(p, "%s%*d%s%s%s", margin, p.digits, i+1, margin, p.pen.bold(s.Label()), p.pen.yellow(s.faultMark()))
	column := p.labelColumn() + p.label + labelGap
	end := p.labelColumn() + utf8.RuneCountInString(s.heading())
	if end+labelGap > column {
		p.WriteByte('\n')
		end = 0
	}
	p.spaces(column - end)
	p.changes(column, i, changes)
	p.WriteByte('\n')
}

func (p *page) labelColumn() int { return 2*len(margin) + p.digits }

func (p *page) spaces(n int) { p.WriteString(strings.Repeat(" ", n)) }

// phrase is text that is not broken into lines, with its width on the screen.
type phrase struct {
	text  string
	width int
}

func plain(s string) phrase { return phrase{s, utf8.RuneCountInString(s)} }

// flow writes phrases from a column on, as many on a line as fit.
func (p *page) flow(column, gap int, phrases []phrase) {
	at := column
	for i, ph := range phrases {
		switch {
		case i == 0:
		case at+gap+ph.width > p.width:
			p.WriteByte('\n')
			p.spaces(column)
			at = column
		default:
			p.spaces(gap)
			at += gap
		}
		p.WriteString(ph.text)
		at += ph.width
	}
}
