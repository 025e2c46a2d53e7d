package conform_test

import (
	"context"
	"fmt"
	"os"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/model"
)

// Lock is a lock that one of two clients may hold.
type Lock struct{ Holder int8 } // 0 if the lock is free

// newLock is a model in which a lock is taken and given back.
func newLock() *model.Model[Lock] {
	return &model.Model[Lock]{
		Name: "lock",
		Actions: []model.Action[Lock]{
			{Name: "Acquire", Do: func(s *Lock, c *model.Choice) bool {
				client := c.Range("client", 1, 2)
				if !c.Guard("the lock is free", s.Holder == 0) {
					return false
				}
				s.Holder = int8(client)
				return true
			}},
			{Name: "Release", Do: func(s *Lock, c *model.Choice) bool {
				if s.Holder == 0 {
					return false
				}
				s.Holder = 0
				return true
			}},
		},
		Properties: []model.Property[Lock]{
			model.Always("HolderIsAClient", func(s *Lock) bool { return s.Holder <= 2 }),
		},
	}
}

// A log in which the lock is taken twice is rejected where it is taken the second time.
func Example() {
	log := conform.Log[Lock]{
		Model: newLock(),
		Records: map[string]conform.Record[Lock]{
			"acquired": {Action: "Acquire", Args: conform.Args{"client": conform.Field("client")}},
			"released": {Action: "Release"},
			"holds": {After: func(s *Lock, r conform.Fields) conform.Mismatch {
				return conform.Equal("holder", s.Holder, r.Int("client"))
			}},
		},
	}
	r, err := conform.Check(context.Background(), log, []conform.Input{{Name: "service.ndjson", Data: []byte(`
		{"time": "12:00:01", "msg": "acquired", "client": 1}
		{"time": "12:00:02", "msg": "holds", "client": 1}
		{"time": "12:00:05", "msg": "acquired", "client": 2}
		{"time": "12:00:06", "msg": "released"}
	`)}}, conform.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.WriteText(os.Stdout)
	// Output:
	// rejected: lock cannot do what the log says
	// 2 of 4 records match; after them the model may be in 1 state
	//
	// the last records that match
	//   service.ndjson:2  acquired
	//       Acquire(client=1)    Holder: 0 -> 1
	//   service.ndjson:3  holds  (no step)
	//
	// not possible: record 3, service.ndjson:4
	//   {"time": "12:00:05", "msg": "acquired", "client": 2}
	//   Acquire(client=2) is not enabled: the guard "the lock is free" refused
	//     it was possible 2 records earlier
}
