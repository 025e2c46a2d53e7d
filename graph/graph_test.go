package graph_test

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/graph"
	"github.com/muster-mc/muster/trace"
)

// small has everything that a graph can have.
func small() *explore.Graph {
	node := func(holder string) explore.GraphNode {
		return explore.GraphNode{States: 1, Depth: 1, Leaves: []trace.Leaf{
			{Path: "Holder", Value: holder}, {Path: "Nodes[0].Phase", Value: "<Idle>"}, {Path: "Limit", Value: "3"},
		}}
	}
	g := &explore.Graph{Model: `a "model" & more`, States: 1403, Steps: 12,
		Nodes: []explore.GraphNode{node("nobody"), node("node 0"), node("node 1")},
		Edges: []explore.GraphEdge{
			{From: 0, To: 1, Actions: []string{"Acquire(node=0)"}, Trace: true, Steps: 1},
			{From: 1, To: 0, Actions: []string{"A", "B", "C", "D", "E"}, Steps: 9},
			{From: 1, To: 1, Actions: []string{"Stay"}, Steps: 1},
			{From: 1, To: 2, Actions: []string{"Acquire(node=1)"}, Trace: true, Steps: 1},
		}}
	g.Nodes[0].Initial, g.Nodes[0].Trace = true, []int{1, 3}
	g.Nodes[1].States, g.Nodes[1].Trace = 1401, []int{2}
	g.Nodes[2].End, g.Nodes[2].Violates = true, []string{"AtMostOne", "NothingElse"}
	return g
}

func ExampleDOT() {
	g := &explore.Graph{Model: "switch", Nodes: []explore.GraphNode{
		{Leaves: []trace.Leaf{{Path: "On", Value: "false"}}, States: 1, Initial: true},
		{Leaves: []trace.Leaf{{Path: "On", Value: "true"}}, States: 1, End: true},
	}, Edges: []explore.GraphEdge{{From: 0, To: 1, Actions: []string{"Flip"}, Steps: 1}}}
	graph.DOT(os.Stdout, g)
	// Output:
	// digraph "switch" {
	//   node [shape=box style="rounded,filled" fillcolor=white fontname=Helvetica fontsize=11]
	//   edge [fontname=Helvetica fontsize=10 color="#666666"]
	//   n0 [label="On: false" penwidth=2.5]
	//   n1 [label="On: true" peripheries=2]
	//   n0 -> n1 [label="Flip"]
	// }
}

func TestDOT(t *testing.T) {
	var b strings.Builder
	if err := graph.DOT(&b, small()); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`digraph "a \"model\" & more" {`, `n1 [label="Holder: node 0\n1,401 states" color="#d55e00" penwidth=2.5]`,
		`n2 [label="Holder: node 1\n✗ AtMostOne, NothingElse" fillcolor="#fbe3d6" peripheries=2]`,
		`n0 -> n1 [label="Acquire(node=0)" color="#d55e00" penwidth=2.5]`, `n1 -> n0 [label="A\nB\nC\nand 2 more"]`, `n1 -> n1 [label="Stay"]`,
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("it lacks %s:\n%s", want, &b)
		}
	}
}

func TestSVG(t *testing.T) {
	text := svg(t, small())
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
	}
	for _, want := range []string{`viewBox="0 0 `, `style="max-width:100%;height:auto"`, ">a &#34;model&#34; &amp; more<", ">1,403 states, 12 steps<", ">Holder: node 0<", ">1,401 states<", ">1, 3<", `class="node bad"`, `class="edge trace"`, ">and 2 more<"} {
		if !strings.Contains(text, want) {
			t.Errorf("the picture lacks %s:\n%s", want, text)
		}
	}
	for _, not := range []string{"Stay", "Idle", "Limit", "NaN"} {
		if strings.Contains(text, not) {
			t.Errorf("the picture has %s, which says nothing:\n%s", not, text)
		}
	}
	if svg(t, small()) != text {
		t.Error("it is another picture the second time")
	}
}

func svg(t *testing.T, g *explore.Graph) string {
	t.Helper()
	var b strings.Builder
	if err := graph.SVG(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSVGOfOneStateAndOfTooMany(t *testing.T) {
	one := &explore.Graph{Model: "one", States: 1, Nodes: small().Nodes[:1]}
	if text := svg(t, one); !strings.Contains(text, ">Holder: nobody<") {
		t.Errorf("got\n%s", text)
	}
	one.Nodes = make([]explore.GraphNode, graph.NodesMax+1)
	if err := graph.SVG(io.Discard, one); err == nil {
		t.Error("it draws what cannot be read")
	}
}

// An edge to a node that does not exist is refused.
func TestSVGOfABrokenGraph(t *testing.T) {
	g := small()
	g.Edges[0].To = 3
	err := graph.SVG(io.Discard, g)
	if want := "graph: edge 0 leads from node 0 to node 3: there are 3 nodes, counting from 0"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The layout gives each node drawn its own place, in the order of the steps.
func TestSVGIsLaidOutDownwards(t *testing.T) {
	text := svg(t, small())
	last := 0.0
	for _, n := range []string{"nobody", "node 0", "node 1"} {
		line := regexp.MustCompile(`y="([0-9.]+)">Holder: ` + n + "<").FindStringSubmatch(text)
		if line == nil {
			t.Fatalf("the picture lacks Holder: %s", n)
		}
		y, _ := strconv.ParseFloat(line[1], 64)
		if y <= last {
			t.Errorf("the text of %s is at %v, that before it at %v", n, y, last)
		}
		last = y
	}
}

// The badge of a node that a trace visits often is in the picture.
func TestSVGOfALongTrace(t *testing.T) {
	g := small()
	g.Nodes, g.Edges = g.Nodes[:1], nil
	g.Nodes[0].Trace = []int{1, 2, 3, 4, 5, 6, 7, 8, 9}
	badge := regexp.MustCompile(`class="step" x="(-?[0-9.]+)"`).FindStringSubmatch(svg(t, g))
	if badge == nil {
		t.Fatal("there is no badge")
	}
	if x, _ := strconv.ParseFloat(badge[1], 64); x < 0 {
		t.Errorf("the badge begins at %v", x)
	}
}
