package explore

import "sync"

// team is goroutines that wait to work on the same thing together.
type team struct {
	size  int
	start []chan func(int)
	done  sync.WaitGroup
}

// newTeam has one member fewer than its size: the caller of run is one too. They
// are started when they are first needed, which in a small model is never.
func newTeam(size int) *team { return &team{size: size} }

// run has every member do the work, and waits for all of them.
func (t *team) run(work func(member int)) {
	if t.start == nil && t.size > 1 {
		t.hire()
	}
	t.done.Add(len(t.start))
	for _, c := range t.start {
		c <- work
	}
	work(0)
	t.done.Wait()
}

func (t *team) hire() {
	for i := 1; i < t.size; i++ {
		c := make(chan func(int))
		t.start = append(t.start, c)
		go func() {
			for work := range c {
				work(i)
				t.done.Done()
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
