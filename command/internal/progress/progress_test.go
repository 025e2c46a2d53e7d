package progress

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/command/internal/output"
	"github.com/muster-mc/muster/explore"
)

// shower is a line on an output that the test reads, with a clock that it sets.
type shower struct {
	*Line
	text strings.Builder
	now  time.Time
}

func newShower(terminal bool, width int) *shower {
	s := &shower{now: time.Unix(0, 0)}
	tty := output.NewTerminal(&s.text)
	tty.Interactive, tty.Width = terminal, width
	s.Line = NewLine(tty)
	s.clock = func() time.Time { return s.now }
	s.logged = s.now
	return s
}

// after shows a run of this age.
func (s *shower) after(seconds int) {
	s.now = time.Unix(int64(seconds), 0)
	s.Show(explore.Progress{
		Elapsed: time.Duration(seconds) * time.Second, Depth: 7,
		Distinct: uint64(seconds) * 1e6, Generated: uint64(seconds) * 3e6, Frontier: 1234, Store: explore.StoreExact, StoreBytes: 9 << 20,
	})
}

// take is the text written since the last take.
func (s *shower) take() string {
	defer s.text.Reset()
	return s.text.String()
}

func want(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got %q; want %q", got, want)
	}
}

func TestProgressOnATerminalOverwritesItself(t *testing.T) {
	s := newShower(true, 200)
	s.after(1)
	want(t, s.take(), "\r\x1b[K1s  depth 7  distinct 1,000,000  generated 3,000,000 (3 M/s)  frontier 1,234  exact 9 MiB")
	s.after(3)
	want(t, s.take(), "\r\x1b[K3s  depth 7  distinct 3,000,000  generated 9,000,000 (3 M/s)  frontier 1,234  exact 9 MiB")
	s.Clear()
	want(t, s.take(), "\r\x1b[K")
	s.Clear()
	want(t, s.take(), "")
}

func TestProgressDoesNotWrap(t *testing.T) {
	s := newShower(true, 20)
	s.after(1)
	want(t, s.take(), "\r\x1b[K1s  depth 7  distin")
}

func TestProgressInALogIsALineNowAndThen(t *testing.T) {
	s := newShower(false, 0)
	for second := range 10 {
		s.after(second)
	}
	want(t, s.take(), "")
	s.after(10)
	want(t, s.take(), "10s  depth 7  distinct 10,000,000  generated 30,000,000 (3 M/s)  frontier 1,234  exact 9 MiB\n")
	s.after(11)
	want(t, s.take(), "")
	s.after(20)
	want(t, s.take(), "20s  depth 7  distinct 20,000,000  generated 60,000,000 (3 M/s)  frontier 1,234  exact 9 MiB\n")
	s.Clear()
	want(t, s.take(), "")
}

func TestProgressOfSeveralRunsNamesThem(t *testing.T) {
	s := newShower(true, 200)
	s.Begin("1 of 2  lease no-check")
	want(t, s.take(), "\r\x1b[K1 of 2  lease no-check")
	s.after(1)
	want(t, s.take(), "\r\x1b[K1 of 2  lease no-check  1s  depth 7  distinct 1,000,000  generated 3,000,000 (3 M/s)  frontier 1,234  exact 9 MiB")

	s = newShower(false, 0)
	s.Begin("1 of 2  lease no-check")
	want(t, s.take(), "")
}

func TestProgressSaysWhatWasWritten(t *testing.T) {
	s := newShower(true, 200)
	s.Show(explore.Progress{Elapsed: 2 * time.Second, Store: explore.StoreDisk, StoreBytes: 3 << 20, Written: 5 << 30})
	want(t, s.take(), "\r\x1b[K2s  depth 0  distinct 0  generated 0 (0/s)  frontier 0  disk 3 MiB  5 GiB written")
}

func TestProgressSaysWhichPartTakesMemory(t *testing.T) {
	s := newShower(true, 200)
	s.Show(explore.Progress{
		Elapsed: 2 * time.Second, Store: explore.StoreCompact, StoreBytes: 3 << 20, FrontierBytes: 2 << 20, LogBytes: 1 << 19,
	})
	want(t, s.take(), "\r\x1b[K2s  depth 0  distinct 0  generated 0 (0/s)  frontier 0  compact 3 MiB, levels 2 MiB, log 512 KiB")
}

func TestProgressOfWholeRuns(t *testing.T) {
	s := newShower(true, 200)
	p := explore.Progress{Elapsed: 2 * time.Second, Distinct: 70, Generated: 90, Store: explore.StoreExact, StoreBytes: 3 << 20, GraphBytes: 2 << 20}
	s.Show(p)
	want(t, s.take(), "\r\x1b[K2s  depth 0  distinct 70  generated 90 (45/s)  frontier 0  exact 3 MiB, graph 2 MiB")
	p.Elapsed, p.Deciding = 3*time.Second, true
	s.Show(p)
	want(t, s.take(), "\r\x1b[K3s  deciding about whole runs  distinct 70  generated 90  graph 2 MiB")
}

func TestProgressForeseesTheEnd(t *testing.T) {
	for _, c := range []struct {
		least, most time.Duration
		want        string
	}{
		{0, 0, ""},
		{90 * time.Second, 0, "  left: at least 90 s"},
		{0, 50 * time.Second, "  left: 0 s to 50 s"},
		{30 * time.Second, 5 * time.Minute, "  left: 30 s to 5 min"},
		{17_777 * time.Millisecond, 64_444 * time.Millisecond, "  left: 18 s to 64 s"},
		{110 * time.Second, 400 * time.Second, "  left: 2 min to 6.7 min"},
	} {
		want(t, eta(explore.Progress{LeftLeast: c.least, LeftMost: c.most}), c.want)
	}
}

// A line of a log has the rate since the line before, not that of the last second.
func TestProgressInALogTellsTheRateBetweenLines(t *testing.T) {
	s := newShower(false, 0)
	for second := range 15 {
		s.after(min(second, 10))
	}
	s.take()
	s.now = time.Unix(20, 0)
	s.Show(explore.Progress{Elapsed: 20 * time.Second, Generated: 50e6, Store: explore.StoreExact})
	want(t, s.take(), "20s  depth 0  distinct 0  generated 50,000,000 (2 M/s)  frontier 0  exact 0 KiB\n")
}

// A field that grows without a bound is named once, after three seconds, and on
// a terminal above the line.
func TestProgressNamesWhatGrows(t *testing.T) {
	grown := func(seconds int, fields ...string) explore.Progress {
		return explore.Progress{Elapsed: time.Duration(seconds) * time.Second, Store: explore.StoreExact, Growing: fields}
	}
	s := newShower(false, 0)
	s.Show(grown(2, "Token"))
	want(t, s.take(), "")
	s.Show(grown(3, "Token"))
	want(t, s.take(), "note: Token grew at every level and nothing bounds it so far\n")
	s.Show(grown(4, "Token", "Clock"))
	want(t, s.take(), "note: Clock grew at every level and nothing bounds it so far\n")
	s.Begin("again")
	s.Show(grown(5, "Token"))
	want(t, s.take(), "note: Token grew at every level and nothing bounds it so far\n")

	const line = "\r\x1b[K%s  depth 0  distinct 0  generated 0 (0/s)  frontier 0  exact 0 KiB"
	s = newShower(true, 200)
	s.Show(grown(2, "Token"))
	s.take()
	s.Show(grown(3, "Token"))
	want(t, s.take(), "\r\x1b[Knote: Token grew at every level and nothing bounds it so far\n"+fmt.Sprintf(line, "3s"))
}
