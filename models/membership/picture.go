package membership

import (
	"math"

	"github.com/muster-mc/muster/models/internal/draw"
)

// The measures of the picture, in pixels.
const (
	pictureSize = 420
	ringRadius  = 130
	nodeRadius  = 34
)

// picture draws the nodes on a ring. A line joins two nodes that list each other, a dashed
// one with an arrow leads from a node to one that it lists and that does not list it, and
// a red line is a cut. Below each node stands its view.
func (p *protocol) picture(s *State) string {
	pic := draw.New(pictureSize, pictureSize)
	for a := range p.Nodes {
		for b := range p.Nodes {
			if a != b {
				p.drawLink(pic, s, a, b)
			}
		}
	}
	for n := range p.Nodes {
		p.drawNode(pic, s, n)
	}
	return pic.String()
}

// place is the middle of a node on the ring.
func (p *protocol) place(n int) (x, y int) {
	angle := 2*math.Pi*float64(n)/float64(p.Nodes) - math.Pi/2
	return pictureSize/2 + int(ringRadius*math.Cos(angle)), pictureSize/2 - 10 + int(ringRadius*math.Sin(angle))
}

// drawLink draws what joins one node with another one.
func (p *protocol) drawLink(pic *draw.Picture, s *State, a, b int) {
	x1, y1 := p.place(a)
	x2, y2 := p.place(b)
	lists, isListed := s.Nodes[a].View.has(b), s.Nodes[b].View.has(a)
	switch {
	case s.Cut[a].has(b) && a < b:
		pic.Line(x1, y1, x2, y2, "bad")
		pic.Text((x1+x2)/2, (y1+y2)/2-6, "mid small bad", "cut")
	case s.Cut[a].has(b):
	case lists && isListed && a < b:
		pic.Line(x1, y1, x2, y2, "")
	case lists && !isListed:
		pic.Arrow(x1, y1, x1+(x2-x1)*3/5, y1+(y2-y1)*3/5, "dim")
	}
}

var colours = map[Status]string{Left: "dim fill", Joining: "accent", Active: "good", Leaving: "warn", Failed: "bad"}

func (p *protocol) drawNode(pic *draw.Picture, s *State, n int) {
	x, y := p.place(n)
	node := s.Nodes[n]
	pic.Circle(x, y, nodeRadius, "fill")
	pic.Circle(x, y, nodeRadius, colours[node.Status])
	pic.Text(x, y-4, "mid bold", "node %d", n)
	pic.Text(x, y+12, "mid small", "%s", node.Status)
	if node.Primary {
		pic.Text(x, y-nodeRadius-8, "mid bold accent", "primary, term %d", node.Term)
	}
	if node.ViewNumber > 0 {
		pic.Text(x, y+nodeRadius+15, "mid small", "view %d %s", node.ViewNumber, node.View)
	}
	if node.Heartbeat {
		pic.Circle(x+24, y-24, 5, "accent")
	}
}
