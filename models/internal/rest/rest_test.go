package rest

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// lamp: a switch from outside lights it, it goes out by itself, and it may burn
// out.
type lamp struct{ Lit, Broken bool }

func lamps() *model.Model[lamp] {
	return &model.Model[lamp]{
		Name: "lamp",
		Actions: []model.Action[lamp]{
			{Name: "Switch", Do: func(l *lamp, _ *model.Choice) bool {
				l.Lit = true
				return true
			}},
			{Name: "GoOut", Do: func(l *lamp, _ *model.Choice) bool {
				if !l.Lit || l.Broken {
					return false
				}
				l.Lit = false
				return true
			}},
			{Name: "BurnOut", Fault: "crash", Do: func(l *lamp, _ *model.Choice) bool {
				l.Broken = true
				return true
			}},
		},
	}
}

func dark(l *lamp) bool { return !l.Lit }

func TestAlways(t *testing.T) {
	for _, want := range []struct {
		name    string
		outside []string
		o       explore.Options
		length  int // of the counterexample, 0 for none
	}{
		{"a broken lamp stays lit", []string{"Switch"}, explore.Options{}, 3},
		{"the switch counts as a step", nil, explore.Options{}, 0},
		{"no fault, no lamp stays lit", []string{"Switch"}, explore.Options{WithoutFaults: []string{"crash"}}, 0},
	} {
		t.Run(want.name, func(t *testing.T) {
			m := lamps()
			m.Properties = append(m.Properties, Always(m, "GoesOut", dark, want.outside...))
			if want.length == 0 {
				mctest.Holds(t, m, want.o)
				return
			}
			mctest.Breaks(t, m, want.o, "GoesOut", want.length)
		})
	}
}

func TestUnknownAction(t *testing.T) {
	defer func() {
		if got, _ := recover().(string); !strings.Contains(got, "lamp has no action Swich") {
			t.Errorf("got %q", got)
		}
	}()
	Always(lamps(), "GoesOut", dark, "Swich")
}
