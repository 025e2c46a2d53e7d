package graph

import (
	"fmt"
	"slices"
	"strings"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

const (
	lineMost  = 46 // characters of a line
	linesMost = 14 // lines of a label
)

// labels are what is written in the nodes: of what the view shows, that which is
// not the same in all of them.
func labels(g *explore.Graph) [][]string {
	nodes := map[trace.Leaf]int{} // how many have it
	for _, n := range g.Nodes {
		for _, l := range n.Leaves {
			nodes[l]++
		}
	}
	varies := func(l trace.Leaf) bool { return nodes[l] < len(g.Nodes) || len(g.Nodes) == 1 }
	all := make([][]string, len(g.Nodes))
	for i, n := range g.Nodes {
		all[i] = label(n, varies)
	}
	return all
}

// label has a line for each field, with the values of all its elements, and one
// for what there is to say of the node.
func label(n explore.GraphNode, isShown func(trace.Leaf) bool) []string {
	var names []string
	values := map[string][]string{}
	for _, l := range n.Leaves {
		if !isShown(l) {
			continue
		}
		if values[l.Field()] == nil {
			names = append(names, l.Field())
		}
		values[l.Field()] = append(values[l.Field()], l.Value)
	}
	var lines []string
	for _, name := range names {
		lines = append(lines, cut(name+": "+strings.Join(values[name], " ")))
	}
	if len(lines) > linesMost {
		lines = append(lines[:linesMost-1], "…")
	}
	if n.States > 1 {
		lines = append(lines, commas(n.States)+" states")
	}
	if len(n.Violates) > 0 {
		lines = append(lines, cut("✗ "+strings.Join(n.Violates, ", ")))
	}
	if len(lines) == 0 {
		lines = []string{"·"}
	}
	return lines
}

func cut(line string) string {
	if r := []rune(line); len(r) > lineMost {
		return string(r[:lineMost-1]) + "…"
	}
	return line
}

// edgeLabel is the actions of an edge, a few of them, each a line.
func edgeLabel(e explore.GraphEdge) []string {
	const most = 4
	lines := slices.Clone(e.Actions)
	if len(lines) > most {
		lines = append(lines[:most-1], fmt.Sprintf("and %d more", len(e.Actions)-most+1))
	}
	for i := range lines {
		lines[i] = cut(lines[i])
	}
	return lines
}

func commas(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", commas(n/1000), n%1000)
}
