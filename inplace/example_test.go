package inplace_test

import (
	"context"
	"fmt"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/inplace"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/network"
)

// Replica is a type of a library: it has unexported fields, a map and a pointer, and knows
// nothing of Muster. It numbers its puts, and should keep the later one.
type Replica struct {
	id      int
	entries map[string]*entry
}

type entry struct {
	value   string
	version int
}

// Update is what replicas send to each other.
type Update struct {
	Key, Value string
	Version    int
}

func NewReplica(id int) *Replica { return &Replica{id: id, entries: map[string]*entry{}} }

func (r *Replica) Put(key, value string) *Update {
	e := r.entries[key]
	if e == nil {
		e = &entry{}
		r.entries[key] = e
	}
	e.value = value
	e.version++
	return &Update{key, value, e.version}
}

// Merge has a bug: of two puts with one number each replica keeps the other's.
func (r *Replica) Merge(u *Update) {
	if e := r.entries[u.Key]; e == nil || e.version <= u.Version {
		r.entries[u.Key] = &entry{u.Value, u.Version}
	}
}

func (r *Replica) Get(key string) string {
	if e := r.entries[key]; e != nil {
		return e.value
	}
	return ""
}

// Input is what a replica is given: a value to put, or an update of the other one.
type Input struct {
	Put    string
	Update inplace.Ref[Update]
}

// View is what properties and traces see of a replica.
type View struct{ X string }

// Pair is the state of the model: two replicas of the library, and what they send.
type Pair struct {
	Replicas [2]inplace.Ref[Replica]
	Net      network.Bag[inplace.Ref[Update]]
	Puts     [2]bool
}

func newPair() *model.Model[Pair] {
	updates := inplace.ValuesOf(inplace.Value[Update]{
		Describe: func(u *Update) string { return fmt.Sprintf("%s=%s@%d", u.Key, u.Value, u.Version) },
	})
	replicas := inplace.Of(inplace.Machine[Replica, View, Input, inplace.Ref[Update]]{
		New: NewReplica,
		Step: func(r *Replica, in Input) (sent inplace.Ref[Update]) {
			if in.Put != "" {
				return updates.Put(r.Put("x", in.Put))
			}
			r.Merge(updates.Get(in.Update))
			return sent
		},
		View: func(r *Replica) View { return View{r.Get("x")} },
	})
	protocol := network.Protocol[Pair, inplace.Ref[Update]]{
		Net: func(s *Pair) network.Net[inplace.Ref[Update]] { return &s.Net },
		Receive: func(s *Pair, e network.Envelope[inplace.Ref[Update]], _ *network.Out[inplace.Ref[Update]]) bool {
			replicas.Step(&s.Replicas[e.To.Index()], Input{Update: e.Message})
			return true
		},
	}
	put := func(s *Pair, c *model.Choice) bool {
		i := c.Int("replica", 2)
		if s.Puts[i] {
			return false
		}
		s.Puts[i] = true
		update := replicas.Step(&s.Replicas[i], Input{Put: string(rune('a' + i))})
		s.Net.Send(network.ID(i+1), network.ID(2-i), update)
		return true
	}
	return &model.Model[Pair]{
		Name: "pair",
		Init: func(s *Pair, _ *model.Choice) bool {
			s.Replicas = [2]inplace.Ref[Replica]{replicas.Start(1), replicas.Start(2)}
			return true
		},
		Actions: append(protocol.Actions(), model.Action[Pair]{Name: "Put", Do: put}),
		Properties: []model.Property[Pair]{
			model.Implies("Convergence",
				func(s *Pair) bool { return s.Net.Len() == 0 },
				func(s *Pair) bool { return *replicas.View(s.Replicas[0]) == *replicas.View(s.Replicas[1]) }),
		},
		AllowDeadlock: true,
		Code:          []model.Code{replicas, updates},
	}
}

// Two replicas of a library exchange their puts. The search runs the library itself, and
// finds that the replicas do not converge.
func Example() {
	report, err := explore.Check(context.Background(), newPair(), explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(report.Properties[0].Trace)
	// Output:
	//   1  Init                           Replicas: [{} {}]
	//   2  Put(replica=0)                 Replicas[0].X: "" -> a   Net: + 1->2:x=a@1
	//                                     Puts[0]: false -> true
	//   3  Put(replica=1)                 Replicas[1].X: "" -> b   Net: + 2->1:x=b@1
	//                                     Puts[1]: false -> true
	//   4  Deliver(message=1->2:x=a@1)    Replicas[1].X: b -> a   Net: - 1->2:x=a@1
	//   5  Deliver(message=2->1:x=b@1)    Replicas[0].X: a -> b   Net: - 2->1:x=b@1
}
