package redislock

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

var bug = flag.String("bug", "", "how to break the lock: blind-release, no-fence or short-lease")

// release is the client's, or that of one who does not look who holds the lock.
func (s *system) release(l *Lock) error {
	if *bug != "blind-release" {
		return l.Release()
	}
	_, err := s.conn.Do("DEL", lockName)
	l.token = 0
	return err
}

// write is the client's, or that of a storage without fence.
func (s *system) write(l *Lock) error {
	if *bug != "no-fence" {
		return l.Write(dataName, "whatever")
	}
	_, err := s.conn.Do("SET", dataName+":token", l.Token())
	return err
}

// A lock that is broken fails, by a run of as many steps as the shortest that shows it.
// This program is run again, to break the lock. That the storage has no fence shows only
// if two clients write one after the other in the wrong order: the pair of two writes is
// covered by one client, and it takes the edges to find it.
func TestBrokenLocksAreFound(t *testing.T) {
	if server == "" {
		t.Skip("there is no redis-server here")
	}
	for _, c := range []struct{ bug, test, want string }{
		{"blind-release", "^TestLock$", "at step 6, Release(client="},
		{"no-fence", "^TestEveryEdge$", "at step 7, Write(client="},
		{"short-lease", "^TestLock$", "at step 2, Acquire(client="},
	} {
		out, err := exec.Command(os.Args[0], "-test.run", c.test, "-bug", c.bug).CombinedOutput()
		if err == nil || !strings.Contains(string(out), "the real system differs from the model fence "+c.want) {
			t.Errorf("%s: %v\n%s", c.bug, err, out)
		}
	}
}

// A lease ends by Redis's own clock, too. The test waits until it does, however long a
// busy machine takes.
func TestLeaseEndsByTheClock(t *testing.T) {
	conn := dial(t)
	first := &Lock{Conn: conn, Name: lockName, Lease: 20 * time.Millisecond}
	second := &Lock{Conn: conn, Name: lockName, Lease: time.Hour}
	if err := first.Acquire(); err != nil {
		t.Fatal(err)
	}
	err := second.Acquire()
	for ; errors.Is(err, ErrHeld); err = second.Acquire() {
		time.Sleep(time.Millisecond)
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Write(dataName, "second"); err != nil {
		t.Error(err)
	}
	if err := first.Write(dataName, "first"); !errors.Is(err, ErrLost) {
		t.Errorf("a write that is late: got %v", err)
	}
}
