package registry

import "github.com/muster-mc/muster/models/internal/draw"

// The measures of the picture, in pixels.
const (
	nodeWidth  = 170
	nodeHeight = 170
	chip       = 30
)

// picture draws each node as a box with the actors that the registry has placed there, and
// below them what the node's cache says. The box has the colour of what the registry
// thinks of the node. Actors that are placed nowhere stand above.
func (p *protocol) picture(s *State) string {
	pic := draw.New(p.Nodes*(nodeWidth+16)+16, nodeHeight+76)
	pic.Text(16, 30, "small dim", "placed nowhere:")
	x := 116
	for a := range p.Actors {
		if s.Placement[a] == Nobody {
			p.drawActor(pic, x, 12, a, "dim fill")
			x += chip + 14
		}
	}
	for n := range p.Nodes {
		p.drawNode(pic, s, n, 16+n*(nodeWidth+16), 60)
	}
	return pic.String()
}

var colours = map[Status]string{Active: "good", Suspect: "warn", Failed: "bad"}

func (p *protocol) drawNode(pic *draw.Picture, s *State, n, x, y int) {
	node := s.Nodes[n]
	pic.Box(x, y, nodeWidth, nodeHeight, colours[node.Status])
	pic.Text(x+12, y+24, "bold", "node %d", n)
	pic.Text(x+nodeWidth-12, y+24, "end small", "%s, missed %d", node.Status, node.Missed)
	if node.Down {
		pic.Text(x+12, y+44, "bold bad", "down")
	} else {
		pic.Text(x+12, y+44, "small", "up")
	}
	at := x + 12
	for a := range p.Actors {
		if s.Placement[a] == id(n) {
			p.drawActor(pic, at, y+58, a, "accent")
			at += chip + 14
		}
	}
	p.drawCache(pic, node, x, y)
}

// drawCache writes where the node believes the actors to be, and which it runs.
func (p *protocol) drawCache(pic *draw.Picture, node Node, x, y int) {
	line := y + 112
	for a := range p.Actors {
		text := "thinks actor %d is with %s"
		if p.HeartbeatLoss && node.Running[a] {
			text = "runs actor %d; thinks it is with %s"
		}
		if node.Cache[a] != Nobody || p.HeartbeatLoss && node.Running[a] {
			pic.Text(x+12, line, "small dim", text, a, node.Cache[a])
			line += 16
		}
	}
}

func (p *protocol) drawActor(pic *draw.Picture, x, y, a int, class string) {
	pic.Box(x, y, chip, chip, class)
	pic.Text(x+chip/2, y+20, "mid bold", "%d", a)
}
