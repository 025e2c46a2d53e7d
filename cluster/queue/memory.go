package queue

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Memory is a queue in memory, for one process. Make it with [NewMemory].
type Memory struct {
	wait time.Duration // until a message that was not acknowledged is delivered again

	mutex   sync.Mutex
	topics  map[string]*topic
	hearers map[string][]*hearer
	losses  int
}

type topic struct {
	waiting []*message
	ids     map[string]bool
	more    chan struct{} // has an element if there may be a message
}

type hearer struct{ f func([]byte) }

// NewMemory returns an empty queue, whose messages are delivered again after a time.
func NewMemory(wait time.Duration) *Memory {
	return &Memory{wait: wait, topics: map[string]*topic{}, hearers: map[string][]*hearer{}}
}

func (m *Memory) topic(name string) *topic {
	t := m.topics[name]
	if t == nil {
		t = &topic{ids: map[string]bool{}, more: make(chan struct{}, 1)}
		m.topics[name] = t
	}
	return t
}

// Publish implements [Queue].
func (m *Memory) Publish(_ context.Context, name, id string, data []byte) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	t := m.topic(name)
	if !t.ids[id] {
		t.ids[id] = true
		t.add(&message{queue: m, topic: t, data: slices.Clone(data)})
	}
	return nil
}

func (t *topic) add(x *message) {
	t.waiting = append(t.waiting, x)
	t.wake()
}

func (t *topic) wake() {
	select {
	case t.more <- struct{}{}:
	default:
	}
}

// Pull implements [Queue].
func (m *Memory) Pull(ctx context.Context, name string, wait time.Duration) (Message, error) {
	m.mutex.Lock()
	t := m.topic(name)
	m.mutex.Unlock()
	end := time.NewTimer(wait)
	defer end.Stop()
	for {
		if x := m.take(t); x != nil {
			return x, nil
		}
		select {
		case <-t.more:
		case <-end.C:
			return nil, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// take takes the first message. It comes back unless it is acknowledged in time.
func (m *Memory) take(t *topic) *message {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for len(t.waiting) > 0 && t.waiting[0].done {
		t.waiting = t.waiting[1:]
	}
	if len(t.waiting) == 0 {
		return nil
	}
	x := t.waiting[0]
	if t.waiting = t.waiting[1:]; len(t.waiting) > 0 {
		t.wake()
	}
	x.times++
	x.timer = time.AfterFunc(m.wait, func() {
		m.mutex.Lock()
		defer m.mutex.Unlock()
		if !x.done {
			t.add(x)
		}
	})
	return x
}

// Clear implements [Queue].
func (m *Memory) Clear(_ context.Context, name string) error {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	m.topic(name).waiting = nil
	return nil
}

// Lose drops everything, as a server does whose disk is lost.
func (m *Memory) Lose() {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	for _, t := range m.topics {
		t.waiting, t.ids = nil, map[string]bool{}
	}
	m.losses++
}

// Tell implements [Queue].
func (m *Memory) Tell(subject string, data []byte) error {
	m.mutex.Lock()
	list := slices.Clone(m.hearers[subject])
	m.mutex.Unlock()
	for _, h := range list {
		h.f(slices.Clone(data))
	}
	return nil
}

// Hear implements [Queue].
func (m *Memory) Hear(subject string, f func([]byte)) (func(), error) {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	var once sync.Mutex
	h := &hearer{func(data []byte) {
		once.Lock()
		defer once.Unlock()
		f(data)
	}}
	m.hearers[subject] = append(m.hearers[subject], h)
	return func() {
		m.mutex.Lock()
		defer m.mutex.Unlock()
		m.hearers[subject] = slices.DeleteFunc(m.hearers[subject], func(x *hearer) bool { return x == h })
	}, nil
}

// Losses implements [Queue].
func (m *Memory) Losses() int {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	return m.losses
}

// MessageMax implements [Queue].
func (m *Memory) MessageMax() int { return 1 << 20 }

// Close implements [Queue].
func (m *Memory) Close() {}

type message struct {
	queue *Memory
	topic *topic
	data  []byte
	timer *time.Timer
	times int
	done  bool
}

func (x *message) Data() []byte { return x.data }

func (x *message) Delivered() int {
	x.queue.mutex.Lock()
	defer x.queue.mutex.Unlock()
	return x.times
}

func (x *message) Working() error {
	x.queue.mutex.Lock()
	defer x.queue.mutex.Unlock()
	x.timer.Reset(x.queue.wait)
	return nil
}

func (x *message) Done(context.Context) error {
	x.queue.mutex.Lock()
	defer x.queue.mutex.Unlock()
	x.done = true
	x.timer.Stop()
	return nil
}
