package run

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// twice is a queue that delivers each task twice. The two deliveries of one task in two are
// at the same time, and the first delivery of the others is lost on its way.
type twice struct {
	*queue.Memory

	mutex   sync.Mutex
	copies  []queue.Message
	pulled  int
	doubled atomic.Int64 // second deliveries that were done
}

// second is the second delivery of a message.
type second struct {
	queue.Message
	doubled *atomic.Int64
}

func (s second) Delivered() int { return 2 }

func (s second) Done(ctx context.Context) error {
	s.doubled.Add(1)
	return s.Message.Done(ctx)
}

func (q *twice) Pull(ctx context.Context, topic string, wait time.Duration) (queue.Message, error) {
	if !strings.HasPrefix(topic, topicTasks("")) {
		return q.Memory.Pull(ctx, topic, wait)
	}
	for {
		q.mutex.Lock()
		if len(q.copies) > 0 {
			m := q.copies[0]
			q.copies = q.copies[1:]
			q.mutex.Unlock()
			return m, nil
		}
		q.mutex.Unlock()
		m, err := q.Memory.Pull(ctx, topic, wait)
		if m == nil || err != nil || m.Delivered() > 1 {
			return m, err
		}
		q.mutex.Lock()
		q.pulled++
		lost := q.pulled%2 == 1
		if !lost {
			q.copies = append(q.copies, second{m, &q.doubled})
		}
		q.mutex.Unlock()
		if !lost {
			return m, nil
		}
	}
}

// A task that two workers do at once gives the same bytes twice, and one whose first
// delivery was lost is done by the worker that gets the second.
func TestTasksThatAreDoneTwiceChangeNothing(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	g := &rig{model: m, options: faulty.options, workers: 3, block: 200, partitions: 2, wait: 20 * time.Millisecond, homeStates: 1}
	q := &twice{Memory: queue.NewMemory(g.wait)}
	g.queue = q
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := without(t, r); got != want {
		t.Error(difference(got, want))
	}
	if r.Distribution.Again == 0 || q.doubled.Load() == 0 {
		t.Errorf("%d answers were of second deliveries, and %d tasks were done by two workers at once; want some of both", r.Distribution.Again, q.doubled.Load())
	}
}

// A model that does not do the same everywhere is found out.
func TestAnotherResultOfTheSameTaskIsAnError(t *testing.T) {
	first := &task.Answer{ID: "3/expand.1", Worker: "a", Prints: []task.Ref{{Name: "x", Length: 9, Sum: 1}}}
	second := *first
	second.Worker, second.Cost = "b", task.Cost{Seconds: 1}
	if err := compare(first, &second); err != nil {
		t.Errorf("the same result: %v", err)
	}
	second.Prints = []task.Ref{{Name: "x", Length: 9, Sum: 2}}
	err := compare(first, &second)
	if want := "task 3/expand.1 gave another result at b than at a: the model, or the build, is not deterministic"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// Two models of one name are no run if one has an action less. Either worker may be the
// faster one: the results of tasks that both do differ, or do not fit together.
func TestWorkersOfAnotherModelAreFoundOut(t *testing.T) {
	var calls atomic.Int64
	m := &model.Model[int]{Name: "moody", AllowDeadlock: true, Actions: []model.Action[int]{
		{Name: "Add", Do: func(s *int, c *model.Choice) bool {
			by := 1 + c.Int("by", 7)
			if *s+by >= 4000 {
				return false
			}
			*s += by
			return true
		}},
		{Name: "Sometimes", Do: func(s *int, c *model.Choice) bool {
			if calls.Add(1)%5 != 0 || *s < 100 || *s+4 >= 4000 {
				return false
			}
			*s += 4
			return true
		}},
	}}
	open := func(ctx context.Context, e explore.Engine) (*explore.Report, error) {
		return explore.Check(ctx, m, explore.Options{Engine: e})
	}
	g := &rig{block: 2, partitions: 2, wait: time.Second, homeStates: 1, search: open}
	g.queue, g.bucket = queue.NewMemory(time.Second), &bucket.Memory{}
	stop := g.work(t, "w", nil)
	defer stop()
	r, err := g.coordinate(t.Context())
	if err == nil {
		t.Fatalf("the verdict is %v; want an error about the model", r.Verdict)
	}
	if !strings.Contains(err.Error(), "not deterministic") && !strings.Contains(err.Error(), "must be deterministic") {
		t.Errorf("got %v", err)
	}
}

// forgetful is a queue that loses all it has now and then, with the message that it has just
// taken.
type forgetful struct {
	*queue.Memory
	published, lost atomic.Int64
}

// The queue loses its messages after each 40 that are published, 12 times in all.
const lossEvery, lossesMax = 40, 12

func (q *forgetful) Publish(ctx context.Context, topic, id string, data []byte) error {
	if q.published.Add(1)%lossEvery == 0 && q.lost.Add(1) <= lossesMax {
		q.Lose()
		return nil
	}
	return q.Memory.Publish(ctx, topic, id, data)
}

// A queue that loses all it has costs time and nothing else.
func TestAQueueMayLoseEverything(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	g := &rig{model: m, options: faulty.options, workers: 2, block: 40, partitions: 3, homeStates: 1, wait: time.Second}
	q := &forgetful{Memory: queue.NewMemory(g.wait)}
	g.queue = q
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := without(t, r); got != want {
		t.Error(difference(got, want))
	}
	if q.lost.Load() < lossesMax {
		t.Errorf("the queue has lost everything %d times, want %d", q.lost.Load(), lossesMax)
	}
}
