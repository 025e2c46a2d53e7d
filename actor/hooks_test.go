package actor_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// told is a state that notes what the hooks are told of, as a history does.
type told struct {
	Boxes [2]box
	Net   network.Links[message]
	Log   [8]uint8 // 100 and the message that was sent, 200 and the one that was received
	N     uint8
}

func (s *told) note(what uint8, e envelope) {
	s.Log[s.N] = what + uint8(e.Message)
	s.N++
}

// Received comes before what the handler sends, and only where the message was handled.
func TestHistoriesAreToldOfWhatWasHandled(t *testing.T) {
	var y = systemOf(func(s *told) []box { return s.Boxes[:] }, func(s *told) network.Net[message] { return &s.Net }, handlers{
		Start: sends(1, 2),
		Receive: func(b *box, e envelope, o *out) bool {
			if e.Message == 2 {
				return false
			}
			b.N++
			if e.Message < 4 {
				o.Send(e.From, e.Message+2)
			}
			return true
		},
	})
	y.Sending = func(s *told, e envelope) { s.note(100, e) }
	y.Received = func(s *told, e envelope) { s.note(200, e) }
	want := []uint8{101, 102, 201, 103, 203, 105, 205}
	ended := func(s *told) bool { return s.Net.Len() == 0 }
	r, err := explore.Check(t.Context(), &model.Model[told]{
		Name: "told", Init: y.Start, Actions: y.Actions(), Terminal: ended,
		Properties: []model.Property[told]{
			model.Implies("AllIsToldInOrder", ended, func(s *told) bool { return slices.Equal(s.Log[:s.N], want) }),
		},
	}, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != explore.Holds || r.Properties[0].Vacuous {
		t.Errorf("%s: %v", r.Verdict, r.Properties[0].Trace)
	}
}
