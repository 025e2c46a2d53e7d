package run

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/explore"
)

// A worker of another build takes no task, and both sides say so.
func TestAnotherBuildIsDeclined(t *testing.T) {
	m := faulty.open(t)
	g := &rig{model: m, options: faulty.options, block: 100, partitions: 2, wait: time.Second}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	missing := map[string]bool{
		"is of another build (test): this worker (other) takes no task of it": true,
		"worker other is of another build (other)":                            true,
	}
	var mutex sync.Mutex
	g.say = func(format string, args ...any) {
		mutex.Lock()
		defer mutex.Unlock()
		for want := range missing {
			if strings.Contains(fmt.Sprintf(format, args...), want) {
				delete(missing, want)
			}
		}
		if len(missing) == 0 {
			cancel() // without that the run would wait for another worker
		}
	}
	g.queue, g.bucket = queue.NewMemory(time.Second), &bucket.Memory{}
	var other *Worker
	stop := g.work(t, "other", func(w *Worker) { w.Build = "other"; other = w })
	r, err := g.coordinate(ctx)
	stop()
	if err != nil || r.Verdict == explore.Holds || other.Done() != 0 {
		t.Fatalf("the run is %v (%v), and the other build did %d tasks", r.Verdict, err, other.Done())
	}
}

// away is a bucket that is out of reach for three attempts in a row, and that again each
// time that the number of attempts is a multiple of every.
type away struct {
	bucket.Memory
	every    int64
	forGood  atomic.Bool
	attempts atomic.Int64
}

func (b *away) isAway() bool { return b.forGood.Load() || b.attempts.Add(1)%b.every < 3 }

func (b *away) Get(ctx context.Context, name string, offset, length int64) ([]byte, error) {
	if b.isAway() {
		return nil, errors.New("gone fishing")
	}
	return b.Memory.Get(ctx, name, offset, length)
}

func (b *away) Put(ctx context.Context, name string, data []byte) error {
	if b.isAway() {
		return errors.New("gone fishing")
	}
	return b.Memory.Put(ctx, name, data)
}

// A bucket that is away is waited for, and the time is counted.
func TestWhatIsOutOfReachIsWaitedFor(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	g := &rig{model: m, options: faulty.options, workers: 1, block: 100, partitions: 3, homeStates: 1}
	b := &away{every: 200}
	g.bucket = b
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := without(t, r); got != want {
		t.Error(difference(got, want))
	}
	if r.Distribution.Outages == 0 { // the first attempts of all are the coordinator's
		t.Error("no time was counted in which the bucket was away")
	}
	b.forGood.Store(true)
	g.change = func(s *Settings) { s.Patience = 200 * time.Millisecond }
	r, err = g.coordinate(t.Context())
	if err != nil || !strings.Contains(r.Reason, "the bucket could not be reached for 200ms: gone fishing") {
		t.Errorf("the verdict is %v for %q, %v; want an incomplete run", r.Verdict, r.Reason, err)
	}
}

// narrow is a queue that takes small messages only.
type narrow struct{ *queue.Memory }

func (narrow) MessageMax() int { return 100 }

// Tasks and answers that are too large for a message go by way of the bucket.
func TestWhatIsTooLargeForAMessageGoesByTheBucket(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	g := &rig{model: m, options: faulty.options, workers: 2, block: 100, partitions: 3, homeStates: 1, wait: time.Second}
	g.queue = narrow{queue.NewMemory(time.Second)}
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := without(t, r); got != want {
		t.Error(difference(got, want))
	}
}

// full is a bucket that has room for a number of blobs.
type full struct {
	bucket.Memory
	mutex sync.Mutex
	room  int
}

func (b *full) Put(ctx context.Context, name string, data []byte) error {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if b.room--; b.room < 0 {
		return fmt.Errorf("%w: no space left", bucket.ErrRefused)
	}
	return b.Memory.Put(ctx, name, data)
}

// A bucket that is full ends the run with one line, and the run goes on when there is room.
func TestAFullBucketEndsTheRunAndLosesNothing(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	b := &full{room: 400}
	g := &rig{model: m, options: faulty.options, workers: 2, block: 20, partitions: 3, homeStates: 1}
	g.bucket = b
	_, err := g.check(t)
	if err == nil || !strings.Contains(err.Error(), "no space left") || strings.Contains(err.Error(), "\n") {
		t.Fatalf("got %v", err)
	}
	b.mutex.Lock()
	b.room = 1 << 30
	b.mutex.Unlock()
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if got := without(t, r); got != want {
		t.Error(difference(got, want))
	}
}
