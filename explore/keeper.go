package explore

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/muster-mc/muster/internal/checkpoint"
)

const checkpointEvery = 5 * time.Minute

// keeper writes checkpoints from time to time. A nil keeper never does.
type keeper struct {
	directory *checkpoint.Directory
	path      string
	identity  *Checkpoint
	every     time.Duration
	last      time.Time // when there was a checkpoint, or the run began
	has       bool      // there is a checkpoint of this run
	failed    bool      // one could not be written
}

// keep prepares for writing checkpoints, if that is wanted, in a directory that
// has none yet.
func (e *engine) keep() error {
	if e.options.Checkpoint == "" {
		return nil
	}
	if err := e.openKeeper(); err != nil {
		return err
	}
	if e.keeper.directory.Has() {
		return checkpointError(e.keeper.path, errors.New("there is a checkpoint in it already: resume it or remove it"))
	}
	return nil
}

func (e *engine) openKeeper() error {
	o := e.options
	d, err := checkpoint.Open(o.Checkpoint)
	if err != nil {
		return checkpointError(o.Checkpoint, err)
	}
	if e.tuning.checkpointFile != nil {
		d.Create = e.tuning.checkpointFile
	}
	k := &keeper{directory: d, path: o.Checkpoint, identity: e.identity(), every: o.CheckpointEvery, last: time.Now()}
	if k.every == 0 {
		k.every = checkpointEvery
	}
	if _, err := json.Marshal(k.identity); err != nil {
		return checkpointError(o.Checkpoint, err)
	}
	e.keeper = k
	return nil
}

// isDue reports whether it is time for another checkpoint.
func (k *keeper) isDue() bool { return k != nil && time.Since(k.last) >= k.every }

// saveIfDue writes a checkpoint if the last one is old. A run that cannot keep
// what it finds out ends, rather than lose more and more.
func (e *engine) saveIfDue() {
	if !e.keeper.isDue() {
		return
	}
	if err := e.save(); err != nil {
		e.stop = &stop{reason: unwritten(err)}
	}
}

// saveLast writes a checkpoint when a run was ended from outside. What it has
// made of a round by then counts for nothing, in the checkpoint as in the
// report.
func (e *engine) saveLast() {
	if e.keeper == nil || e.keeper.failed || !e.canGoOn() {
		return
	}
	if err := e.save(); err != nil {
		e.stop.reason += ", and " + unwritten(err)
	}
}

// canGoOn reports whether the run stands between two rounds and has something
// left to do.
func (e *engine) canGoOn() bool {
	return e.stop != nil && e.stop.reason != "" && !e.stop.anywhere && e.counts.Distinct > 0
}

func unwritten(err error) string { return "the checkpoint could not be written: " + err.Error() }

// save writes a checkpoint.
func (e *engine) save() error {
	k := e.keeper
	err := k.directory.Replace(e.writeTo)
	k.has = k.has || err == nil
	k.failed = err != nil
	k.last = time.Now()
	return err
}

// conclude is for the end of a run, given why it ended early. One that ended by
// itself has no use for its checkpoint any more; of any other, conclude returns
// where the checkpoint is.
func (k *keeper) conclude(why *stop) (path string, err error) {
	switch {
	case k == nil || !k.has:
		return "", nil
	case why != nil && why.reason != "":
		return k.path, nil
	}
	return "", checkpointError(k.path, k.directory.Remove())
}
