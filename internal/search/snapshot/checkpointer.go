// Package snapshot is what a checkpoint keeps of a search, and when: the content of
// the sections of the file that package checkpoint writes and verifies.
//
// A snapshot is taken between two rounds, where nothing is half done. In a round that
// was left in the middle only the set of visited states is ahead of the rest, and the
// states that it has too early are left out.
package snapshot

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/muster-mc/muster/internal/checkpoint"
)

// usualEvery is the time between checkpoints: the work that a failure of the machine may
// cost. Writing a checkpoint takes time in proportion to the states, and the search waits
// for it.
const usualEvery = 5 * time.Minute

// Checkpointer writes checkpoints from time to time. A nil Checkpointer never does, so
// that a search without checkpoints has no condition around each call. It is for one
// goroutine. The time since the last checkpoint is measured and not counted in states:
// the cost of a failure is time.
type Checkpointer struct {
	Parts []Part // that others than the search have to keep

	directory *checkpoint.Directory
	path      string
	identity  any
	every     time.Duration
	last      time.Time // when there was a checkpoint, or the run began
	has       bool      // there is a checkpoint of this run, or the one that it was resumed from
	failed    bool      // one could not be written
}

// Part is something else that is kept in a checkpoint.
type Part interface {
	Save(w *checkpoint.Writer) error
}

// Options say where and when checkpoints are written.
type Options struct {
	Path     string
	Identity any           // which run it is, as JSON
	Every    time.Duration // 0 for the usual time

	Create func(path string) (checkpoint.File, error) // makes a file, nil for the usual way
}

// ErrInUse is the error of a directory that has a checkpoint already.
var ErrInUse = errors.New("there is a checkpoint in it already: resume it or remove it")

// New prepares for writing checkpoints in a directory that has none yet. It locks the
// directory first and looks into it then, so that no other run can put a checkpoint there
// in between.
func New(o Options) (*Checkpointer, error) {
	c, err := open(o)
	if err == nil && c.directory.Has() {
		err = errors.Join(ErrInUse, c.directory.Close())
	}
	return c, err
}

// Continue prepares for writing checkpoints in the directory of the one that was
// resumed.
func Continue(o Options) (*Checkpointer, error) {
	c, err := open(o)
	if err == nil {
		c.has = true
	}
	return c, err
}

// open locks the directory. An identity that cannot be written is an error now, and not
// at the first checkpoint.
func open(o Options) (*Checkpointer, error) {
	d, err := checkpoint.Open(o.Path)
	if err != nil {
		return nil, err
	}
	if o.Create != nil {
		d.Create = o.Create
	}
	c := &Checkpointer{directory: d, path: o.Path, identity: o.Identity, every: o.Every, last: time.Now()}
	if c.every == 0 {
		c.every = usualEvery
	}
	if _, err = json.Marshal(o.Identity); err != nil {
		err = errors.Join(err, d.Close())
	}
	return c, err
}

// Close lets other runs use the directory.
func (c *Checkpointer) Close() error {
	if c == nil {
		return nil
	}
	return c.directory.Close()
}

// IsDue reports whether it is time for another checkpoint.
func (c *Checkpointer) IsDue() bool { return c != nil && time.Since(c.last) >= c.every }

// Works reports whether checkpoints are written, and none has failed.
func (c *Checkpointer) Works() bool { return c != nil && !c.failed }

// Save replaces the checkpoint: the identity, the standing of the search, the other
// parts, and what write writes. The time until the next one begins at the end of this
// one, whether or not it failed, so that slow checkpoints do not follow each other at once.
func (c *Checkpointer) Save(s *Standing, write func(w *checkpoint.Writer) error) error {
	err := c.directory.Replace(func(w *checkpoint.Writer) error {
		if err := WriteJSON(w, SectionIdentity, c.identity); err != nil {
			return err
		}
		if err := WriteJSON(w, SectionStanding, s); err != nil {
			return err
		}
		for _, p := range c.Parts {
			if err := p.Save(w); err != nil {
				return err
			}
		}
		return write(w)
	})
	c.has = c.has || err == nil
	c.failed = err != nil
	c.last = time.Now()
	return err
}

// Conclude is for the end of a run. It removes the checkpoint of a run that has ended by
// itself, because such a run has nothing left to resume. For an incomplete run it returns
// the checkpoint's path, if there is a checkpoint.
func (c *Checkpointer) Conclude(incomplete bool) (path string, err error) {
	switch {
	case c == nil || !c.has:
		return "", nil
	case incomplete:
		return c.path, nil
	}
	return "", c.directory.Remove()
}
