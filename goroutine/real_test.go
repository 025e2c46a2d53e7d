package goroutine_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// envProgram makes the test binary run a program with real goroutines and no test.
const envProgram = "MUSTER_GOROUTINE_PROGRAM"

func TestMain(m *testing.M) {
	if text := os.Getenv(envProgram); text != "" {
		runReal(programOf(text))
		return
	}
	os.Exit(m.Run())
}

// rounds is how often a program is run, if it does not end by a panic or a deadlock.
const rounds = 40

// shared is what the goroutines of a real program share.
type shared struct {
	mu    sync.Mutex
	rw    sync.RWMutex
	cond  *sync.Cond
	group sync.WaitGroup
	a, b  chan uint8
	none  chan uint8
	log   [threadsMost][opsMost]uint8
}

// runReal prints an outcome for each round.
func runReal(p program) {
	var panicked atomic.Bool
	for round := range uint64(rounds) {
		s := &shared{a: make(chan uint8), b: make(chan uint8, 1)}
		s.cond = sync.NewCond(&s.mu)
		var all sync.WaitGroup
		for i, code := range p {
			r := rand.New(rand.NewPCG(round, uint64(i)))
			all.Go(func() {
				defer func() {
					if v := recover(); v != nil {
						if panicked.CompareAndSwap(false, true) {
							fmt.Println(v)
							os.Exit(0)
						}
						select {} // another goroutine ends the process
					}
				}()
				for at, o := range code {
					dawdle(r)
					s.log[i][at] = s.perform(o, value(i, at))
				}
			})
		}
		all.Wait()
		fmt.Println(s.log)
	}
}

// dawdle lets others go first, sometimes long enough for them to wait.
func dawdle(r *rand.Rand) {
	switch r.IntN(4) {
	case 0:
		time.Sleep(time.Duration(r.IntN(60)) * time.Microsecond)
	case 1:
		runtime.Gosched()
	}
}

// perform is one statement, and its result.
func (s *shared) perform(o op, v uint8) uint8 {
	switch o {
	case lock1:
		s.mu.Lock()
	case unlock1:
		s.mu.Unlock()
	case tryLock:
		if !s.mu.TryLock() {
			return failed
		}
	case readLock:
		s.rw.RLock()
	case readUnlock:
		s.rw.RUnlock()
	case writeLock:
		s.rw.Lock()
	case writeUnlock:
		s.rw.Unlock()
	case condWait:
		s.cond.Wait()
	case condSignal:
		s.cond.Signal()
	case condBroadcast:
		s.cond.Broadcast()
	case groupAdd:
		s.group.Add(1)
	case groupDone:
		s.group.Done()
	case groupWait:
		s.group.Wait()
	case sendA:
		s.a <- v
	case recvA:
		return got(<-s.a)
	case closeA:
		close(s.a)
	case sendB:
		s.b <- v
	case recvB:
		return got(<-s.b)
	case closeB:
		close(s.b)
	case sendNil:
		s.none <- v
	case recvNil:
		return got(<-s.none)
	case closeNil:
		close(s.none)
	case sendAOrRecvB:
		select {
		case s.a <- v:
			return firstCase + passed
		case v := <-s.b:
			return secondCase + got(v)
		}
	case recvAOrRecvB:
		select {
		case v := <-s.a:
			return firstCase + got(v)
		case v := <-s.b:
			return secondCase + got(v)
		}
	case sendAOrSendB:
		select {
		case s.a <- v:
			return firstCase + passed
		case s.b <- v:
			return secondCase + passed
		}
	case sendOrRecvA:
		select {
		case s.a <- v:
			return firstCase + passed
		case v := <-s.a:
			return secondCase + got(v)
		}
	case recvAOrNil:
		select {
		case v := <-s.a:
			return firstCase + got(v)
		case v := <-s.none:
			return secondCase + got(v)
		}
	case trySendA:
		select {
		case s.a <- v:
		default:
			return failed
		}
	case tryRecvA:
		select {
		case v := <-s.a:
			return got(v)
		default:
			return failed
		}
	case trySendB:
		select {
		case s.b <- v:
		default:
			return failed
		}
	case tryRecvB:
		select {
		case v := <-s.b:
			return got(v)
		default:
			return failed
		}
	}
	return passed
}

// got is the result of a receive. No statement sends zero.
func got(v uint8) uint8 { return received(v, v != 0) }

// realBinary builds this test without cgo. Go's runtime sees that all goroutines are asleep
// only in a program without C, and some package that the test imports has C.
func realBinary(t *testing.T) string {
	binary := filepath.Join(t.TempDir(), "real.test")
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

// realEnds are the outcomes that real goroutines showed.
func realEnds(t *testing.T, binary string, p program) outcomes {
	cmd := exec.Command(binary)
	cmd.Env = append(os.Environ(), envProgram+"="+p.String())
	var errs strings.Builder
	cmd.Stderr = &errs
	out, _ := cmd.Output() // a fatal error has its status
	found := outcomes{}
	for line := range strings.Lines(string(out)) {
		found[strings.TrimSpace(line)] = true
	}
	if _, text, ok := strings.Cut(errs.String(), "fatal error: "); ok {
		text, _, _ = strings.Cut(text, "\n")
		found[text] = true
	} else if len(errs.String()) > 0 {
		t.Fatalf("%s: %s", p, &errs)
	}
	return found
}

// reused is the panic of a WaitGroup whose counter grows too early. Go has two texts, for
// the very moment at which the counter is zero and for the time after it.
const reused = "sync: WaitGroup is reused before previous Wait has returned"

var sameAs = map[string]string{"sync: WaitGroup misuse: Add called concurrently with Wait": reused}

func TestRealGoroutines(t *testing.T) {
	binary := realBinary(t)
	t.Run("do nothing else", func(t *testing.T) { doNothingElse(t, binary) })
	t.Run("do the same", func(t *testing.T) { doTheSame(t, binary) })
}

// doNothingElse: what real goroutines do is among the outcomes of the model.
func doNothingElse(t *testing.T, binary string) {
	r := rand.New(rand.NewPCG(3, 4))
	seen, possible := 0, 0
	for range 60 {
		p := randomProgram(r)
		want := ends(t, p)
		if want["sync: Unlock of unlocked RWMutex"] || want["sync: RUnlock of unlocked RWMutex"] {
			continue // Go notices this misuse only sometimes
		}
		got := realEnds(t, binary, p)
		if len(got) == 0 {
			t.Fatalf("%s: no outcome", p)
		}
		for o := range got {
			if same, ok := sameAs[o]; ok {
				o = same
			}
			if !want[o] {
				t.Errorf("%s: real goroutines end with %q; the model with %q", p, o, slices.Sorted(maps.Keys(want)))
			}
		}
		seen, possible = seen+len(got), possible+len(want)
	}
	if seen < possible/3 {
		t.Errorf("real goroutines showed only %d of %d outcomes: the programs say little", seen, possible)
	}
}

// doTheSame: each of these programs has one outcome.
func doTheSame(t *testing.T, binary string) {
	for _, c := range []struct {
		name string
		of   program
		want string
	}{
		{"two locks", program{{lock1, lock1}}, deadlock},
		{"unlock of an unlocked mutex", program{{unlock1}}, "sync: unlock of unlocked mutex"},
		{"unlock by another goroutine", program{{lock1, sendA, lock1}, {recvA, unlock1}}, "[[1 1 1 0] [11 1 0 0] [0 0 0 0]]"},
		{"try of a locked mutex", program{{tryLock, tryLock}}, "[[1 2 0 0] [0 0 0 0] [0 0 0 0]]"},
		{"wait without the lock", program{{condWait}}, "sync: unlock of unlocked mutex"},
		{"signal before the wait", program{{condSignal, lock1, condWait}}, deadlock},
		{"two readers", program{{readLock, sendA}, {readLock, recvA}}, "[[1 1 0 0] [1 11 0 0] [0 0 0 0]]"},
		{"reader after reader", program{{readLock, readLock, readUnlock, readUnlock}}, "[[1 1 1 1] [0 0 0 0] [0 0 0 0]]"},
		{"writer after reader", program{{readLock, writeLock}}, deadlock},
		{"reader after writer", program{{writeLock, readLock}}, deadlock},
		{"unlock of an unlocked RWMutex", program{{writeUnlock}}, "sync: Unlock of unlocked RWMutex"},
		{"read unlock of an unlocked RWMutex", program{{readUnlock}}, "sync: RUnlock of unlocked RWMutex"},
		{"wait for nothing", program{{groupWait}}, "[[1 0 0 0] [0 0 0 0] [0 0 0 0]]"},
		{"negative counter", program{{groupDone}}, "sync: negative WaitGroup counter"},
		{"wait for ever", program{{groupAdd, groupWait}}, deadlock},
		{"hand over", program{{sendA}, {recvA}}, "[[1 0 0 0] [10 0 0 0] [0 0 0 0]]"},
		{"send without a receiver", program{{sendA}}, deadlock},
		{"send into the buffer", program{{sendB}}, "[[1 0 0 0] [0 0 0 0] [0 0 0 0]]"},
		{"send into a full buffer", program{{sendB, sendB}}, deadlock},
		{"try a full buffer", program{{trySendB, trySendB}}, "[[1 2 0 0] [0 0 0 0] [0 0 0 0]]"},
		{"first in, first out", program{{sendB, sendB}, {recvB, recvB}}, "[[1 1 0 0] [10 11 0 0] [0 0 0 0]]"},
		{"try an empty buffer", program{{tryRecvB}}, "[[2 0 0 0] [0 0 0 0] [0 0 0 0]]"},
		{"receive from a closed channel", program{{sendB, closeB, recvB, recvB}}, "[[1 1 10 3] [0 0 0 0] [0 0 0 0]]"},
		{"close wakes receivers", program{{closeA}, {recvA}, {recvA}}, "[[1 0 0 0] [3 0 0 0] [3 0 0 0]]"},
		{"send on a closed channel", program{{closeA, sendA}}, "send on closed channel"},
		{"try to send on a closed channel", program{{closeA, trySendA}}, "send on closed channel"},
		{"close of a channel with a sender", program{{sendA}, {closeA}}, "send on closed channel"},
		{"close twice", program{{closeA, closeA}}, "close of closed channel"},
		{"close of nil", program{{closeNil}}, "close of nil channel"},
		{"send on nil", program{{sendNil}}, deadlock},
		{"receive from nil", program{{recvNil}}, deadlock},
		{"select past nil", program{{recvAOrNil}, {sendA}}, "[[120 0 0 0] [1 0 0 0] [0 0 0 0]]"},
		{"select with two of a kind", program{{sendOrRecvA}, {recvA}}, "[[101 0 0 0] [10 0 0 0] [0 0 0 0]]"},
		{"select without a partner", program{{sendOrRecvA}}, deadlock},
		{"default", program{{trySendA, tryRecvA}}, "[[2 2 0 0] [0 0 0 0] [0 0 0 0]]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for which, got := range map[string]outcomes{"the model": ends(t, c.of), "Go": realEnds(t, binary, c.of)} {
				if len(got) != 1 || !got[c.want] {
					t.Errorf("%s ends with %q; want %q", which, slices.Sorted(maps.Keys(got)), c.want)
				}
			}
		})
	}
}
