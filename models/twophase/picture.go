package twophase

import "github.com/muster-mc/muster/models/internal/draw"

// The measures of the picture, in pixels.
const (
	managerWidth  = 220
	managerHeight = 64
	rmWidth       = 104
	rmTop         = 190
)

// picture draws the transaction manager above the resource managers. An arrow upwards is a
// Prepared that was sent, dashed until it is received; arrows downwards are the decision.
func (p *protocol) picture(s *State) string {
	width := max(p.RMs*(rmWidth+16)+16, managerWidth+32)
	pic := draw.New(width, rmTop+84)
	x := (width - managerWidth) / 2
	class := map[TM]string{Undecided: "fill", DecidedCommit: "good", DecidedAbort: "bad"}[s.TM]
	pic.Box(x, 16, managerWidth, managerHeight, class)
	pic.Text(width/2, 42, "mid bold", "transaction manager")
	pic.Text(width/2, 62, "mid small", "%s", s.TM)
	for rm := range p.RMs {
		p.drawRM(pic, s, rm, 16+rm*(rmWidth+16), width/2)
	}
	return pic.String()
}

// drawRM draws a resource manager, and the messages between it and the manager.
func (p *protocol) drawRM(pic *draw.Picture, s *State, rm, x, manager int) {
	class, text := "fill", "working"
	switch {
	case s.Committed&only(rm) != 0:
		class, text = "good", "committed"
	case s.Aborted&only(rm) != 0:
		class, text = "bad", "aborted"
	case s.SentPrepared&only(rm) != 0:
		class, text = "warn", "prepared"
	}
	middle := x + rmWidth/2
	if s.SentPrepared&only(rm) != 0 {
		line := "dim"
		if s.TMPrepared&only(rm) != 0 {
			line = ""
		}
		pic.Arrow(middle-8, rmTop-4, manager+(middle-manager)/3-8, 16+managerHeight+4, line)
	}
	if s.Decision != NotSent {
		line := map[Decision]string{SentCommit: "good", SentAbort: "bad"}[s.Decision]
		pic.Arrow(manager+(middle-manager)/3+8, 16+managerHeight+4, middle+8, rmTop-4, line)
	}
	pic.Box(x, rmTop, rmWidth, 60, class)
	pic.Text(middle, rmTop+26, "mid bold", "RM %d", rm)
	pic.Text(middle, rmTop+46, "mid small", "%s", text)
}
