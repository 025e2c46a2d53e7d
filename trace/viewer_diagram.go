package trace

import "slices"

// The measures of the page's diagram, in pixels.
const (
	laneWidth  = 170
	laneLeft   = 110 // of the first lane, which leaves room for the numbers of steps
	rowHeight  = 26
	rowsTop    = 48
	crossSize  = 5
	textRaised = 5

	letterWidth = 8
)

// Diagram is the sequence diagram of a run with messages, in pixels: time goes down, and a
// message is a line from the step that sends it to the step that delivers it.
type Diagram struct {
	Width  int     `json:"width"`
	Height int     `json:"height"`
	Lanes  []Lane  `json:"lanes"`
	Rows   []Event `json:"rows"`
}

// Lane is the line of an actor, from left to right.
type Lane struct {
	X    int    `json:"x"`
	Name string `json:"name"`
}

// Event is a step in a diagram.
type Event struct {
	Number  int    `json:"number"`
	Y       int    `json:"y"`
	Label   string `json:"label"`
	Caption string `json:"caption"` // what is written beside the event
	Fault   bool   `json:"fault,omitempty"`
	Message *Arrow `json:"message,omitempty"` // nil if the step delivers none
	X       int    `json:"x"`                 // where the event is, 0 if it is nowhere
	TextX   int    `json:"textX"`
	Cross   bool   `json:"cross,omitempty"`
	Size    int    `json:"-"` // of half a cross
}

// Arrow is a message from a lane to a lane.
type Arrow struct {
	X1 int `json:"x1"`
	Y1 int `json:"y1"`
	X2 int `json:"x2"`
	Y2 int `json:"y2"`
}

// Diagram returns the sequence diagram of the run, or nil if no step delivers or loses a
// message. The states of all steps but the first may be missing if the changes are there.
// Faults are the actions to mark as faults, for a trace from an old file.
func (t *Trace) Diagram(faults []string) *Diagram { return diagramOf(t, faults) }

// diagramOf returns the diagram of a run, or nil if no step delivers or loses a message.
func diagramOf(t *Trace, faults []string) *Diagram {
	if !slices.ContainsFunc(t.Steps, func(s Step) bool { _, ok := messageIn(s); return ok }) {
		return nil
	}
	c := castOf(t, nil)
	d := &Diagram{Width: laneLeft + laneWidth*len(c.list), Height: rowsTop + rowHeight*len(t.Steps)}
	for i, a := range c.list {
		d.Lanes = append(d.Lanes, Lane{laneLeft + laneWidth*i, a.String()})
	}
	sent := t.sendings()
	for i, s := range t.Steps {
		e := d.event(c, i, s, sent[i], faultOn(s, faults) != "")
		d.Width = max(d.Width, e.TextX+letterWidth*plain(e.Caption).width)
		d.Rows = append(d.Rows, e)
	}
	return d
}

func (d *Diagram) event(c *cast, i int, s Step, sent int, isFault bool) Event {
	e := Event{Number: i + 1, Y: y(i), Label: s.Label(), Caption: s.Label(), Fault: isFault, TextX: laneLeft + 8, Size: crossSize}
	who := c.in(s)
	if len(who) == 0 {
		return e
	}
	lane := func(a actor) int { return d.Lanes[slices.Index(c.list, a)].X }
	e.X = lane(who[0])
	m, isMessage := messageIn(s)
	if !isMessage {
		e.TextX, e.Cross = e.X+8, isFault && len(who) == 1
		return e
	}
	if sent < 0 {
		sent = i
	}
	e.Message = &Arrow{lane(who[0]), y(sent), lane(who[1]), y(i)}
	if e.Cross = m.isLost; m.isLost { // on the way
		e.Message.X2 = (e.Message.X1 + e.Message.X2) / 2
	}
	e.X, e.Caption, e.TextX = e.Message.X2, m.caption(s), e.Message.X2+8
	return e
}

// y returns the height of a step.
func y(i int) int { return rowsTop + rowHeight*i }
