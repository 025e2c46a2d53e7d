package search

import (
	"runtime"
	"sync/atomic"

	"github.com/muster-mc/muster/internal/system"
)

// Pool is goroutines that wait to work on the same thing together. The channels order
// memory: the members see all writes that the caller of Run made before, and the caller
// sees all writes of the members afterwards. So the phases of a round need no other
// synchronization. One Run must have ended before the next one begins.
type Pool struct {
	size  int
	spins int                         // looks at a channel before falling asleep
	start []chan func(int)            // of each member but the caller, with room for one piece of work
	done  chan struct{}               // with room for an answer of each member, so that none waits
	left  atomic.Pointer[system.Exit] // of a member whose goroutine the work has ended
}

// newPool returns a pool of this size. The caller of Run is one of its members. The
// others are started when they are first needed, which in a small model is never.
func newPool(size int) *Pool {
	p := &Pool{size: size}
	if size <= runtime.GOMAXPROCS(0) { // otherwise a goroutine that waits is in the way of one that works
		p.spins = spinsMax
	}
	return p
}

// Run has every member do the work, and waits for all of them. No send blocks: a member
// has taken the work of the last Run before that Run has returned.
//
// Work that ends the goroutine of a member, by [runtime.Goexit], ends that of the caller too,
// with a panic of a [system.Exit], when all members have stopped.
func (p *Pool) Run(work func(member int)) {
	if p.start == nil && p.size > 1 {
		p.begin()
	}
	for _, c := range p.start {
		c <- work
	}
	returned := false
	defer func() {
		for range p.start {
			await(p.done, p.spins)
		}
		if left := p.left.Load(); left != nil && returned {
			panic(left)
		}
	}()
	work(0)
	returned = true
}

// begin starts the goroutines.
func (p *Pool) begin() {
	p.done = make(chan struct{}, p.size)
	for i := 1; i < p.size; i++ {
		c := make(chan func(int), 1)
		p.start = append(p.start, c)
		go p.member(i, c)
	}
}

// member works until there is no more work.
func (p *Pool) member(i int, start chan func(int)) {
	working := false
	defer func() {
		if working {
			p.left.Store(system.NewExit())
			p.done <- struct{}{}
		}
	}()
	for {
		work, more := await(start, p.spins)
		if !more {
			return
		}
		working = true
		work(i)
		working = false
		p.done <- struct{}{}
	}
}

// stop ends the goroutines. None of them works any more, because Run waits for all.
func (p *Pool) stop() {
	for _, c := range p.start {
		close(c)
	}
}

const (
	// spinsMax looks take about a tenth of a millisecond. The members wait for each
	// other several times in every round, mostly for less time than the system takes
	// to wake a processor that has nothing to do.
	spinsMax = 1 << 15

	// spinsUntilYield looks take some microseconds. Then another goroutine of the
	// process may run, such as one of the garbage collector or of another search.
	spinsUntilYield = 1 << 10
)

// await receives from a channel. It looks at the channel a number of times before it
// falls asleep: the system takes long to wake a sleeper.
func await[T any](c chan T, spins int) (received T, ok bool) {
	for i := range spins {
		select {
		case received, ok = <-c:
			return received, ok
		default:
		}
		if i%spinsUntilYield == spinsUntilYield-1 {
			runtime.Gosched()
		}
	}
	received, ok = <-c
	return received, ok
}
