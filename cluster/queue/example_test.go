package queue_test

import (
	"context"
	"fmt"
	"time"

	"github.com/muster-mc/muster/cluster/queue"
)

func Example() {
	ctx := context.Background()
	q := queue.NewMemory(10 * time.Millisecond)
	for range 2 { // the second one has a known id
		if err := q.Publish(ctx, "tasks.a", "expand-0", []byte("expand block 0")); err != nil {
			panic(err)
		}
	}
	for {
		m, err := q.Pull(ctx, "tasks.a", time.Second)
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s, delivered %d times\n", m.Data(), m.Delivered())
		if m.Delivered() == 2 {
			fmt.Println(m.Done(ctx))
			return
		}
	}
	// Output:
	// expand block 0, delivered 1 times
	// expand block 0, delivered 2 times
	// <nil>
}
