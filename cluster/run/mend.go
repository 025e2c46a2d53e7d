package run

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
)

// mendsMax is how often one blob is made again before it is given up.
const mendsMax = 5

// lostError is a blob that is missing or damaged, and cannot be made again.
type lostError struct{ name, why string }

func (e *lostError) Error() string {
	return fmt.Sprintf("the blob %s is missing or damaged, and cannot be made again: %s", e.name, e.why)
}

// readBlob reads a blob. One that is missing or damaged is made again.
func (r *run) readBlob(ctx context.Context, ref task.Ref) ([]byte, error) {
	for {
		data, err := task.Read(ctx, r.Bucket, ref)
		if err == nil {
			r.cost.read(len(data))
			return data, nil
		}
		if err := r.mendAfter(ctx, err); err != nil {
			return nil, err
		}
	}
}

// mendAfter makes a blob again after an error about it. Any other error is returned.
func (r *run) mendAfter(ctx context.Context, err error) error {
	if damaged, ok := errors.AsType[*task.DamagedError](err); ok {
		return r.mend(ctx, damaged.Name)
	}
	return err
}

// mend makes a blob that is missing or damaged again, by the task that made it. What the
// task needs may have to be made again too.
func (r *run) mend(ctx context.Context, name string) error {
	if r.mended[name]++; r.mended[name] > mendsMax {
		return &lostError{name, fmt.Sprintf("it was damaged again each time of %d", mendsMax)}
	}
	r.Say("the blob %s is missing or damaged: it is made again", name)
	r.cost.update(func(d *explore.Distribution) { d.Repaired++ })
	if data, ok := r.homeBlobs[name]; ok {
		r.cost.wrote(len(data))
		return r.Bucket.Put(ctx, name, data)
	}
	t, want := r.makerOf(name)
	if t == nil {
		return &lostError{name, "no manifest says how it was made"}
	}
	for {
		a, err := r.doer.Do(ctx, t)
		if err != nil {
			return errInterrupted
		}
		r.cost.add(a.Cost)
		switch {
		case len(a.Damaged) > 0:
			if err := r.mend(ctx, a.Damaged[0]); err != nil {
				return err
			}
		case a.Failure != "":
			return &lostError{name, a.Failure}
		case want != 0 && want != task.Sum([]byte(a.Result())):
			return fmt.Errorf("task %s gave another result when it was done again: the model, or the build, is not deterministic", a.ID)
		default:
			return nil
		}
	}
}

// makerOf is the task that wrote a blob, and the checksum of its result, 0 if that is not
// known yet.
func (r *run) makerOf(name string) (t *task.Task, result uint64) {
	k, level, index, ok := task.Maker(name)
	m := r.byLevel[level]
	if r.making != nil && r.making.Level == level {
		m = r.making
	}
	if !ok || m == nil || m.Home || !strings.HasPrefix(name, r.id+"/") {
		return nil, 0
	}
	before := r.byLevel[m.Before]
	if m == r.making {
		before = r.last()
	}
	if before == nil {
		return nil, 0
	}
	tasks := r.tasksOf(k, m, before)
	if index < 0 || index >= len(tasks) || tasks[index] == nil {
		return nil, 0
	}
	return tasks[index], m.Results[tasks[index].ID()]
}
