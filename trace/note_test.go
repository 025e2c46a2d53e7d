package trace_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/trace"
)

// room is memory, of which there is nothing to be said.
type room struct{ Used int }

func (room) String() string { return "" }

type noting struct {
	N     int
	Sent  int  `muster:"-"`
	Quiet int  `muster:"-"`
	Room  room `muster:"-"`
}

func TestNotesAreWhatAnActionHasLeft(t *testing.T) {
	run := &trace.Trace{}
	run.Append("Init", nil, trace.ValueOf(&noting{N: 1}))
	run.Note(&noting{N: 1, Sent: 2, Room: room{3}})
	want := []trace.Change{{Path: "N", After: "1"}, {Path: "Sent", Before: "0", After: "2"}}
	if got := run.Steps[0].Changes; !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// Notes are found in structs and arrays within the state too, and what has none is not walked.
func TestNotesWithin(t *testing.T) {
	type inner struct {
		A    int
		Told string `muster:"-"`
	}
	type state struct {
		N     int
		Empty [0]inner
		Plain [2]struct{ B int }
		Rows  [2][1]inner
		_     inner
	}
	run := &trace.Trace{}
	run.Append("Init", nil, trace.ValueOf(&state{}))
	run.Note(&state{Rows: [2][1]inner{1: {{Told: "x"}}}})
	want := []trace.Change{{Path: "Rows[1][0].Told", Before: `""`, After: "x"}}
	if got := run.Steps[0].Changes; !slices.Equal(got[len(got)-1:], want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
