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

const (
	fileName      = "checkpoint"
	unfinished    = "checkpoint.unfinished"
	isMissing     = "there is no checkpoint in it"
	wantDirectory = "want an empty directory, or one for checkpoints alone"
)

// Directory is where a checkpoint is kept, and nothing else. It serves one run
// at a time.
type Directory struct {
	path string

	// Create makes a new file; tests have it fail.
	Create func(path string) (File, error)
}

// File is what is asked of a file that is being written.
type File interface {
	io.WriteCloser
	Sync() error
}

// Open makes the directory if there is none, and makes sure that it can be
// written to and has nothing in it that is not a checkpoint's.
func Open(path string) (*Directory, error) {
	if err := os.MkdirAll(path, 0o777); err != nil {
		return nil, fileerror.Plain(err)
	}
	d := &Directory{path, create}
	if err := d.refuseForeign(); err != nil {
		return nil, err
	}
	f, err := d.Create(d.in(unfinished))
	if err != nil {
		return nil, fileerror.Plain(err)
	}
	return d, fileerror.Plain(errors.Join(f.Close(), os.Remove(d.in(unfinished))))
}

func create(path string) (File, error) { return os.Create(path) }

func (d *Directory) in(name string) string { return filepath.Join(d.path, name) }

func (d *Directory) refuseForeign() error {
	list, err := os.ReadDir(d.path)
	if err != nil {
		return fileerror.Plain(err)
	}
	for _, e := range list {
		if e.Name() != fileName && e.Name() != unfinished || !e.Type().IsRegular() {
			return fmt.Errorf("has %s in it: %s", e.Name(), wantDirectory)
		}
	}
	return nil
}

// Has reports whether there is a checkpoint, whatever its condition.
func (d *Directory) Has() bool {
	_, err := os.Lstat(d.in(fileName))
	return err == nil
}

// Replace writes a checkpoint in place of the one there was, which stays if
// anything goes wrong.
func (d *Directory) Replace(write func(*Writer) error) error {
	if err := d.write(write); err != nil {
		_ = os.Remove(d.in(unfinished)) // the first error is the one to tell
		return fileerror.Plain(err)
	}
	if err := os.Rename(d.in(unfinished), d.in(fileName)); err != nil {
		return fileerror.Plain(err)
	}
	return fileerror.Plain(d.sync())
}

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
	return errors.Join(err, f.Close())
}

// sync brings the directory to the disk, and with it the file's new name. On
// Windows a directory cannot be synced.
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

// Remove deletes the checkpoint, if there is one.
func (d *Directory) Remove() error {
	if err := os.Remove(d.in(fileName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileerror.Plain(err)
	}
	return fileerror.Plain(d.sync())
}
