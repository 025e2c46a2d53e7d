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

printed. A model whose default is too large to be explored to its end for every mutant is audited in a smaller size, which stands beside its name. Where a model has more states than the limit (marked +), survivors may be killed further on, and none can be known to be equivalent.

The score is killed / (killed + survived). A survivor is a question, not a mistake: that a node which is suspected wrongly is not told so may break nothing, and then nothing should notice. [judged.txt](judged.txt) answers; the survivors that it does not explain are open.

| model | states | mutants | killed | survived | open | equivalent | hidden | score | kills nothing | unguarded |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---|
`

// page prints the table, followed by the survivors of each model.
func page(w io.Writer, reports []sized, why reasons, states uint64) {
	fmt.Fprintf(w, head, states)
	killed, explained, open := 0, 0, 0
	for _, r := range reports {
		e, o := why.split(r.Report)
		killed, explained, open = killed+r.Count(audit.Killed), explained+len(e), open+len(o)
		row(w, r, len(o))
	}
	fmt.Fprintf(w, "\nTogether %d mutants were killed, and %d survived: %d are explained, %d are open.\n",
		killed, explained+open, explained, open)
	fmt.Fprint(w, `
What a property that kills nothing is good for, its seeded bug shows (`+"`mc bugs MODEL`"+`): either it guards against a mistake that no mutant makes, or others say the same and more.

# What survived
`)
	for _, r := range reports {
		survivors(w, r, why)
	}
}

func row(w io.Writer, r sized, open int) {
	more := ""
	if !r.Whole {
		more = "+"
	}
	fmt.Fprintf(w, "| %s | %d%s | %d | %d | %d | %d | %d | %d | %.0f %% | %s | %s |\n",
		name(r), r.States, more, len(r.Mutants), r.Count(audit.Killed), r.Count(audit.Survived), open,
		r.Count(audit.Equivalent), r.Count(audit.Hidden), 100*r.Score(),
		strings.Join(r.Idle(), ", "), code(r.Unguarded()))
}

// name returns the model's name, with its settings unless they are the defaults.
func name(r sized) string {
	if len(r.with) == 0 {
		return r.Model
	}
	return r.Model + " `" + flags(r.with) + "`"
}

// survivors lists the survivors of a model: first those without a reason, then the others
// grouped by reason.
func survivors(w io.Writer, r sized, why reasons) {
	explained, open := why.split(r.Report)
	if len(explained)+len(open) == 0 {
		return
	}
	fmt.Fprintf(w, "\n## %s\n", name(r))
	if len(r.Excluded) > 0 {
		fmt.Fprintf(w, "\nThe model itself violates %s: not on trial.\n", strings.Join(r.Excluded, ", "))
	}
	list(w, "Open:", open)
	for len(explained) > 0 {
		var same, others []audit.Mutant
		reason := why[r.Model][explained[0].String()]
		for _, m := range explained {
			if why[r.Model][m.String()] == reason {
				same = append(same, m)
			} else {
				others = append(others, m)
			}
		}
		list(w, reason, same)
		explained = others
	}
}

func list(w io.Writer, heading string, mutants []audit.Mutant) {
	if len(mutants) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n\n", heading)
	for _, m := range mutants {
		fmt.Fprintf(w, "* %s\n", m)
	}
}

// code formats names as code.
func code(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}
