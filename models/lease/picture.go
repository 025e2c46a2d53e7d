package lease

import "github.com/muster-mc/muster/models/internal/draw"

// The measures of the picture, in pixels.
const (
	timeLeft  = 150 // where tick 0 is
	tickWidth = 48
	laneTop   = 44
	laneStep  = 46
)

// picture draws time from left to right: what the registry has granted, and below it what
// each node believes, by its own clock. A node that believes in a lease together with
// another one is red.
func (p *protocol) picture(s *State) string {
	last := p.MaxClock + p.Duration + p.Skew
	lanes := p.Actors + p.Nodes
	pic := draw.New(timeLeft+tickWidth*last+90, laneTop+laneStep*lanes+8)
	for t := range last + 1 {
		pic.Line(at(t), 24, at(t), laneTop+laneStep*lanes, "dim")
		pic.Text(at(t), 16, "mid small dim", "%d", t)
	}
	for a := range p.Actors {
		p.drawLease(pic, s, a, laneTop+laneStep*a)
	}
	for n := range p.Nodes {
		p.drawNode(pic, s, n, laneTop+laneStep*(p.Actors+n))
	}
	return pic.String()
}

func at(tick int) int { return timeLeft + tickWidth*tick }

// drawLease draws the lease of an actor, from now to its end.
func (p *protocol) drawLease(pic *draw.Picture, s *State, a, y int) {
	lease := s.Leases[a]
	pic.Text(8, y+20, "bold", "actor %d", a)
	pic.Text(8, y+34, "small dim", "registry, token %d", lease.Token)
	if lease.Holder != Nobody {
		bar(pic, int(s.Clock), int(lease.Expiry), y, "accent", lease.Holder.String())
	}
	now(pic, int(s.Clock), y)
}

// drawNode draws what a node believes of each actor.
func (p *protocol) drawNode(pic *draw.Picture, s *State, n, y int) {
	node := s.Nodes[n]
	state := "up"
	switch {
	case node.Down:
		state = "down"
	case node.Suspected:
		state = "suspected"
	}
	pic.Text(8, y+20, "bold", "node %d", n)
	pic.Text(8, y+34, map[string]string{"up": "small good", "down": "small bad", "suspected": "small warn"}[state], "%s", state)
	for a := range p.Actors {
		if node.Beliefs[a].Expiry == 0 {
			continue
		}
		class := "good"
		if p.believers(s, a) > 1 {
			class = "bad"
		}
		bar(pic, int(node.Clock), int(node.Beliefs[a].Expiry), y, class, id(n).String()+" runs "+name(a))
	}
	if !node.Down {
		now(pic, int(node.Clock), y)
	}
}

func name(actor int) string { return "actor " + string(rune('0'+actor)) }

// bar is the time from now to an end; a lease that is over has the width of a line.
func bar(pic *draw.Picture, from, to, y int, class, text string) {
	pic.Box(at(from), y+8, max(tickWidth*(to-from), 3), 26, class)
	pic.Text(at(from)+8, y+26, "small", "%s", text)
}

// now marks what a clock shows.
func now(pic *draw.Picture, clock, y int) {
	pic.Line(at(clock), y+2, at(clock), y+40, "")
	pic.Circle(at(clock), y+4, 4, "fill")
}
