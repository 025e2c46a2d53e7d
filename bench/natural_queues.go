package bench

import (
	"slices"

	"github.com/muster-mc/muster/model"
)

// Models in two forms: with a flat state, and as one writes them first, with slices,
// sets, bags, maps, pointers and strings. Both forms have the same states, and try the
// same combinations of answers, so that the time of one by that of the other is the
// price of the form.

// Queues: a producer, a worker and a consumer, with a queue between each two that
// loses elements.
const (
	queueRoom   = 5
	queueValues = 3
)

type queues struct{ In, Out []uint8 }

func naturalQueues() *model.Model[queues] {
	return &model.Model[queues]{
		Name: "queues", AllowDeadlock: true,
		Actions: []model.Action[queues]{
			{Name: "Put", Do: func(s *queues, c *model.Choice) bool {
				value := c.Int("value", queueValues)
				if len(s.In) == queueRoom {
					return false
				}
				s.In = append(s.In, uint8(value))
				return true
			}},
			{Name: "Work", Do: func(s *queues, _ *model.Choice) bool {
				if len(s.In) == 0 || len(s.Out) == queueRoom {
					return false
				}
				s.Out = append(s.Out, s.In[0])
				s.In = s.In[1:]
				return true
			}},
			{Name: "Take", Do: func(s *queues, _ *model.Choice) bool {
				if len(s.Out) == 0 {
					return false
				}
				s.Out = s.Out[1:]
				return true
			}},
			{Name: "Lose", Do: func(s *queues, c *model.Choice) bool {
				i := c.Int("index", len(s.Out))
				if i >= len(s.Out) {
					return false
				}
				s.Out = slices.Delete(s.Out, i, i+1)
				return true
			}},
		},
		Properties: []model.Property[queues]{
			model.Always("InFits", func(s *queues) bool { return len(s.In) <= queueRoom }),
		},
	}
}

// ring is a queue in an array; the values count from 1, and 0 is none.
type ring struct {
	Len    uint8
	Values [queueRoom]uint8
}

func (r *ring) put(value uint8) {
	r.Values[r.Len] = value
	r.Len++
}

func (r *ring) remove(i int) (value uint8) {
	value = r.Values[i]
	copy(r.Values[i:], r.Values[i+1:])
	r.Values[queueRoom-1] = 0
	r.Len--
	return value
}

type flatQueue struct{ In, Out ring }

func flatQueues() *model.Model[flatQueue] {
	return &model.Model[flatQueue]{
		Name: "queues", AllowDeadlock: true,
		Actions: []model.Action[flatQueue]{
			{Name: "Put", Do: func(s *flatQueue, c *model.Choice) bool {
				value := c.Int("value", queueValues)
				if s.In.Len == queueRoom {
					return false
				}
				s.In.put(uint8(value) + 1)
				return true
			}},
			{Name: "Work", Do: func(s *flatQueue, _ *model.Choice) bool {
				if s.In.Len == 0 || s.Out.Len == queueRoom {
					return false
				}
				s.Out.put(s.In.remove(0))
				return true
			}},
			{Name: "Take", Do: func(s *flatQueue, _ *model.Choice) bool {
				if s.Out.Len == 0 {
					return false
				}
				s.Out.remove(0)
				return true
			}},
			{Name: "Lose", Do: func(s *flatQueue, c *model.Choice) bool {
				i := c.Int("index", int(s.Out.Len))
				if i >= int(s.Out.Len) {
					return false
				}
				s.Out.remove(i)
				return true
			}},
		},
		Properties: []model.Property[flatQueue]{
			model.Always("InFits", func(s *flatQueue) bool { return s.In.Len <= queueRoom }),
		},
	}
}
