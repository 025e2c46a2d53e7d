package explore

import "runtime"

// team is goroutines that wait to work on the same thing together.
type team struct {
	size  int
	looks int // how often somebody who waits looks before falling asleep
	start []chan func(int)
	done  chan struct{}
}

// newTeam has one member fewer than its size: the caller of run is one too. They
// are started when they are first needed, which in a small model is never.
func newTeam(size int) *team {
	t := &team{size: size}
	if size <= runtime.GOMAXPROCS(0) { // otherwise who waits is in the way of who works
		t.looks = looks
	}
	return t
}

// run has every member do the work, and waits for all of them.
func (t *team) run(work func(member int)) {
	if t.start == nil && t.size > 1 {
		t.hire()
	}
	for _, c := range t.start {
		c <- work
	}
	work(0)
	for range t.start {
		await(t.done, t.looks)
	}
}

func (t *team) hire() {
	t.done = make(chan struct{}, t.size)
	for i := 1; i < t.size; i++ {
		c := make(chan func(int), 1)
		t.start = append(t.start, c)
		go func() {
			for {
				work, more := await(c, t.looks)
				if !more {
					return
				}
				work(i)
				t.done <- struct{}{}
			}
		}()
	}
}

// dismiss ends the goroutines.
func (t *team) dismiss() {
	for _, c := range t.start {
		close(c)
	}
}

// looks take about a tenth of a millisecond. The members wait for each other several
// times in every round, mostly for less time than it takes the system to wake a
// processor that has nothing to do.
const looks = 1 << 15

// await receives from a channel that has room for what is sent.
func await[T any](c chan T, looks int) (received T, ok bool) {
	for range looks {
		select {
		case received, ok = <-c:
			return received, ok
		default:
		}
	}
	received, ok = <-c
	return received, ok
}
