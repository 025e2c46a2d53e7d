package leaderloop

import (
	"fmt"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

func TestCounts(t *testing.T) {
	for _, row := range []struct {
		config Config
		want   explore.Counts
	}{
		{Config{}, explore.Counts{Distinct: 489, Generated: 1_229, Depth: 28}},
		{Config{Terms: 3}, explore.Counts{Distinct: 913, Generated: 2_383, Depth: 34}},
		{Config{Terms: 1, Bug: "read-when-idle"}, explore.Counts{Distinct: 50, Generated: 90, Depth: 15}},    // one term is no flapping
		{Config{Buffer: 2, Bug: "read-when-idle"}, explore.Counts{Distinct: 169, Generated: 347, Depth: 28}}, // there is room for two terms
	} {
		mctest.Counts(t, mctest.Holds(t, New(row.config), explore.Options{}), row.want)
	}
}

func TestTheReportSaysWhoWaits(t *testing.T) {
	r := mctest.Breaks(t, New(Config{Bug: "read-when-idle"}), explore.Options{}, explore.Deadlock, 0)
	want := `raft waits to send on News (full, 1 of 1), at notify <- false
monitor waits for Loops (counter 1), at wg.Wait()
loop 0 waits to send on Barrier (no receiver), at raft.Barrier()`
	var got []string
	for _, p := range r.Properties {
		if p.Name == explore.Deadlock {
			for _, w := range p.Trace.Waits {
				got = append(got, fmt.Sprint(w))
			}
		}
	}
	if text := strings.Join(got, "\n"); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
