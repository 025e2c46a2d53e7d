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

// viewerDiagram is the sequence diagram on the page of a run with messages: time goes down,
// and a message is a line from the step that sends it to the step that delivers it.
type viewerDiagram struct {
	Width, Height int
	Lanes         []viewerLane
	Rows          []viewerEvent
}

type viewerLane struct {
	X    int
	Name string
}

// viewerEvent is a step in the diagram.
type viewerEvent struct {
	Number, Y int
	Label     string
	Caption   string // what is written beside the event
	Fault     bool
	Message   *viewerMessage // nil if the step delivers none
	X         int            // where the event is, 0 if it is nowhere
	TextX     int
	Cross     bool
	Size      int // of half a cross
}

// viewerMessage is a line from a lane to a lane.
type viewerMessage struct{ X1, Y1, X2, Y2 int }

// diagramOf returns the diagram of a run, or nil if no step delivers or loses a message.
func diagramOf(t *Trace, faults []string) *viewerDiagram {
	if !slices.ContainsFunc(t.Steps, func(s Step) bool { _, ok := messageIn(s); return ok }) {
		return nil
	}
	c := castOf(t, nil)
	d := &viewerDiagram{Width: laneLeft + laneWidth*len(c.list), Height: rowsTop + rowHeight*len(t.Steps)}
	for i, a := range c.list {
		d.Lanes = append(d.Lanes, viewerLane{laneLeft + laneWidth*i, a.String()})
	}
	sent := t.sendings()
	for i, s := range t.Steps {
		e := d.event(c, i, s, sent[i], faultOn(s, faults) != "")
		d.Width = max(d.Width, e.TextX+letterWidth*plain(e.Caption).width)
		d.Rows = append(d.Rows, e)
	}
	return d
}

func (d *viewerDiagram) event(c *cast, i int, s Step, sent int, isFault bool) viewerEvent {
	e := viewerEvent{Number: i + 1, Y: y(i), Label: s.Label(), Caption: s.Label(), Fault: isFault, TextX: laneLeft + 8, Size: crossSize}
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
	e.Message = &viewerMessage{lane(who[0]), y(sent), lane(who[1]), y(i)}
	if e.Cross = m.isLost; m.isLost { // on the way
		e.Message.X2 = (e.Message.X1 + e.Message.X2) / 2
	}
	e.X, e.Caption, e.TextX = e.Message.X2, m.caption(s), e.Message.X2+8
	return e
}

// y returns the height of a step.
func y(i int) int { return rowsTop + rowHeight*i }

// Left, Right, Top and Bottom are those of a cross.
func (e viewerEvent) Left() int   { return e.X - e.Size }
func (e viewerEvent) Right() int  { return e.X + e.Size }
func (e viewerEvent) Top() int    { return e.Y - e.Size }
func (e viewerEvent) Bottom() int { return e.Y + e.Size }

// Raised is where the text of an event stands.
func (e viewerEvent) Raised() int { return e.Y - textRaised }
