package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// table has the figures that may not grow.
type table []figure

// figure is a measured value with the command that it stands for.
type figure struct {
	what    string
	value   float64
	most    float64 // 0 if any value will do
	unit    string
	command string
}

func (t *table) add(f figure) { *t = append(*t, f) }

// write prints the table. It fails if a figure is more than it may be.
func (t *table) write(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(out, "\tmeasured\tat most\t\tcommand")
	var over error
	for _, f := range *t {
		fmt.Fprintf(out, "%s\t%.4g\t%s\t%s\t%s\n", f.what, f.value, f.limit(), f.unit, f.command)
		if f.isOver() {
			over = fmt.Errorf("%s: %.4g %s; at most %.4g are allowed", f.what, f.value, f.unit, f.most)
		}
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return over
}

func (f figure) isOver() bool { return f.most > 0 && f.value > f.most }

func (f figure) limit() string {
	if f.most == 0 {
		return ""
	}
	return fmt.Sprintf("%.4g", f.most)
}
