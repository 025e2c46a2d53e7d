package model_test

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// parlour is changed by one action with each kind of choice.
type parlour struct {
	Mail   model.Bag[uint8]
	Seats  [3]uint8
	Voted  quorate
	Jumped uint8
}

var parlourModel = &model.Model[parlour]{
	Name:          "parlour",
	AllowDeadlock: true,
	Init: func(s *parlour, _ *model.Choice) bool {
		s.Mail.Add(1)
		s.Mail.Add(1)
		s.Mail.Add(2)
		return true
	},
	Actions: []model.Action[parlour]{{Name: "Play", Do: func(s *parlour, c *model.Choice) bool {
		m := s.Mail.TakeFunc(c, "message", func(m uint8) bool { return m > s.Jumped || m == 1 })
		s.Jumped = uint8(c.Range("jump", 2, 4))
		order := [...]uint8{m, 7, 8}
		model.Permute(c, "order", order[:])
		s.Seats = order
		s.Voted = model.Quorum(c, "voters", quorate(0b11011), 5)
		s.Seats[c.Other("seat", 3, 1)] += m
		return true
	}}},
	Properties: []model.Property[parlour]{
		model.Always("NotBoth", func(s *parlour) bool { return s.Voted != 0b11001 || s.Seats[2] != 8 || s.Mail.Len() > 1 }),
	},
}

// A run that was found by searching or by walking at random is taken again by its texts.
func TestAnswersAreReplayed(t *testing.T) {
	checked, err := explore.Check(t.Context(), parlourModel, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	walked, err := explore.Simulate(t.Context(), parlourModel, explore.SimulateOptions{Walks: 5000, Depth: 4})
	if err != nil {
		t.Fatal(err)
	}
	for name, p := range map[string]explore.PropertyReport{"searched": checked.Properties[0], "walked": walked.Properties[0]} {
		if p.Trace == nil || p.Trace.Length != 3 {
			t.Errorf("%s: %+v", name, p)
			continue
		}
		walk, err := explore.Replay(t.Context(), parlourModel, p.Trace)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := walk.Trace().String(); got != p.Trace.String() {
			t.Errorf("%s\n%s\nis replayed as\n%s", name, p.Trace, got)
		}
	}
}
