package layered_test

import (
	"fmt"
	"math"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/graph/layered"
)

func ExampleLayout() {
	box := layered.Size{Width: 100, Height: 40}
	d, _ := layered.Layout(layered.Graph{
		Nodes: []layered.Size{box, box, box},
		Edges: []layered.Edge{{From: 0, To: 1, Label: layered.Size{Width: 50, Height: 20}}, {From: 0, To: 2}},
	})
	fmt.Println("picture", d.Width, d.Height)
	fmt.Println("nodes", d.Nodes)
	fmt.Println("label", d.Edges[0].Label)
	// Output:
	// picture 260 182
	// nodes [{130 36} {66 146} {194 146}]
	// label {66 91}
}

// drawGraph makes graphs with everything there can be: parts that are not
// connected, several edges between two nodes, loops, and boxes without a size.
func drawGraph(t *rapid.T, isAcyclic bool) layered.Graph {
	size := func(label string) layered.Size {
		side := rapid.Float64Range(0, 150)
		return layered.Size{Width: side.Draw(t, label+" width"), Height: side.Draw(t, label+" height")}
	}
	var g layered.Graph
	for range rapid.IntRange(0, 25).Draw(t, "nodes") {
		g.Nodes = append(g.Nodes, size("node"))
	}
	if len(g.Nodes) == 0 {
		return g
	}
	node := rapid.IntRange(0, len(g.Nodes)-1)
	for range rapid.IntRange(0, 50).Draw(t, "edges") {
		e := layered.Edge{From: node.Draw(t, "from"), To: node.Draw(t, "to"), Label: size("label")}
		if isAcyclic && e.From >= e.To {
			continue
		}
		g.Edges = append(g.Edges, e)
	}
	return g
}

func TestLayout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, rapid.Bool().Draw(t, "acyclic"))
		d := layOut(t, g)
		boxes := boxesOf(g, d)
		for i, b := range boxes {
			if !b.isInside(d) {
				t.Errorf("%v is not in a picture of %v by %v", b, d.Width, d.Height)
			}
			for _, c := range boxes[:i] {
				if b.overlaps(c) {
					t.Errorf("%v overlaps %v", b, c)
				}
			}
		}
		for i, e := range g.Edges {
			checkRoute(t, d, e, d.Edges[i].Curve, boxes)
		}
		if again := layOut(t, g); !reflect.DeepEqual(d, again) {
			t.Errorf("the second time the drawing is another:\n%v\n%v", d, again)
		}
	})
}

func layOut(t *rapid.T, g layered.Graph) *layered.Drawing {
	d, err := layered.Layout(g)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Nodes) != len(g.Nodes) || len(d.Edges) != len(g.Edges) {
		t.Fatalf("%d nodes and %d edges are drawn as %d and %d", len(g.Nodes), len(g.Edges), len(d.Nodes), len(d.Edges))
	}
	return d
}

// A graph without cycles is drawn downwards only.
func TestEdgesLeadDown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawGraph(t, true)
		d := layOut(t, g)
		for i, e := range g.Edges {
			from, to := nodeBox(g, d, e.From), nodeBox(g, d, e.To)
			if from.bottom() >= to.top() {
				t.Errorf("edge %d leads from %v up to %v", i, from, to)
			}
			curve := points(d.Edges[i].Curve)
			for j := range len(curve) - 1 {
				if curve[j].Y > curve[j+1].Y+precision {
					t.Errorf("edge %d goes up from %v to %v", i, curve[j], curve[j+1])
				}
			}
		}
	})
}

// checkRoute checks that an edge goes from one border to the other, around the
// other nodes and labels.
func checkRoute(t *rapid.T, d *layered.Drawing, e layered.Edge, curve []layered.Point, boxes []box) {
	if len(curve) < 4 || len(curve)%3 != 1 {
		t.Fatalf("%v has %d points, which are no chain of Bézier curves", e, len(curve))
	}
	from, to := boxes[e.From], boxes[e.To]
	if start, end := curve[0], curve[len(curve)-1]; !from.hasOnBorder(start) || !to.hasOnBorder(end) {
		t.Errorf("an edge from %v to %v starts at %v and ends at %v", from, to, start, end)
	}
	for _, p := range points(curve) {
		if !(box{layered.Size{}, p, "point"}).isInside(d) {
			t.Errorf("%v of an edge is not in a picture of %v by %v", p, d.Width, d.Height)
		}
		for _, b := range boxes {
			if b.has(p) && b.name != labelName(e) {
				t.Errorf("an edge from %v to %v passes %v through %v", from, to, b, p)
			}
		}
	}
}

// points are some points of a chain of Bézier curves.
func points(curve []layered.Point) []layered.Point {
	const pieces = 16
	all := curve[:1:1]
	for i := 0; i+3 < len(curve); i += 3 {
		for j := 1; j <= pieces; j++ {
			all = append(all, bezier(curve[i:i+4], float64(j)/pieces))
		}
	}
	return all
}

// bezier is the point of a cubic Bézier curve at a time from 0 to 1.
func bezier(p []layered.Point, at float64) layered.Point {
	rest := 1 - at
	weights := []float64{rest * rest * rest, 3 * rest * rest * at, 3 * rest * at * at, at * at * at}
	var sum layered.Point
	for i, w := range weights {
		sum.X += w * p[i].X
		sum.Y += w * p[i].Y
	}
	return sum
}

const precision = 1e-6

// box is a node or a label in its place.
type box struct {
	layered.Size
	centre layered.Point
	name   string
}

func nodeBox(g layered.Graph, d *layered.Drawing, v int) box {
	return box{g.Nodes[v], d.Nodes[v], fmt.Sprint("node ", v)}
}

// labelName tells labels apart by the edge and its size, which are hardly ever the
// same.
func labelName(e layered.Edge) string { return fmt.Sprint("label ", e) }

// boxesOf are all nodes, then all labels.
func boxesOf(g layered.Graph, d *layered.Drawing) []box {
	var all []box
	for v := range g.Nodes {
		all = append(all, nodeBox(g, d, v))
	}
	for i, e := range g.Edges {
		all = append(all, box{e.Label, d.Edges[i].Label, labelName(e)})
	}
	return all
}

func (b box) String() string {
	return fmt.Sprintf("%s (%v by %v at %v)", b.name, b.Width, b.Height, b.centre)
}

func (b box) top() float64    { return b.centre.Y - b.Height/2 }
func (b box) bottom() float64 { return b.centre.Y + b.Height/2 }
func (b box) left() float64   { return b.centre.X - b.Width/2 }
func (b box) right() float64  { return b.centre.X + b.Width/2 }

// outside is how far a point is from the nearest side, negative in the box.
func (b box) outside(p layered.Point) float64 {
	return max(math.Abs(p.X-b.centre.X)-b.Width/2, math.Abs(p.Y-b.centre.Y)-b.Height/2)
}

func (b box) has(p layered.Point) bool         { return b.outside(p) < -precision }
func (b box) hasOnBorder(p layered.Point) bool { return math.Abs(b.outside(p)) < precision }

func (b box) overlaps(c box) bool {
	return math.Abs(b.centre.X-c.centre.X) < (b.Width+c.Width)/2-precision &&
		math.Abs(b.centre.Y-c.centre.Y) < (b.Height+c.Height)/2-precision
}

func (b box) isInside(d *layered.Drawing) bool {
	return b.left() > -precision && b.top() > -precision && b.right() < d.Width+precision && b.bottom() < d.Height+precision
}

// Graphs at the limits of what there can be: none of them may fail.
func TestExtremeGraphs(t *testing.T) {
	path, star, complete := layered.Graph{Nodes: make([]layered.Size, 3000)}, layered.Graph{Nodes: make([]layered.Size, 3000)}, layered.Graph{Nodes: make([]layered.Size, 30)}
	for v := range len(path.Nodes) - 1 {
		path.Edges = append(path.Edges, layered.Edge{From: v, To: v + 1})
		star.Edges = append(star.Edges, layered.Edge{From: 0, To: v + 1})
	}
	for v := range complete.Nodes {
		for w := range complete.Nodes {
			complete.Edges = append(complete.Edges, layered.Edge{From: v, To: w})
		}
	}
	huge := layered.Graph{Nodes: []layered.Size{{Width: math.MaxFloat64, Height: math.MaxFloat64}, {}}, Edges: []layered.Edge{{From: 0, To: 1}, {From: 1, To: 1}}}
	for name, g := range map[string]layered.Graph{"empty": {}, "path": path, "star": star, "complete": complete, "huge": huge} {
		d, err := layered.Layout(g)
		if err != nil || len(d.Edges) != len(g.Edges) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Parts that are not connected are packed, rather than put in one row.
func TestPartsArePacked(t *testing.T) {
	g := layered.Graph{}
	for range 100 {
		g.Nodes = append(g.Nodes, layered.Size{Width: 80, Height: 60})
	}
	d, err := layered.Layout(g)
	if err != nil {
		t.Fatal(err)
	}
	if ratio := d.Width / d.Height; ratio < 0.7 || ratio > 2.5 {
		t.Errorf("a hundred nodes make a picture of %v by %v", d.Width, d.Height)
	}
}

func TestLayoutRefuses(t *testing.T) {
	nodes := make([]layered.Size, 2)
	for want, g := range map[string]layered.Graph{
		"edge 1 leads from node 1 to node 2: there are 2 nodes, counting from 0":        {Nodes: nodes, Edges: []layered.Edge{{}, {From: 1, To: 2}}},
		"edge 0 leads from node -1 to node 0: there are 2 nodes, counting from 0":       {Nodes: nodes, Edges: []layered.Edge{{From: -1}}},
		"node 1 has a size of -1 by 0: want finite numbers from zero up":                {Nodes: []layered.Size{{}, {Width: -1}}},
		"node 0 has a size of NaN by 0: want finite numbers from zero up":               {Nodes: []layered.Size{{Width: math.NaN()}}},
		"the label of edge 0 has a size of 0 by +Inf: want finite numbers from zero up": {Nodes: nodes, Edges: []layered.Edge{{Label: layered.Size{Height: math.Inf(1)}}}},
	} {
		if _, err := layered.Layout(g); err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
