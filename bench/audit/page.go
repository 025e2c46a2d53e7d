package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/audit"
)

const head = `# The catalogue's properties on trial

Each model is broken in many small ways, one at a time, and explored again: does any of its properties notice? What the ways are, and what the words mean, says ` + "`go doc ./audit`" + `; one model alone is audited by ` + "`mc audit MODEL`" + `. This page is what

    go run ./bench/audit -max-states %d > bench/audit/README.md

printed. Where a model has more states than that (marked +), survivors may be killed further on, and none can be known to be equivalent.

The score is killed / (killed + survived). A survivor is a question, not a mistake: that a node which is suspected wrongly is not told so may break nothing, and then nothing should notice.

| model | states | mutants | killed | survived | equivalent | hidden | score | kills nothing | unguarded |
|---|---:|---:|---:|---:|---:|---:|---:|---|---|
`

// page prints the table, and below it the survivors of each model.
func page(w io.Writer, reports []*audit.Report, states uint64) {
	fmt.Fprintf(w, head, states)
	killed, survived := 0, 0
	for _, r := range reports {
		killed += r.Count(audit.Killed)
		survived += r.Count(audit.Survived)
		more := ""
		if !r.Whole {
			more = "+"
		}
		fmt.Fprintf(w, "| %s | %d%s | %d | %d | %d | %d | %d | %.0f %% | %s | %s |\n",
			r.Model, r.States, more, len(r.Mutants), r.Count(audit.Killed), r.Count(audit.Survived),
			r.Count(audit.Equivalent), r.Count(audit.Hidden), 100*r.Score(),
			strings.Join(r.Idle(), ", "), code(r.Unguarded()))
	}
	fmt.Fprintf(w, "\nTogether %d mutants were killed, and %d survived.\n", killed, survived)
	fmt.Fprint(w, "\n# What survived\n")
	for _, r := range reports {
		survivors(w, r)
	}
}

func survivors(w io.Writer, r *audit.Report) {
	if r.Count(audit.Survived) == 0 {
		return
	}
	fmt.Fprintf(w, "\n## %s\n\n", r.Model)
	if len(r.Excluded) > 0 {
		fmt.Fprintf(w, "The model itself violates %s: not on trial.\n\n", strings.Join(r.Excluded, ", "))
	}
	for _, m := range r.Mutants {
		if m.Outcome == audit.Survived {
			fmt.Fprintf(w, "* %s\n", m)
		}
	}
}

// code lists names that are code.
func code(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
