package command

import (
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
)

// shower is a progress on a screen that can be read and a clock that can be set.
type shower struct {
	*progress
	text strings.Builder
	now  time.Time
}

func newShower(terminal bool, width int) *shower {
	s := &shower{now: time.Unix(0, 0)}
	s.progress = newProgress(screen{&checked{w: &s.text}, terminal, width})
	s.clock = func() time.Time { return s.now }
	s.logged = s.now
	return s
}

// after shows where a run stands after so many seconds.
func (s *shower) after(seconds int) {
	s.now = time.Unix(int64(seconds), 0)
	s.show(explore.Progress{
		Elapsed: time.Duration(seconds) * time.Second, Depth: 7,
		Distinct: uint64(seconds) * 1e6, Generated: uint64(seconds) * 3e6, Frontier: 1234, Bytes: 9 << 20, Store: explore.StoreExact,
	})
}

// take is what was written since the last take.
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
	s.clear()
	want(t, s.take(), "\r\x1b[K")
	s.clear()
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
	s.clear()
	want(t, s.take(), "")
}

func TestProgressOfSeveralRunsNamesThem(t *testing.T) {
	s := newShower(true, 200)
	s.begin("1 of 2  lease no-check")
	want(t, s.take(), "\r\x1b[K1 of 2  lease no-check")
	s.after(1)
	want(t, s.take(), "\r\x1b[K1 of 2  lease no-check  1s  depth 7  distinct 1,000,000  generated 3,000,000 (3 M/s)  frontier 1,234  exact 9 MiB")

	s = newShower(false, 0)
	s.begin("1 of 2  lease no-check")
	want(t, s.take(), "")
}

func TestProgressSaysWhatWasWritten(t *testing.T) {
	s := newShower(true, 200)
	s.show(explore.Progress{Elapsed: 2 * time.Second, Store: explore.StoreDisk, Bytes: 3 << 20, Written: 5 << 30})
	want(t, s.take(), "\r\x1b[K2s  depth 0  distinct 0  generated 0 (0/s)  frontier 0  disk 3 MiB  5 GiB written")
}
