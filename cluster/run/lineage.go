package run

import (
	"context"
	"errors"
	"sort"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/internal/predecessor"
)

// linkOf is how a state was first reached, by its number. A trace asks for one state of each
// level, and so reads one lineage of each.
func (r *run) linkOf(number uint64) (predecessor.Link, error) {
	i := sort.Search(len(r.lineages), func(i int) bool { return r.lineages[i].First > number }) - 1
	if i < 0 || number >= r.lineages[i].First+r.lineages[i].States {
		return predecessor.Link{}, errors.New("the lineage of a state is in no manifest: this is a bug in Muster")
	}
	l := r.lineages[i]
	if r.lineage.name != l.Name {
		data, err := r.readBlob(context.WithoutCancel(r.ctx), l.Ref)
		if err != nil {
			return predecessor.Link{}, err
		}
		r.lineage.name, r.lineage.data = l.Name, data
	}
	return task.LinkAt(r.lineage.data, l.Base, number-l.First)
}

// openLineage is the lineage that was read last.
type openLineage struct {
	name string
	data []byte
}
