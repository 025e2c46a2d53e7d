package run

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/explore"
)

// ending is a bucket that ends its user after a number of blobs that were read or
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
