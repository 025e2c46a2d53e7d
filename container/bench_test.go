package container_test

import (
	"slices"
	"testing"

	"github.com/muster-mc/muster/container"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// envelope is an element as models have them: a few bytes.
type envelope struct{ Kind, From, To, Term uint8 }

// arrayQueue is the queue that a model writes by hand.
type arrayQueue struct {
	items [4]envelope
	n     uint8
}

func (q *arrayQueue) push(e envelope) { q.items[q.n] = e; q.n++ }

func (q *arrayQueue) pop() envelope {
	e := q.items[0]
	copy(q.items[:], q.items[1:q.n])
	q.n--
	q.items[q.n] = envelope{}
	return e
}

func BenchmarkQueue(b *testing.B) {
	b.Run("array by hand", func(b *testing.B) {
		b.ReportAllocs()
		var q arrayQueue
		for b.Loop() {
			for i := range uint8(4) {
				q.push(envelope{Term: i})
			}
			for range 4 {
				q.pop()
			}
		}
	})
	b.Run("array", func(b *testing.B) { benchmarkQueue(b, &container.Queue[envelope, [4]envelope]{}) })
	b.Run("slice", func(b *testing.B) { benchmarkQueue(b, &container.Queue[envelope, []envelope]{}) })
}

func benchmarkQueue[S container.Store[envelope]](b *testing.B, q *container.Queue[envelope, S]) {
	b.ReportAllocs()
	for b.Loop() {
		for i := range uint8(4) {
			q.Push(envelope{Term: i})
		}
		for range 4 {
			q.Pop()
		}
	}
}

// arrayLog is the log that a model writes by hand.
type arrayLog struct {
	items             [4]envelope
	n, commit, synced uint8
}

func (l *arrayLog) truncate(from uint8) {
	for i := from; i < l.n; i++ {
		l.items[i] = envelope{}
	}
	l.n = min(l.n, from)
	l.commit, l.synced = min(l.commit, l.n), min(l.synced, l.n)
}

func BenchmarkLog(b *testing.B) {
	b.Run("array by hand", func(b *testing.B) {
		b.ReportAllocs()
		var l arrayLog
		for b.Loop() {
			for i := range uint8(4) {
				l.items[l.n] = envelope{Term: i}
				l.n++
			}
			l.commit = 2
			l.truncate(1)
			l.truncate(0)
		}
	})
	b.Run("array", func(b *testing.B) { benchmarkLog(b, &container.Log[envelope, [4]envelope]{}) })
	b.Run("slice", func(b *testing.B) { benchmarkLog(b, &container.Log[envelope, []envelope]{}) })
}

func benchmarkLog[S container.Store[envelope]](b *testing.B, l *container.Log[envelope, S]) {
	b.ReportAllocs()
	for b.Loop() {
		for i := range uint8(4) {
			l.Append(envelope{Term: i})
		}
		l.Commit(2)
		l.Truncate(1)
		l.Truncate(0)
	}
}

func BenchmarkRing(b *testing.B) {
	b.Run("array by hand", func(b *testing.B) {
		b.ReportAllocs()
		var items [3]envelope
		n := 0
		for b.Loop() {
			for i := range uint8(8) {
				if n == len(items) {
					copy(items[:], items[1:])
					n--
				}
				items[n] = envelope{Term: i}
				n++
			}
		}
	})
	b.Run("array", func(b *testing.B) {
		b.ReportAllocs()
		var r container.Ring[envelope, [3]envelope]
		for b.Loop() {
			for i := range uint8(8) {
				r.Push(envelope{Term: i})
			}
		}
	})
}

// Three mailboxes, to which all is sent that fits: the same model with arrays by hand,
// containers in arrays, and containers in slices.
func BenchmarkCheck(b *testing.B) {
	b.Run("array by hand", func(b *testing.B) {
		type state struct{ inbox [3]arrayQueue }
		benchmarkCheck(b, func(s *state, to int, e envelope) bool {
			if s.inbox[to].n == 4 {
				return false
			}
			s.inbox[to].push(e)
			return true
		}, func(s *state, at int) bool {
			if s.inbox[at].n == 0 {
				return false
			}
			s.inbox[at].pop()
			return true
		})
	})
	b.Run("array", func(b *testing.B) { benchmarkMailboxes[[4]envelope](b) })
	b.Run("slice", func(b *testing.B) { benchmarkMailboxes[[]envelope](b) })
}

func benchmarkMailboxes[S container.Store[envelope]](b *testing.B) {
	type state struct {
		inbox [3]container.Queue[envelope, S]
	}
	benchmarkCheck(b, func(s *state, to int, e envelope) bool {
		if s.inbox[to].Len() == 4 {
			return false
		}
		s.inbox[to].Push(e)
		return true
	}, func(s *state, at int) bool {
		_, ok := s.inbox[at].Pop()
		return ok
	})
}

// benchmarkCheck is 31^3 states: each mailbox has 0 to 4 of two messages.
func benchmarkCheck[S any](b *testing.B, send func(s *S, to int, e envelope) bool, receive func(s *S, at int) bool) {
	m := &model.Model[S]{Name: "mailboxes", Actions: []model.Action[S]{
		{Name: "Send", Do: func(s *S, c *model.Choice) bool {
			return send(s, c.Int("to", 3), envelope{Kind: uint8(c.Int("kind", 2))})
		}},
		{Name: "Receive", Do: func(s *S, c *model.Choice) bool { return receive(s, c.Int("at", 3)) }},
	}}
	b.ReportAllocs()
	for b.Loop() {
		r, err := explore.Check(b.Context(), m, explore.Options{Workers: 1})
		if err != nil || r.Counts.Distinct != 29_791 || !slices.Contains([]string{"holds"}, string(r.Verdict)) {
			b.Fatal(r, err)
		}
	}
}
