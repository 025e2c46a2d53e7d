package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// row is one run of a model, as a line of its table.
type row struct {
	with   catalog.With // the parameters that are not at their default
	report *explore.Report
	wrong  error // the model cannot be made with these parameters
}

const heading = `| parameters | initial | distinct | generated | depth | verdict | seconds | bytes a state |
|---|---:|---:|---:|---:|---|---:|---:|`

// run explores the model with these parameters. A violation does not end it,
// for what is asked here is the size of the whole space.
func run(ctx context.Context, o explore.Options, e catalog.Entry, with catalog.With) (row, error) {
	m, err := e.Open(catalog.Settings{With: with})
	if err != nil {
		return row{with: with, wrong: err}, nil
	}
	o.KeepGoing = true
	r, err := m.Check(ctx, o)
	if ctx.Err() != nil {
		return row{}, ctx.Err()
	}
	return row{with: with, report: r}, err
}

func (r row) String() string {
	if r.wrong != nil {
		return fmt.Sprintf("| %s | | | | | %v | | |", r.parameters(), r.wrong)
	}
	c := r.report.Counts
	return fmt.Sprintf("| %s | %d | %s%d | %d | %d | %s | %.2f | %.1f |",
		r.parameters(), c.Initial, r.more(), c.Distinct, c.Generated, c.Depth,
		r.report.Verdict, r.report.Seconds, float64(r.report.Bytes)/float64(max(1, c.Distinct)))
}

func (r row) parameters() string {
	if len(r.with) == 0 {
		return "default"
	}
	var flags []string
	for _, name := range slices.Sorted(maps.Keys(r.with)) {
		flags = append(flags, "`--"+name+" "+r.with[name]+"`")
	}
	return strings.Join(flags, " ")
}

// more marks a space that is larger than was counted.
func (r row) more() string {
	if r.isCut() {
		return "> "
	}
	return ""
}

// isCut: a limit ended the run, whatever else it found.
func (r row) isCut() bool { return r.report != nil && r.report.Reason != "" }

// isAsLargeAs: what is different between the two rows makes no difference.
func (r row) isAsLargeAs(other row) bool {
	if r.wrong != nil || other.wrong != nil {
		return r.wrong != nil && other.wrong != nil
	}
	return r.report.Counts.Distinct == other.report.Counts.Distinct
}
