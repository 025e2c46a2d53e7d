package explore_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/actor"
	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/crash"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/lin"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
	"github.com/muster-mc/muster/txn"
)

type client uint8

// untagged is a process that has nothing on disk.
type untagged struct{ N int }

// A misuse of a package from which models are made is in the line that calls the package,
// however deep in the package the panic is.
func TestMisuseIsWhereTheModelCalls(t *testing.T) {
	var (
		monitor lin.RegisterMonitor[client, uint8]
		history lin.RegisterHistory[client, uint8]
		links   network.Links[uint8]
		ring    container.Ring[uint8, [2]uint8]
		log     container.Log[uint8, [2]uint8]
		timers  actor.Timers[uint8]
		runs    txn.History

		read      = lin.Read[uint8]()
		processes = crash.Processes[untagged, untagged]{Number: 1, At: func(s *untagged, _ int) *untagged { return s }}
		write     = txn.Transaction{Writes: []txn.Access{{}}}
	)
	for range 256 {
		links.Send(1, 2, 3)
	}
	for range 2 {
		log.Append(1)
	}
	line := 0
	here := func() { _, _, line, _ = runtime.Caller(1) }
	for name, code := range map[string]func(){
		"an answer without a call":         func() { here(); monitor.Answer(1, 0) },
		"an answer that a history refuses": func() { here(); history.Answer(1, 0) },
		"a call too many":                  func() { here(); monitor.Call(2, read); monitor.Call(2, read) },
		"a full link":                      func() { here(); links.Send(1, 2, 3) },
		"a protocol without a network":     func() { here(); network.Protocol[int, uint8]{}.Actions() },
		"a full log":                       func() { here(); log.Append(1) },
		"an element that is not there":     func() { here(); ring.At(1) },
		"a timer that there cannot be":     func() { here(); timers.Set(16) },
		"no actors":                        func() { here(); actor.System[int, uint8]{}.Actions() },
		"a process without a disk":         func() { here(); processes.Crash("Crash") },
		"a version 0":                      func() { here(); runs.Add(write) },
		"a place that a slice has not":     func() { here(); _ = slices.Insert([]int{1}, 2, 3) },
	} {
		said := checked(t, &model.Model[struct{}]{
			Name:    "misuse",
			Actions: []model.Action[struct{}]{{Name: "Go", Do: func(*struct{}, *model.Choice) bool { code(); return true }}},
		})
		if want := fmt.Sprintf(", at misuse_of_libraries_test.go:%d", line); !strings.HasSuffix(said, want) {
			t.Errorf("%s: %q does not end in %q", name, said, want)
		}
	}
}

// A fault that the checker meets in a package, with no code of a model between the two, is
// where the package says. Here a message that is delivered and kept has an answer too many.
func TestMisuseWithoutACaller(t *testing.T) {
	type state struct{ Net network.Links[uint8] }
	protocol := network.Protocol[state, uint8]{
		Net: func(s *state) network.Net[uint8] { return &s.Net },
		Receive: func(_ *state, e network.Envelope[uint8], out *network.Out[uint8]) bool {
			out.Send(e.From, 3)
			return true
		},
		Faults: network.Faults[state]{Duplicating: true},
	}
	p := checked(t, &model.Model[state]{
		Name: "full",
		Init: func(s *state, _ *model.Choice) bool {
			for range 256 {
				s.Net.Send(1, 1, 3)
			}
			return true
		},
		Actions:       protocol.Actions(),
		AllowDeadlock: true,
	})
	if !strings.Contains(p, "256 messages") || !strings.Contains(p, ", at links.go:") {
		t.Errorf("%q, want a panic in links.go", p)
	}
}

// checked returns what a search says of the panic that it finds.
func checked[S any](t *testing.T, m *model.Model[S]) string {
	t.Helper()
	r, err := explore.Check(t.Context(), m, explore.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Properties {
		if p.Name == explore.Panic {
			return p.Detail
		}
	}
	return string(r.Verdict)
}
