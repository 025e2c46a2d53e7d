package explorer

import (
	"context"
	"fmt"
	"net/http"
	"unicode/utf8"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/graph/layered"
	"github.com/muster-mc/muster/trace"
)

// aroundMax is the largest number of states of a neighbourhood.
const aroundMax = 200

// aroundUsual is the number of states unless the question says another.
const aroundUsual = 30

// aroundQuestion asks for the states near a place.
type aroundQuestion struct {
	Steps  string `json:"steps"`
	States int    `json:"states,omitempty"`
}

// aroundAnswer is a drawing: where everything is, in pixels.
type aroundAnswer struct {
	Width  float64      `json:"width"`
	Height float64      `json:"height"`
	Nodes  []nodeAnswer `json:"nodes"` // the first one is the place itself
	Edges  []edgeAnswer `json:"edges"`
	Whole  bool         `json:"whole"` // nothing else can be reached
}

// nodeAnswer is a state: its middle, its size and its text.
type nodeAnswer struct {
	X        float64        `json:"x"`
	Y        float64        `json:"y"`
	Width    float64        `json:"width"`
	Height   float64        `json:"height"`
	Lines    []string       `json:"lines"`
	Changes  []trace.Change `json:"changes"` // from the place
	Steps    []string       `json:"steps"`   // that lead here from the place
	Violates []string       `json:"violates"`
	Outside  bool           `json:"outside,omitempty"`
	End      bool           `json:"end,omitempty"`
}

// edgeAnswer is a chain of Bézier curves from one node to another: points as x, y, and
// where the labels are.
type edgeAnswer struct {
	From   int          `json:"from"`
	To     int          `json:"to"`
	Curve  [][2]float64 `json:"curve"`
	Label  [2]float64   `json:"label"`
	Lines  []string     `json:"lines"`
	Labels []string     `json:"labels"` // of all steps, where Lines is shortened
}

// The sizes of texts in the drawing, and how much of them is shown.
const (
	letter     = 7.3 // of the widest fonts that are usual, at 12 pixels
	lineHeight = 16.0
	room       = 16.0
	lineMax    = 34
	linesMax   = 4
)

func (s *Server) around(ctx context.Context, q aroundQuestion) (*aroundAnswer, error) {
	if q.States < 0 || q.States > aroundMax {
		return nil, refuse(http.StatusBadRequest, "states is %d: want at most %d", q.States, aroundMax)
	}
	at, err := s.places.find(ctx, q.Steps)
	if err != nil {
		return nil, err
	}
	states := q.States
	if states == 0 {
		states = aroundUsual
	}
	n, err := at.place.Around(ctx, states)
	if err != nil {
		return nil, err
	}
	return drawn(at.place, n)
}

// drawn lays a neighbourhood out in layers. Steps that stay in a state are not drawn.
func drawn(p *explore.Place, n *explore.Neighbourhood) (*aroundAnswer, error) {
	a := &aroundAnswer{Whole: n.Whole, Edges: []edgeAnswer{}}
	var g layered.Graph
	for i, x := range n.Nodes {
		lines := linesOf(i, x)
		g.Nodes = append(g.Nodes, sizeOf(lines, room))
		a.Nodes = append(a.Nodes, nodeAnswer{
			Width: g.Nodes[i].Width, Height: g.Nodes[i].Height, Lines: lines, Changes: list(x.Changes), Steps: stepsFrom(p, x.Place),
			Violates: list(x.Violates), Outside: x.Outside, End: x.End,
		})
	}
	for _, e := range n.Edges {
		if e.From == e.To {
			continue
		}
		lines := shortened(e.Labels, 2)
		g.Edges = append(g.Edges, layered.Edge{From: e.From, To: e.To, Label: sizeOf(lines, 4)})
		a.Edges = append(a.Edges, edgeAnswer{From: e.From, To: e.To, Lines: lines, Labels: e.Labels})
	}
	at, err := layered.Layout(g)
	if err != nil {
		return nil, err
	}
	a.Width, a.Height = at.Width, at.Height
	for i, point := range at.Nodes {
		a.Nodes[i].X, a.Nodes[i].Y = point.X, point.Y
	}
	for i, route := range at.Edges {
		a.Edges[i].Label = [2]float64{route.Label.X, route.Label.Y}
		for _, point := range route.Curve {
			a.Edges[i].Curve = append(a.Edges[i].Curve, [2]float64{point.X, point.Y})
		}
	}
	return a, nil
}

// linesOf is the text of a node: its differences from the place, and what it violates.
func linesOf(node int, x explore.Neighbour) []string {
	var lines, violated []string
	for _, c := range x.Changes {
		lines = append(lines, c.String())
	}
	if lines = shortened(lines, linesMax); node == 0 {
		lines = []string{"here"}
	}
	for _, name := range x.Violates {
		violated = append(violated, "✗ "+name)
	}
	return append(lines, shortened(violated, 2)...)
}

// shortened is the first lines, each cut to what is shown of it, and how many more there are.
func shortened(lines []string, most int) []string {
	out := []string{}
	for i, l := range lines {
		if i == most-1 && len(lines) > most {
			return append(out, fmt.Sprintf("and %d more", len(lines)-i))
		}
		if utf8.RuneCountInString(l) > lineMax {
			l = string([]rune(l)[:lineMax-1]) + "…"
		}
		out = append(out, l)
	}
	return out
}

func sizeOf(lines []string, around float64) layered.Size {
	longest := 0
	for _, l := range lines {
		longest = max(longest, utf8.RuneCountInString(l))
	}
	return layered.Size{Width: float64(longest)*letter + around, Height: float64(len(lines))*lineHeight + around}
}

// stepsFrom are the steps from one place to a later one.
func stepsFrom(from, to *explore.Place) []string {
	labels := make([]string, to.Number()-from.Number())
	for i := len(labels); i > 0; i-- {
		labels[i-1] = steps.Write(to.Step())
		to = to.From()
	}
	return labels
}
