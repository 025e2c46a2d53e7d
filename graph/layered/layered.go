// Package layered lays out directed graphs in layers, so that edges lead
// downwards wherever the graph has no cycle.
//
// The method is that of K. Sugiyama, S. Tagawa and M. Toda, Methods for visual
// understanding of hierarchical system structures, IEEE Transactions on Systems,
// Man, and Cybernetics 11(2), 1981. Each step has a file:
//
//   - components.go takes the connected parts of a graph one by one, and packs
//     their drawings.
//   - cycles.go reverses edges until there is no cycle.
//   - layers.go assigns nodes to layers so that the edges are short in sum, by the
//     network simplex method.
//   - bends.go cuts the edges into links from one layer to the next. The label of an
//     edge is one of the bends in between, in a layer of labels.
//   - crossings.go orders each layer so that few edges cross.
//   - columns.go assigns the x coordinates, and keeps long edges straight.
//   - routes.go assigns the y coordinates and draws the edges as curves; loops.go
//     draws the edges from a node to itself.
//
// Equal graphs have equal drawings: nothing depends on time, chance or the order
// of a map.
package layered

import (
	"fmt"
	"math"
)

// Distances in a drawing.
const (
	margin   = 16.0 // around the drawing
	nodeGap  = 28.0 // between nodes side by side
	bendGap  = 14.0 // between edges and labels side by side
	layerGap = 15.0 // between layers, at least
)

// Graph is the nodes, by their sizes, and the edges between them. There may be
// several edges between two nodes, edges from a node to itself, and nodes without
// an edge.
type Graph struct {
	Nodes []Size
	Edges []Edge
}

// Size is the room that a node or a label needs.
type Size struct {
	Width, Height float64
}

// Edge leads from one node to another, by their places in Graph.Nodes.
type Edge struct {
	From, To int
	Label    Size // zero: no label
}

// Drawing says where everything is. The parts are in the order of the graph's. All
// of them are in the rectangle from (0, 0) to (Width, Height); y grows downwards.
type Drawing struct {
	Width, Height float64
	Nodes         []Point // the centres
	Edges         []Route
}

// Point is a place in a drawing.
type Point struct {
	X, Y float64
}

// Route is the course of an edge.
type Route struct {
	Label Point // the centre of the label
	// Curve starts at the border of the node From and ends at that of the node To.
	// It is a chain of cubic Bézier curves: its first point, and then for each of
	// them two control points and its last point.
	Curve []Point
}

// Layout places the nodes and labels so that they do not overlap, and draws the
// edges around nodes and around the labels of others. The error names an edge to a
// node that does not exist, or a size that is negative or not finite.
func Layout(g Graph) (*Drawing, error) {
	if err := g.validate(); err != nil {
		return nil, err
	}
	d := &Drawing{Nodes: make([]Point, len(g.Nodes)), Edges: make([]Route, len(g.Edges))}
	components := g.components()
	for _, c := range components {
		c.layOut()
	}
	d.pack(components)
	return d, nil
}

func (g Graph) validate() error {
	for i, n := range g.Nodes {
		if !n.isValid() {
			return fmt.Errorf("node %d has a size of %v by %v: want finite numbers from zero up", i, n.Width, n.Height)
		}
	}
	for i, e := range g.Edges {
		if min(e.From, e.To) < 0 || max(e.From, e.To) >= len(g.Nodes) {
			return fmt.Errorf("edge %d leads from node %d to node %d: there are %d nodes, counting from 0", i, e.From, e.To, len(g.Nodes))
		}
		if !e.Label.isValid() {
			return fmt.Errorf("the label of edge %d has a size of %v by %v: want finite numbers from zero up", i, e.Label.Width, e.Label.Height)
		}
	}
	return nil
}

func (s Size) isValid() bool {
	return s.Width >= 0 && s.Height >= 0 && !math.IsInf(s.Width, 1) && !math.IsInf(s.Height, 1) // NaN is not >= 0
}
