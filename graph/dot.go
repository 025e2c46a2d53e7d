package graph

import (
	"fmt"
	"io"
	"strings"

	"github.com/muster-mc/muster/explore"
)

// DOT writes the graph in the language of graphviz. Initial states have a thick
// border, states without successors a double one; what violates an invariant is
// red, and the trace is drawn thick. It fails only if writing does.
func DOT(w io.Writer, g *explore.Graph) error {
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n", quote(g.Model))
	b.WriteString("  node [shape=box style=\"rounded,filled\" fillcolor=white fontname=Helvetica fontsize=11]\n")
	b.WriteString("  edge [fontname=Helvetica fontsize=10 color=\"#666666\"]\n")
	text := labels(g)
	for i, n := range g.Nodes {
		fmt.Fprintf(&b, "  n%d [label=%s%s]\n", i, quote(strings.Join(text[i], "\n")), nodeLook(n))
	}
	for _, e := range g.Edges {
		look := ""
		if e.Trace {
			look = " color=\"#d55e00\" penwidth=2.5"
		}
		fmt.Fprintf(&b, "  n%d -> n%d [label=%s%s]\n", e.From, e.To, quote(strings.Join(edgeLabel(e), "\n")), look)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func nodeLook(n explore.GraphNode) string {
	look := ""
	if len(n.Violates) > 0 {
		look += " fillcolor=\"#fbe3d6\""
	}
	if n.End {
		look += " peripheries=2"
	}
	switch {
	case len(n.Trace) > 0:
		look += " color=\"#d55e00\" penwidth=2.5"
	case n.Initial:
		look += " penwidth=2.5"
	}
	return look
}

// quote writes a string of DOT, in which a line break is one.
func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}
