package checkpoint

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/muster-mc/muster/internal/fileerror"
)

// The unfinished file is in the same directory, because a file can be renamed within one
// file system only.
const (
	fileName      = "checkpoint"
	unfinished    = "checkpoint.unfinished"
	isMissing     = "there is no checkpoint in it"
	wantDirectory = "want an empty directory, or one for checkpoints alone"
)

// Directory has a checkpoint and nothing else. One run at a time uses it, which holds
// its lock.
type Directory struct {
	path string
	lock *os.File

	// Create creates a file. Tests replace it.
	Create func(path string) (File, error)
}

// File is the interface of a file that is being written.
type File interface {
	io.WriteCloser
	Sync() error
}

var errInUse = errors.New("another run uses it: wait for that run to end, or choose another directory")

// Open creates the directory unless it exists, and locks it. It returns an error if the
// directory is in use, is not writable or has other files, so that a run fails at its
// start and not at its first checkpoint.
func Open(path string) (*Directory, error) {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, fileerror.Plain(err)
	}
	d := &Directory{path: path, Create: create}
	// The lock comes before the attempt to write, which truncates the unfinished file:
	// another run may be writing it.
	err := d.refuseForeign()
	if err == nil {
		d.lock, err = lock(path)
	}
	if err == nil {
		err = d.tryToWrite()
	}
	if err != nil {
		return nil, fileerror.Plain(errors.Join(err, d.Close()))
	}
	return d, nil
}

// tryToWrite finds out whether files can be created. It also removes what a run that was
// killed has left unfinished.
func (d *Directory) tryToWrite() error {
	f, err := d.Create(d.in(unfinished))
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(d.in(unfinished)))
}

// Close ends the lock. It may be called again. The lock is forgotten first, so that a
// second call does not unlock a file that is closed.
func (d *Directory) Close() error {
	if d == nil || d.lock == nil {
		return nil
	}
	held := d.lock
	d.lock = nil
	return fileerror.Plain(unlock(held))
}

// create creates a file or truncates an unfinished one.
func create(path string) (File, error) { return os.Create(path) }

// in returns the path of a file in the directory.
func (d *Directory) in(name string) string { return filepath.Join(d.path, name) }

// refuseForeign returns an error if the directory has other files than those of a
// checkpoint, so that a mistyped directory is not filled with checkpoints.
func (d *Directory) refuseForeign() error {
	list, err := os.ReadDir(d.path)
	if err != nil {
		return fileerror.Plain(err)
	}
	for _, e := range list {
		known := e.Name() == fileName || e.Name() == unfinished || e.Name() == lockName
		if !known || !e.Type().IsRegular() {
			return fmt.Errorf("has %s in it: %s", e.Name(), wantDirectory)
		}
	}
	return nil
}

// Has reports whether there is a checkpoint, valid or not. A damaged checkpoint counts: a
// new run must not overwrite what a person may want to look into.
func (d *Directory) Has() bool {
	_, err := os.Lstat(d.in(fileName))
	return err == nil
}

// Replace replaces the checkpoint. After an error the old one is still there. The
// unfinished file of a failed attempt is removed, because it may have filled the disk.
func (d *Directory) Replace(write func(*Writer) error) error {
	if err := d.write(write); err != nil {
		_ = os.Remove(d.in(unfinished)) // the first error is the cause
		return fileerror.Plain(err)
	}
	if err := os.Rename(d.in(unfinished), d.in(fileName)); err != nil {
		return fileerror.Plain(err)
	}
	return fileerror.Plain(d.sync())
}

// write writes the unfinished file, and syncs it: after the renaming, the new name must not
// refer to data that is not on the disk yet.
func (d *Directory) write(write func(*Writer) error) error {
	f, err := d.Create(d.in(unfinished))
	if err != nil {
		return err
	}
	w := newWriter(f)
	err = write(w)
	if err == nil {
		err = w.finish()
	}
	if err == nil {
		err = f.Sync()
	}
	// Some file systems report a failed write only when the file is closed.
	return errors.Join(err, f.Close())
}

// sync syncs the directory, which makes the renaming durable. Windows has no such
// call.
func (d *Directory) sync() error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(d.path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Remove deletes the checkpoint, if there is one. The lock stays, so the directory is
// still the run's.
func (d *Directory) Remove() error {
	if err := os.Remove(d.in(fileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileerror.Plain(err)
	}
	return fileerror.Plain(d.sync())
}
