package run

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/explore"
)

// owner is the coordinator of a run, in a blob of the run. A second coordinator of the same
// run writes itself over the first one, and the first one ends when it finds that out. So a
// coordinator that was taken for dead, and is not, does no harm: it removes no blob that the
// other one needs, and takes no answer for long. What both do until then is the same, for
// tasks are pure.
type owner struct {
	Token string `json:"token"` // tells the coordinator from all others
	Name  string `json:"name,omitempty"`
}

func ownerName(run string) string { return run + "/coordinator" }

// takenOver is the error of a coordinator whose run another one has.
type takenOver struct{ run, by string }

func (e *takenOver) Error() string {
	return fmt.Sprintf("another coordinator%s has taken over run %s: it goes on there, and ends here", e.by, e.run)
}

// own makes this coordinator the run's. Tasks that an earlier coordinator may have asked for
// are second attempts, for which a worker looks for an answer first.
func (r *run) own(ctx context.Context, name string) error {
	var before owner
	if _, err := readSealed(ctx, r.Bucket, ownerName(r.id), &before); !errors.Is(err, bucket.ErrNotFound) {
		r.attempt = 1
	}
	r.owner = owner{rand.Text(), name}
	_, bytes, err := writeSealed(ctx, r.Bucket, ownerName(r.id), r.owner)
	r.cost.wrote(bytes)
	return err
}

// isOwn returns an error if the run is another coordinator's by now. A blob that is missing
// or damaged is written again.
func (r *run) isOwn(ctx context.Context) error {
	var now owner
	bytes, err := readSealed(ctx, r.Bucket, ownerName(r.id), &now)
	r.cost.read(bytes)
	switch {
	case errors.Is(err, errUnsealed) || errors.Is(err, bucket.ErrNotFound):
		r.cost.update(func(d *explore.Distribution) { d.Repaired++ })
		_, bytes, err = writeSealed(ctx, r.Bucket, ownerName(r.id), r.owner)
		r.cost.wrote(bytes)
		return err
	case err != nil:
		return err
	case now.Token == r.owner.Token:
		return nil
	}
	r.isTakenOver.Store(true)
	by := ""
	if now.Name != "" {
		by = " (" + now.Name + ")"
	}
	return &takenOver{r.id, by}
}
