package run_test

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
	"github.com/muster-mc/muster/cluster/run"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// dice are two numbers that grow by one to six at a time.
type dice struct{ A, B uint8 }

func newDice() *model.Model[dice] {
	throw := func(n *uint8, c *model.Choice) bool {
		pips := uint8(1 + c.Int("pips", 6))
		if *n+pips > 60 {
			return false
		}
		*n += pips
		return true
	}
	return &model.Model[dice]{Name: "dice", AllowDeadlock: true, Actions: []model.Action[dice]{
		{Name: "ThrowA", Do: func(s *dice, c *model.Choice) bool { return throw(&s.A, c) }},
		{Name: "ThrowB", Do: func(s *dice, c *model.Choice) bool { return throw(&s.B, c) }},
	}}
}

// A coordinator and a worker in one process.
func Example() {
	settings := run.Settings{
		Queue: queue.NewMemory(time.Second), Bucket: &bucket.Memory{}, Build: "example",
		Block: 100, Partitions: 4, HomeStates: 1, Beat: 10 * time.Millisecond,
	}
	ctx, cancel := context.WithCancel(context.Background())
	worker := &run.Worker{Settings: settings, Name: "worker", Open: func(ctx context.Context, _ json.RawMessage, e explore.Engine) error {
		_, err := explore.Check(ctx, newDice(), explore.Options{Engine: e})
		return err // it is run.ErrServed when the run is over
	}}
	ended := make(chan error)
	go func() { ended <- worker.Serve(ctx) }()

	c := &run.Coordinator{Settings: settings, Model: json.RawMessage(`"dice"`)}
	report, err := explore.Check(ctx, newDice(), explore.Options{Engine: c})
	if err != nil {
		panic(err)
	}
	fmt.Println(report.Counts.Distinct, "states in", report.Counts.Depth, "levels")
	fmt.Println("by tasks:", report.Distribution.Tasks > 0, c.IsOver(), c.Finish(ctx))
	cancel()
	fmt.Println(<-ended)
	// Output:
	// 3721 states in 21 levels
	// by tasks: true true <nil>
	// <nil>
}
