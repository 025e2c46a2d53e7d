package graph

import (
	"fmt"
	"html"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/graph/layered"
)

// NodesMax is how many nodes a picture can have. More cannot be read.
const NodesMax = 150

// Sizes of text and of what is around it, in pixels. A character is as wide as the
// digits of the fonts that most people have.
const (
	charWidth  = 6.9
	smallWidth = 6.2
	lineHeight = 16.0
	padding    = 8.0
	title      = 44.0 // the height of the heading
)

// SVG draws the graph. Steps that lead back to the node they came from are not
// drawn. Initial states have a thick border, states without successors a double
// one; what violates an invariant is red, and the trace is drawn thick and
// numbered. A browser scales the picture down to the width of its window.
//
// SVG fails if there are more nodes than NodesMax, if an edge leads to a node that
// does not exist, or if writing fails.
func SVG(w io.Writer, g *explore.Graph) error {
	if len(g.Nodes) > NodesMax {
		return fmt.Errorf("a picture of %d nodes cannot be read: at most %d are drawn", len(g.Nodes), NodesMax)
	}
	d := &drawing{graph: g, labels: labels(g)}
	at, err := layered.Layout(d.boxes())
	if err != nil {
		return fmt.Errorf("graph: %w", err)
	}
	d.draw(at)
	_, err = io.WriteString(w, d.String())
	return err
}

// drawing is a picture in the making.
type drawing struct {
	strings.Builder
	graph  *explore.Graph
	labels [][]string
	edges  []explore.GraphEdge // those that are drawn
}

// boxes are the sizes of everything that has a place. The edges in it are those
// that are drawn.
func (d *drawing) boxes() layered.Graph {
	var b layered.Graph
	for _, lines := range d.labels {
		b.Nodes = append(b.Nodes, sizeOf(lines, charWidth, 2*padding))
	}
	for _, e := range d.graph.Edges {
		if e.From != e.To {
			d.edges = append(d.edges, e)
			b.Edges = append(b.Edges, layered.Edge{From: e.From, To: e.To, Label: sizeOf(edgeLabel(e), smallWidth, 4)})
		}
	}
	return b
}

// sizeOf is the size of lines of text, with some room around.
func sizeOf(lines []string, char, around float64) layered.Size {
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	return layered.Size{Width: float64(longest)*char + around, Height: float64(len(lines))*lineHeight + around}
}

func (d *drawing) put(format string, args ...any) { fmt.Fprintf(d, format+"\n", args...) }

const heading = `<svg xmlns="http://www.w3.org/2000/svg" width="%.0f" height="%.0f" viewBox="0 0 %.0f %.0f" style="max-width:100%%;height:auto">
<style>
text { font: 12px "DejaVu Sans", Verdana, sans-serif; fill: #222; text-anchor: middle }
.edge { fill: none; stroke: #8a8a8a; stroke-width: 1.2 } .tip { fill: #8a8a8a }
.label { font-size: 10.5px; fill: #444; stroke: #fff; stroke-width: 3px; paint-order: stroke }
.node { fill: #fff; stroke: #555; stroke-width: 1.2 } .initial { stroke-width: 2.6 } .bad { fill: #fbe3d6 }
.trace { stroke: #d55e00; stroke-width: 2.6 } .trace.tip { fill: #d55e00; stroke: none }
.step { fill: #d55e00 } .number { font-size: 10px; font-weight: bold; fill: #fff }
.title { font-size: 15px; font-weight: bold; text-anchor: start } .about { text-anchor: start; fill: #555 }
</style>
<rect width="100%%" height="100%%" fill="#fff"/>`

func (d *drawing) draw(at *layered.Drawing) {
	about := d.about()
	width := max(at.Width, float64(utf8.RuneCountInString(about))*charWidth+2*16)
	height := at.Height + title
	d.put(heading, width, height, width, height)
	d.put(`<text class="title" x="16" y="24">%s</text>`, html.EscapeString(d.graph.Model))
	d.put(`<text class="about" x="16" y="42">%s</text>`, html.EscapeString(about))
	d.put(`<g transform="translate(%.0f %.0f)">`, (width-at.Width)/2, title)
	for _, marked := range []bool{false, true} { // the trace is on top
		for i, e := range d.edges {
			if e.Trace == marked {
				d.edge(e, at.Edges[i])
			}
		}
	}
	for i, n := range d.graph.Nodes {
		d.node(n, d.labels[i], at.Nodes[i])
	}
	for i, e := range d.edges {
		d.lines(edgeLabel(e), at.Edges[i].Label, "label")
	}
	d.put("</g>\n</svg>")
}

// about says what one sees.
func (d *drawing) about() string {
	g := d.graph
	text := fmt.Sprintf("%s states, %s steps", commas(g.States), commas(g.Steps))
	if len(g.View) > 0 {
		text += fmt.Sprintf(", as %d nodes by %s; steps that stay in a node are left out", len(g.Nodes), strings.Join(g.View, ", "))
	}
	return text
}
