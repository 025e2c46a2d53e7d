package wal

import (
	"fmt"

	"github.com/muster-mc/muster/models/internal/draw"
)

// The measures of the picture, in pixels.
const (
	slotWidth  = 124
	slotHeight = 74
	slotGap    = 12
	pageLeft   = 16
)

// picture draws the log from left to right, each entry in the colour of its status, and
// below it the slots of the store. What a crash would take is dashed.
func (p *protocol) picture(s *State) string {
	slots := max(p.Entries, int(s.Length))
	pic := draw.New(pageLeft+slots*(slotWidth+slotGap)+60, 300)
	pic.Text(pageLeft, 24, "bold", "server")
	pic.Text(pageLeft+64, 24, map[Mode]string{Up: "good", Down: "bad", Recovering: "warn"}[s.Mode]+" bold", "%s", s.Mode)
	pic.Text(pageLeft, 58, "small dim", "log, %d of %d", s.Length, p.Entries)
	for i := range slots {
		p.drawRecord(pic, s, i, pageLeft+i*(slotWidth+slotGap), 68)
	}
	pic.Text(pageLeft, 178, "small dim", "store")
	for i := range p.Entries {
		p.drawSlot(pic, s, i, pageLeft+i*(slotWidth+slotGap), 188)
	}
	keys := ""
	for c := range p.Clients {
		keys += fmt.Sprintf("client %d: next key %d   ", c, s.NextKey[c])
	}
	pic.Text(pageLeft, 272, "small dim", "%s", keys)
	return pic.String()
}

var colours = map[Status]string{Free: "dim fill", Pending: "warn", Applied: "accent", Completed: "good", Failed: "bad"}

func (p *protocol) drawRecord(pic *draw.Picture, s *State, i, x, y int) {
	r := s.Log[i]
	if i >= int(s.Length) {
		pic.Box(x, y, slotWidth, slotHeight, "dim fill")
		return
	}
	pic.Box(x, y, slotWidth, slotHeight, colours[r.Status])
	pic.Text(x+10, y+20, "bold", "%s", r.Status)
	pic.Text(x+slotWidth-10, y+20, "end small dim", "#%d", r.ID)
	pic.Text(x+10, y+42, "small", "%s %d", r.Request.Op, r.Request.Data)
	pic.Text(x+10, y+60, "small dim", "%s, key %d", r.Client, r.Key)
}

func (p *protocol) drawSlot(pic *draw.Picture, s *State, i, x, y int) {
	data := s.Store[i]
	class := "good"
	switch {
	case data == 0:
		class = "fill"
	case s.Unflushed.has(data):
		class = "warn"
	}
	pic.Box(x, y, slotWidth, 52, class)
	switch {
	case data == 0:
		pic.Text(x+slotWidth/2, y+31, "mid small dim", "nothing yet")
	case s.Unflushed.has(data):
		pic.Text(x+slotWidth/2, y+31, "mid small", "datum %d, in memory", data)
	default:
		pic.Text(x+slotWidth/2, y+31, "mid bold", "datum %d", data)
	}
}
