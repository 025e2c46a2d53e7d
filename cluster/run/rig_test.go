package run

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/explore"
)

// rig is a coordinator and workers in one process, for tests.
type rig struct {
	model   catalog.Model
	options explore.Options
	queue   queue.Queue
	bucket  bucket.Bucket
	workers int

	// Search, if set, is in place of model and options.
	search func(context.Context, explore.Engine) (*explore.Report, error)

	block, partitions int
	homeStates        uint64
	wait              time.Duration // until a task is delivered again
	change            func(*Settings)
	say               func(format string, args ...any)
}

func (g *rig) settings() Settings {
	s := Settings{
		Queue: g.queue, Bucket: g.bucket, Build: "test", Block: g.block, Partitions: g.partitions, HomeStates: g.homeStates,
		Beat: 20 * time.Millisecond, Patience: 10 * time.Minute, AskAgain: 200 * time.Millisecond, Say: g.say,
	}
	if g.change != nil {
		g.change(&s)
	}
	return s
}

// work starts a worker, and returns how to stop it.
func (g *rig) work(t testing.TB, name string, change func(*Worker)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	w := &Worker{Settings: g.settings(), Name: name, AckWait: g.wait, Open: g.open}
	if change != nil {
		change(w)
	}
	done := make(chan error, 1)
	go func() { done <- w.Serve(ctx) }()
	return sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("worker %s: %v", name, err)
		}
	})
}

// run searches the rig's model by an engine.
func (g *rig) run(ctx context.Context, e explore.Engine) (*explore.Report, error) {
	if g.search != nil {
		return g.search(ctx, e)
	}
	o := g.options
	o.Engine = e
	return g.model.Check(ctx, o)
}

func (g *rig) open(ctx context.Context, _ json.RawMessage, e explore.Engine) error {
	_, err := g.run(ctx, e)
	if errors.Is(err, ErrServed) {
		return nil
	}
	return err
}

// check searches with workers.
func (g *rig) check(t testing.TB) (*explore.Report, error) {
	t.Helper()
	if g.queue == nil {
		g.wait = time.Second
		g.queue = queue.NewMemory(g.wait)
	}
	if g.bucket == nil {
		g.bucket = &bucket.Memory{}
	}
	for i := range g.workers {
		defer g.work(t, fmt.Sprint("w", i), nil)()
	}
	return g.coordinate(context.Background())
}

func (g *rig) coordinate(ctx context.Context) (*explore.Report, error) {
	return g.run(ctx, &Coordinator{Settings: g.settings(), Model: json.RawMessage(`"test"`)})
}

// without is a report as text, without what depends on where the search was.
func without(t testing.TB, r *explore.Report) string {
	t.Helper()
	c := *r
	c.Seconds, c.Bytes, c.Store, c.Distribution = 0, 0, explore.Store{}, nil
	text, err := json.MarshalIndent(c, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// difference is the first line in which two texts differ, and the lines around it.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			from := max(0, i-5)
			return fmt.Sprintf("line %d: got\n%s\nwant\n%s", i, strings.Join(a[from:min(i+3, len(a))], "\n"), strings.Join(b[from:min(i+3, len(b))], "\n"))
		}
	}
	return fmt.Sprintf("got %d lines, want %d", len(a), len(b))
}
