package run

import (
	"context"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/explore"
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
	for _, kind := range []string{"prints", "run", "piece", "lineage", "home-piece", "home-run", "home-lineage"} {
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
	g.bucket = &alwaysRotten{kind: "run"}
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
