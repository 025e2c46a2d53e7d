package network_test

import (
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
	"github.com/muster-mc/muster/trace"
)

// mailed counts what node 2 has received from each kind of network.
type mailed[N any] struct {
	Got uint8
	Net N
}

// arrowsOf returns the messages in the diagrams of a run in which one message is delivered and
// another one is lost.
func arrowsOf[N any, P interface {
	*N
	network.Net[Update]
}](t *testing.T) (mermaid string, lines, crosses int) {
	t.Helper()
	type state = mailed[N]
	protocol := network.Protocol[state, Update]{
		Net: func(s *state) network.Net[Update] { return P(&s.Net) },
		Receive: func(s *state, e network.Envelope[Update], _ *network.Out[Update]) bool {
			s.Got += uint8(e.Message)
			return true
		},
		Faults: network.Faults[state]{Lossy: true},
	}
	r, err := explore.Check(t.Context(), &model.Model[state]{
		Name: "mailed",
		Init: func(s *state, _ *model.Choice) bool {
			P(&s.Net).Send(1, 2, 3)
			P(&s.Net).Send(1, 2, 4)
			return true
		},
		Actions:       protocol.Actions(),
		Properties:    []model.Property[state]{model.Always("SomethingIsMissing", func(s *state) bool { return s.Got != 3 || P(&s.Net).Len() > 0 })},
		AllowDeadlock: true,
	}, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	run := r.Properties[0].Trace
	if run == nil {
		t.Fatal("no run")
	}
	var text, page strings.Builder
	if err := run.Mermaid(&text, trace.MermaidOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := run.HTML(&page, trace.HTMLOptions{}); err != nil {
		t.Fatal(err)
	}
	return text.String(), strings.Count(page.String(), `<line class="message"`), strings.Count(page.String(), `<path class="cross"`)
}

// Diagrams draw messages as arrows from who sent them to whom they are for, and lost ones as lost.
func TestDiagramsHaveArrows(t *testing.T) {
	for name, of := range map[string]func(*testing.T) (string, int, int){
		"bag":   arrowsOf[network.Bag[Update], *network.Bag[Update]],
		"links": arrowsOf[network.Links[Update], *network.Links[Update]],
	} {
		text, lines, crosses := of(t)
		if !strings.Contains(text, "p0->>p1: ") || !strings.Contains(text, ". set(3)\n") || !strings.Contains(text, "p0-xp1: ") || !strings.Contains(text, ". Lose set(4) [fault: loss]\n") {
			t.Errorf("%s: an arrow is missing in\n%s", name, text)
		}
		if lines != 2 || crosses != 1 {
			t.Errorf("%s: the page has %d messages and %d crosses; want 2 and 1", name, lines, crosses)
		}
	}
}
