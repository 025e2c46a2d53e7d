package run

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// damage is what may happen to a blob.
type damage func(data []byte) []byte // nil for a blob that is gone

var damages = map[string]damage{
	"deleted": func([]byte) []byte { return nil },
	"cut":     func(data []byte) []byte { return data[:len(data)/2] },
	"flipped": func(data []byte) []byte { data[len(data)/3] ^= 4; return data },
}

// rotten is a bucket in which each blob of a kind is damaged once, when it was written.
type rotten struct {
	bucket.Memory
	kind string
	how  damage

	mutex sync.Mutex
	done  map[string]bool
}

func (b *rotten) Put(ctx context.Context, name string, data []byte) error {
	if err := b.Memory.Put(ctx, name, data); err != nil {
		return err
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	if !strings.HasPrefix(path.Base(name), b.kind) || b.done[name] {
		return nil
	}
	b.done[name] = true
	return spoil(ctx, &b.Memory, name, b.how)
}

func spoil(ctx context.Context, b *bucket.Memory, name string, how damage) error {
	data, err := b.Get(ctx, name, 0, -1)
	if err != nil || len(data) == 0 {
		return err
	}
	if data = how(data); data == nil {
		return b.Delete(ctx, name)
	}
	return b.Put(ctx, name, data)
}

// reportOf is the report of one process.
func reportOf(t *testing.T, m catalog.Model, o explore.Options) string {
	t.Helper()
	r, err := m.Check(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return without(t, r)
}

// faulty is the model of the tests of faults: it has a violation deep in the space, so that
// lineages are read.
var faulty = trial{name: "agent", bug: "start-afresh", options: explore.Options{SafetyOnly: true, KeepGoing: true, Traces: 3}}

// A blob that is missing or damaged is made again, and the report stays what it is.
func TestDamagedBlobsAreMadeAgain(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	for _, kind := range []string{"prints", "new", "run", "piece", "lineage", "home-piece", "home-run", "home-lineage"} {
		for name, how := range damages {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				g := &rig{model: m, options: faulty.options, workers: 2, block: 20, partitions: 3, homeStates: 1}
				b := &rotten{kind: kind, how: how, done: map[string]bool{}}
				g.bucket = b
				r, err := g.check(t)
				if err != nil {
					t.Fatal(err)
				}
				if got := without(t, r); got != want {
					t.Error(difference(got, want))
				}
				if len(b.done) == 0 || r.Distribution.Repaired == 0 {
					t.Errorf("%d blobs were damaged, and %d made again", len(b.done), r.Distribution.Repaired)
				}
			})
		}
	}
}

// So is the job that tells workers what to do, and so are tasks and answers that are too large
// for a message: here all of them are.
func TestDamagedMessagesAreMadeAgain(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	for _, kind := range []string{"job", "task-", "answer-", "coordinator"} {
		for name, how := range damages {
			t.Run(kind+" "+name, func(t *testing.T) {
				t.Parallel()
				g := &rig{model: m, options: faulty.options, workers: 2, block: 60, partitions: 2, homeStates: 1, wait: time.Second}
				b := &rotten{kind: kind, how: how, done: map[string]bool{}}
				g.bucket, g.queue = b, narrow{queue.NewMemory(g.wait)}
				r, err := g.check(t)
				if err != nil {
					t.Fatal(err)
				}
				if got := without(t, r); got != want {
					t.Error(difference(got, want))
				}
				if len(b.done) == 0 {
					t.Error("no blob was damaged")
				}
			})
		}
	}
}

// A bucket that damages a kind of blob whenever it is written leaves the run incomplete.
func TestABlobThatCannotBeKeptLeavesTheRunIncomplete(t *testing.T) {
	m := faulty.open(t)
	g := &rig{model: m, options: faulty.options, workers: 1, block: 100, partitions: 3}
	g.bucket = &alwaysRotten{kind: "new"}
	r, err := g.check(t)
	if err != nil || r.Verdict == explore.Holds || !strings.Contains(r.Reason, "cannot be made again") {
		t.Fatalf("the verdict is %v for %q, %v; want an incomplete run", r.Verdict, r.Reason, err)
	}
}

type alwaysRotten struct {
	bucket.Memory
	kind string
}

func (b *alwaysRotten) Put(ctx context.Context, name string, data []byte) error {
	if strings.HasPrefix(path.Base(name), b.kind) {
		data = append([]byte{1}, data...)
	}
	return b.Memory.Put(ctx, name, data)
}

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

// ending is a bucket that ends whoever uses it after a number of blobs that were read or
// written.
type ending struct {
	bucket.Memory
	only string // the end of the names of blobs that count; empty for all
	left atomic.Int64
	end  atomic.Pointer[context.CancelFunc]
}

// endAfter has the bucket call end when it was given this number of blobs.
func (b *ending) endAfter(blobs int, end context.CancelFunc) {
	b.end.Store(&end)
	b.left.Store(int64(blobs))
}

func (b *ending) count(name string) {
	if strings.HasSuffix(name, b.only) && b.left.Add(-1) == 0 {
		(*b.end.Load())()
	}
}

func (b *ending) Get(ctx context.Context, name string, offset, length int64) ([]byte, error) {
	b.count(name)
	return b.Memory.Get(ctx, name, offset, length)
}

func (b *ending) Put(ctx context.Context, name string, data []byte) error {
	defer b.count(name)
	return b.Memory.Put(ctx, name, data)
}

// Coordinators and workers that end at random moments leave what others go on with.
func TestCoordinatorsAndWorkersMayEndAtAnyTime(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	for seed := range 6 {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(uint64(seed), 1))
			g := &rig{model: m, options: faulty.options, block: 10 + 10*seed, partitions: 1 + seed, homeStates: uint64(1 + 1500*(seed%2)), wait: 50 * time.Millisecond}
			b := &ending{}
			g.queue, g.bucket = queue.NewMemory(g.wait), b
			var report *explore.Report
			ends := 0
			for ; report == nil; ends++ {
				ctx, cancel := context.WithCancel(t.Context())
				b.endAfter(5+random.IntN(20+40*ends), cancel)
				stop := g.work(t, fmt.Sprint("w", ends), nil)
				r, err := g.coordinate(ctx)
				if err != nil {
					t.Fatal(err)
				}
				if ctx.Err() == nil {
					report = r
				}
				cancel()
				stop()
			}
			if got := without(t, report); got != want {
				t.Error(difference(got, want))
			}
			if t.Logf("%d ends", ends-1); ends < 3 {
				t.Errorf("the run was ended %d times, want at least 2", ends-1)
			}
		})
	}
}

// A run that ends while it writes down what it knows still has the traces of what it has
// found.
func TestARunThatEndsAtAManifestHasItsTraces(t *testing.T) {
	m := faulty.open(t)
	for manifests := 1; manifests <= 4; manifests++ {
		g := &rig{model: m, options: faulty.options, block: 150, partitions: 3, homeStates: 1, wait: time.Second}
		b := &ending{only: "/manifest"}
		g.queue, g.bucket = queue.NewMemory(g.wait), b
		stop := g.work(t, "w", nil)
		ctx, cancel := context.WithCancel(t.Context())
		b.endAfter(manifests, cancel)
		r, err := g.coordinate(ctx)
		stop()
		if err != nil || r.Verdict != explore.Violated || r.Reason != "it was interrupted" {
			t.Fatalf("ended at manifest %d: got %+v, %v", manifests, r, err)
		}
		for _, p := range r.Properties {
			if p.Verdict == explore.Violated && p.Trace == nil {
				t.Errorf("ended at manifest %d: %s has no trace", manifests, p.Name)
			}
		}
	}
}

// The second coordinator of a run takes it over: the first one ends with an error that says
// so, and what the second one finds is what one process finds.
func TestTheSecondCoordinatorTakesTheRunOver(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	g := &rig{model: m, options: faulty.options, block: 60, partitions: 3, homeStates: 1, wait: time.Second}
	g.queue, g.bucket = queue.NewMemory(g.wait), &bucket.Memory{}
	first, second := &Coordinator{Settings: g.settings(), Name: "first"}, &Coordinator{Settings: g.settings(), Name: "second"}
	firstEnded := make(chan error, 1)
	go func() {
		_, err := g.run(t.Context(), first)
		firstEnded <- err
	}()
	for first.Now() == nil || first.Now().Levels == 0 { // without a worker it waits
		time.Sleep(time.Millisecond)
	}
	secondEnded := make(chan error, 1)
	var report *explore.Report
	go func() (err error) {
		defer func() { secondEnded <- err }()
		report, err = g.run(t.Context(), second)
		return err
	}()
	err := <-firstEnded
	if want := "another coordinator (second) has taken over run " + first.Run() + ": it goes on there, and ends here"; err == nil || err.Error() != want {
		t.Errorf("the first coordinator: %v, want %s", err, want)
	}
	if err := first.Finish(t.Context()); err != nil {
		t.Error(err)
	}
	stop := g.work(t, "w", nil)
	defer stop()
	if err := <-secondEnded; err != nil {
		t.Fatal(err)
	}
	if got := without(t, report); got != want {
		t.Error(difference(got, want))
	}
}

// Two coordinators that have only the bucket in common do no harm either, whichever is first:
// the one whose blobs the other has removed makes them again.
func TestCoordinatorsWithTheirOwnQueuesDoNoHarm(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	b := &bucket.Memory{}
	rigs := [2]*rig{}
	for i := range rigs {
		rigs[i] = &rig{model: m, options: faulty.options, block: 60, partitions: 3, homeStates: 1, wait: time.Second, bucket: b}
		rigs[i].queue = queue.NewMemory(time.Second)
	}
	first := &Coordinator{Settings: rigs[0].settings(), Name: "first"}
	ended := make(chan error, 1)
	var report *explore.Report
	go func() (err error) {
		defer func() { ended <- err }()
		report, err = rigs[0].run(t.Context(), first)
		return err
	}()
	for first.Now() == nil || first.Now().Levels == 0 { // without a worker it waits
		time.Sleep(time.Millisecond)
	}
	defer rigs[1].work(t, "other", nil)()
	second := &Coordinator{Settings: rigs[1].settings(), Name: "second"}
	other, err := rigs[1].run(t.Context(), second)
	if err != nil {
		t.Fatal(err)
	}
	if err := second.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer rigs[0].work(t, "w", nil)()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	for _, r := range []*explore.Report{report, other} {
		if got := without(t, r); got != want {
			t.Error(difference(got, want))
		}
	}
	if report.Distribution.Repaired == 0 {
		t.Error("the first coordinator has made nothing again")
	}
}

// A run goes on from before a manifest that is damaged.
func TestADamagedManifestIsNotGoneOnFrom(t *testing.T) {
	m := faulty.open(t)
	want := reportOf(t, m, faulty.options)
	for name, how := range damages {
		t.Run(name, func(t *testing.T) {
			g := &rig{model: m, options: faulty.options, workers: 1, block: 20, partitions: 3, homeStates: 1}
			b := &bucket.Memory{}
			g.bucket, g.queue, g.wait = b, queue.NewMemory(time.Second), time.Second
			whole := g.options
			g.options.MaxDepth = 15
			if _, err := g.check(t); err != nil {
				t.Fatal(err)
			}
			names, err := b.List(t.Context(), "")
			if err != nil {
				t.Fatal(err)
			}
			spoiled := 0
			for _, n := range names {
				if path.Base(n) == "manifest" {
					if spoiled++; spoiled%2 == 0 {
						if err := spoil(t.Context(), b, n, how); err != nil {
							t.Fatal(err)
						}
					}
				}
			}
			if spoiled < 3 {
				t.Fatalf("there are %d manifests: want more to damage", spoiled)
			}
			g.options = whole
			r, err := g.check(t)
			if err != nil {
				t.Fatal(err)
			}
			if got := without(t, r); got != want {
				t.Error(difference(got, want))
			}
		})
	}
}

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
