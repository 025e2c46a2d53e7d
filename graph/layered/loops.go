package layered

// loopReach is how far the curve of a loop goes out.
const loopReach = 24.0

// loopsSize is the room that the loops of a node need right of it: one below the
// other, the labels beside them.
func (s *sketch) loopsSize(v int) Size {
	var size Size
	for _, e := range s.loops[v] {
		size.Width = max(size.Width, loopReach+s.edges[e].Label.Width)
		size.Height += s.loopHeight(e)
	}
	return size
}

func (s *sketch) loopHeight(e int) float64 { return max(16, s.edges[e].Label.Height) }

// drawLoops draws the loops of a node.
func (s *sketch) drawLoops(v int, centre Point, routes []Route) {
	border := centre.X + s.nodes[v].Width/2
	all := s.loopsSize(v).Height
	scale := min(1, s.nodes[v].Height/all) // their ends are on the border
	y := -all / 2
	for _, e := range s.loops[v] {
		height := s.loopHeight(e)
		middle := y + height/2
		routes[e] = Route{
			Label: Point{border + loopReach + s.edges[e].Label.Width/2, centre.Y + middle},
			Curve: []Point{
				{border, centre.Y + scale*(middle-height/4)},
				{border + loopReach*4/3, centre.Y + middle - height/2},
				{border + loopReach*4/3, centre.Y + middle + height/2},
				{border, centre.Y + scale*(middle+height/4)},
			},
		}
		y += height
	}
}
