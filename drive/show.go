package drive

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/muster-mc/muster/internal/tour"
	"github.com/muster-mc/muster/trace"
)

// show is a failure as text: what it is, and the run in two columns.
func (d *driver[S]) show(f *failure) string {
	label := d.graph.Labels[f.last().label()].Text
	return fmt.Sprintf("the real system differs from the model %s at step %d, %s:\n%s\n\n%s", d.report.Model, len(f.orders), label, f.problem, d.table(f))
}

// row is a step: what the model says of it, and what the real system does.
type row struct {
	label       string
	model, real []string
}

// table shows the run of a failure: each step with what it changes in the model, and what
// the system answered; of the last step what differs.
func (d *driver[S]) table(f *failure) string {
	var rows []row
	var places []*tour.Place
	for p := f.place; p.Before != nil; p = p.Before {
		places = append(places, p)
	}
	slices.Reverse(places)
	t := d.graph.Trace(f.place.Run(d.graph))
	for i, s := range t.Steps {
		r := row{s.Label(), changesOf(t, i), []string{"agrees"}}
		n := f.notes[places[i]]
		if n == nil {
			r.label += " (unseen)"
			rows = append(rows, r)
			continue
		}
		if r.label = d.graph.Labels[n.order.label()].Text; n.says != "" {
			r.real = []string{"agrees: " + n.says}
		}
		rows = append(rows, r)
		for _, o := range n.refused {
			rows = append(rows, row{d.graph.Labels[o.label()].Text, []string{"not possible"}, []string{"refused"}})
		}
	}
	return layout(d.last(rows, f))
}

// last completes the row of the step that failed, which has no row yet if the model does
// not permit it.
func (d *driver[S]) last(rows []row, f *failure) []row {
	if f.before || f.last().isRefusal() {
		rows = append(rows, row{label: d.graph.Labels[f.last().label()].Text, model: []string{"not possible"}})
	}
	r := &rows[len(rows)-1]
	if r.real = nil; f.answer != "" {
		r.real = []string{f.answer}
	}
	if len(f.differences) == 0 {
		return rows
	}
	isShown := func(change string) bool {
		return slices.ContainsFunc(f.differences, func(d Difference) bool { return strings.HasPrefix(change, d.Path+": ") })
	}
	agreed := slices.DeleteFunc(r.model, isShown)
	r.model = nil
	for _, d := range f.differences {
		for len(r.model) < len(r.real) {
			r.model = append(r.model, "")
		}
		r.model = append(r.model, d.Path+": "+d.Model)
		r.real = append(r.real, d.Path+": "+d.Real)
	}
	r.model = append(r.model, agreed...)
	return rows
}

// changesOf are the changes of a step, each as a line; of Init what is not zero.
func changesOf(t *trace.Trace, i int) []string {
	var lines []string
	for _, c := range t.Steps[i].Changes {
		if i == 0 {
			lines = append(lines, c.Path+": "+c.After)
		} else {
			lines = append(lines, c.String())
		}
	}
	if len(lines) == 0 {
		return []string{map[bool]string{true: "(all zero)", false: "(no change)"}[i == 0]}
	}
	return lines
}

// columnMax is the width that a column has at most, so that the next one is in sight. A
// longer entry moves what is right of it.
const columnMax = 48

// layout writes the table.
func layout(rows []row) string {
	digits := len(fmt.Sprint(len(rows)))
	head := row{"step", []string{"model"}, []string{"real"}}
	label, model := 0, 0
	for _, r := range append(rows, head) {
		label = max(label, min(columnMax, utf8.RuneCountInString(r.label)))
		for _, text := range r.model {
			model = max(model, min(columnMax, utf8.RuneCountInString(text)))
		}
	}
	var b strings.Builder
	line := func(number, first, second, third string) {
		text := fmt.Sprintf("  %*s  %-*s  %-*s  %s", digits, number, label, first, model, second, third)
		b.WriteString(strings.TrimRight(text, " ") + "\n")
	}
	line("", head.label, head.model[0], head.real[0])
	for i, r := range rows {
		number, name := fmt.Sprint(i+1), r.label
		for n := range max(1, len(r.model), len(r.real)) {
			line(number, name, at(r.model, n), at(r.real, n))
			number, name = "", ""
		}
	}
	return b.String()
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
