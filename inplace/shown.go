package inplace

import (
	"strconv"
	"sync"

	"github.com/muster-mc/muster/internal/deep"
	"github.com/muster-mc/muster/trace"
)

// cachedLeaves has the leaves of objects that a trace has shown. A trace shows each object
// several times, and to make one takes as long as all steps to it.
type cachedLeaves[T any] struct {
	mu     sync.Mutex
	values map[Ref[T]]trace.Value
}

// leavesMax is the number of objects whose leaves are kept. A trace has some hundred.
const leavesMax = 1024

// behind lists everything in an object. If it cannot be made again, which is an error that
// others report, its number stands for it.
func (t *table[T, V, In, Out]) behind(r Ref[T]) (v trace.Value) {
	c := &t.leaves
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok := c.values[r]; ok {
		return v
	}
	defer func() {
		if recover() != nil {
			v = trace.ValueOf(r.number())
		}
	}()
	list, err := t.codec.Leaves(t.again(t.known(r)))
	if err != nil {
		return trace.ValueOf(r.number())
	}
	if c.values == nil || len(c.values) >= leavesMax {
		c.values = map[Ref[T]]trace.Value{}
	}
	c.values[r] = recordOf(list)
	return c.values[r]
}

// recordOf has the leaves by their paths. The trace quotes strings itself.
func recordOf(leaves []deep.Leaf) trace.Value {
	var fields []trace.Field
	for _, l := range leaves {
		text := l.Text
		if s, err := strconv.Unquote(text); err == nil {
			text = s
		}
		fields = append(fields, trace.Field{Name: l.Path, Value: trace.ValueOf(text)})
	}
	return trace.RecordOf(fields)
}
