package lin

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Call is a call as [Lanes] draws it.
type Call struct {
	Client    string
	Arguments string // with the name of the operation
	Answer    string
	From, To  int  // the steps of the call and of the answer; To is zero if there is none
	Wrong     bool // the answer cannot be explained

	_ struct{}
}

// Lanes draws calls in the order of their beginnings, with a lane for each client and a
// column for each step in which a call begins or ends. The picture is text with lines of
// one width for each character:
//
//	step      1       4         6
//	client 3  [write 7------------->
//	client 4  [read--7] [read--0]
//	                    ^^^^^^^^^
func Lanes(calls []Call) string {
	d := newDrawing(calls)
	var b strings.Builder
	d.header(&b)
	for _, client := range d.clients {
		d.lane(&b, client)
	}
	return b.String()
}

// drawing has the columns of all beginnings and ends.
type drawing struct {
	calls    []Call
	clients  []string // in the order of their names
	margin   int
	from, to []int // the columns where the calls begin and end
	steps    []int
	columns  []int // of the steps
	end      int
}

const (
	stepWord   = "step"
	gap        = 2
	fill       = "--"
	unanswered = "-->"
)

func newDrawing(calls []Call) *drawing {
	d := &drawing{calls: calls, margin: len(stepWord), from: make([]int, len(calls)), to: make([]int, len(calls))}
	for _, c := range calls {
		if !slices.Contains(d.clients, c.Client) {
			d.clients = append(d.clients, c.Client)
		}
		d.margin = max(d.margin, width(c.Client))
		d.steps = append(d.steps, c.From)
		if c.To > 0 {
			d.steps = append(d.steps, c.To)
		}
	}
	slices.Sort(d.clients)
	slices.Sort(d.steps)
	d.steps = slices.Compact(d.steps)
	d.margin += gap
	d.place()
	return d
}

// place gives each step a column with room for what ends there: the ends first, and then the
// beginnings, so that a client can call again in the step of its answer.
func (d *drawing) place() {
	at := d.margin
	for _, step := range d.steps {
		end := at
		for i, c := range d.calls {
			if c.To == step && c.From < step {
				end = max(end, d.from[i]+1+width(c.Arguments)+len(fill)+width(c.Answer))
			}
		}
		begin := end
		for i, c := range d.calls {
			if c.To == step && c.From < step {
				d.to[i] = end
				begin = end + gap
			}
		}
		next := begin + len(fmt.Sprint(step)) + 1
		for i, c := range d.calls {
			if c.From != step {
				continue
			}
			d.from[i], next = begin, max(next, begin+gap)
			if c.To == step { // it begins and ends in one step
				d.to[i] = begin + 1 + width(c.Arguments) + len(fill) + width(c.Answer)
				next = max(next, d.to[i]+gap)
			}
			d.end = max(d.end, begin+1+width(c.Arguments)+len(unanswered))
		}
		d.columns = append(d.columns, end)
		at = next
	}
	d.end = max(d.end, at)
}

func (d *drawing) header(b *strings.Builder) {
	line := newLine(stepWord)
	for i, step := range d.steps {
		line.put(d.columns[i], fmt.Sprint(step))
	}
	line.write(b)
}

// lane writes the calls of a client, and marks below them the answers that are wrong.
func (d *drawing) lane(b *strings.Builder, client string) {
	line, below := newLine(client), newLine("")
	for i, c := range d.calls {
		if c.Client != client {
			continue
		}
		if c.To == 0 {
			line.put(d.from[i], "["+c.Arguments)
			line.put(line.width(), strings.Repeat("-", max(0, d.end-line.width()-1))+">")
			continue
		}
		between := d.to[i] - d.from[i] - 1 - width(c.Arguments) - width(c.Answer)
		line.put(d.from[i], "["+c.Arguments+strings.Repeat("-", between)+c.Answer+"]")
		if c.Wrong {
			below.put(d.from[i], strings.Repeat("^", d.to[i]-d.from[i]+1))
		}
	}
	line.write(b)
	if below.width() > 0 {
		below.write(b)
	}
}

// line is a line of text that is filled from left to right.
type line struct{ strings.Builder }

func newLine(text string) *line {
	var l line
	l.WriteString(text)
	return &l
}

func (l *line) width() int { return width(l.String()) }

func (l *line) put(column int, text string) {
	l.WriteString(strings.Repeat(" ", max(0, column-l.width())))
	l.WriteString(text)
}

func (l *line) write(b *strings.Builder) {
	b.WriteString(l.String())
	b.WriteByte('\n')
}

func width(text string) int { return utf8.RuneCountInString(text) }
