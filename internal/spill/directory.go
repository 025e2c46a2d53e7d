package spill

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/muster-mc/muster/internal/fileerror"
)

const (
	prefix   = "muster-spill-" // of a run's directory
	suffix   = ".spill"        // of a file in it
	lockName = "lock"
)

// Directory has the files of one run. Any worker may create a file, so the fields below
// the mutex are guarded by it. Written is read once for each round, and needs no lock for
// that.
type Directory struct {
	// Create creates a file. Nil means the usual way; tests replace it.
	Create func(path string) (Handle, error)

	work    string
	written atomic.Uint64

	mutex sync.Mutex
	path  string
	lock  *os.File
	open  map[*File]bool
	made  int // number of files that were created
}

// In returns a directory for the files of a run, in an existing work directory. The
// directory is created when it is first needed.
func In(work string) *Directory { return &Directory{work: work} }

// Written returns the number of bytes that were written to all files.
func (d *Directory) Written() uint64 { return d.written.Load() }

// Open creates the directory unless it exists. Remains of other runs are removed first,
// since their files may take the room that this run needs.
func (d *Directory) Open() error {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if d.lock != nil {
		return nil
	}
	info, err := os.Stat(d.work)
	if err != nil {
		return d.fails(err)
	}
	if !info.IsDir() {
		return d.fails(errors.New("it is no directory"))
	}
	removeStale(d.work)
	const tries = 10
	for range tries { // another run that starts may remove the directory before it is locked
		if err = d.make(); err == nil {
			return nil
		}
	}
	return d.fails(err)
}

// make creates the directory and locks it. The lock can be taken only after the file for
// it is there. In between, another run may take the directory for one that was left, and
// remove it: so the file is compared once more after the lock. A directory that was lost
// so is not removed here, because it is the other run's to remove.
func (d *Directory) make() error {
	path, err := os.MkdirTemp(d.work, prefix)
	if err != nil {
		return err
	}
	file := filepath.Join(path, lockName)
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Join(err, os.Remove(path))
	}
	if err := lock(f); err != nil {
		return errors.Join(err, f.Close())
	}
	if err := isStill(file, f); err != nil {
		return errors.Join(err, f.Close())
	}
	d.path, d.lock, d.open = path, f, map[*File]bool{}
	return nil
}

// isStill returns an error unless a path still names an open file. It detects that
// another run has removed the file before it was locked.
func isStill(path string, f *os.File) error {
	held, err := f.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(path)
	if err == nil && !os.SameFile(held, there) {
		err = fs.ErrNotExist
	}
	return err
}

// File creates a file. Its name includes what, a word for its content. The number makes
// names unique; the word is for a person who looks into the directory, where files cannot
// be unlinked.
func (d *Directory) File(what string) (*File, error) {
	if err := d.Open(); err != nil {
		return nil, err
	}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	f := &File{directory: d, path: filepath.Join(d.path, fmt.Sprintf("%d-%s%s", d.made, what, suffix))}
	d.made++
	var err error
	if f.handle, err = d.create(f.path); err != nil {
		return nil, d.fails(err)
	}
	if os.Remove(f.path) == nil { // on Unix the file exists until it is closed; on Windows this fails
		f.path = ""
	}
	d.open[f] = true
	return f, nil
}

// create creates a file by the field Create, if it is set.
func (d *Directory) create(path string) (Handle, error) {
	if d.Create != nil {
		return d.Create(path)
	}
	return create(path)
}

// forget removes a closed file from the open ones.
func (d *Directory) forget(f *File) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	delete(d.open, f)
}

// Close removes the directory with all files. It does nothing if the directory was never
// created. No worker runs any more, so the mutex is not held. It must not be, because
// each file takes it to be forgotten. The lock file is removed last but one: a directory
// without a lock looks like one that is being made.
func (d *Directory) Close() error {
	if d.lock == nil {
		return nil
	}
	var err error
	for f := range d.open {
		err = errors.Join(err, f.Close())
	}
	err = errors.Join(err, d.lock.Close(), os.Remove(filepath.Join(d.path, lockName)), os.Remove(d.path))
	d.lock = nil
	if err != nil {
		return d.fails(fmt.Errorf("%s could not be removed: %w", filepath.Base(d.path), fileerror.Plain(err)))
	}
	return nil
}

// removeStale removes the directories of runs whose processes have ended. It ignores
// errors, because the directories may belong to another user.
func removeStale(work string) {
	list, _ := os.ReadDir(work)
	for _, e := range list {
		if e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			removeIfStale(filepath.Join(work, e.Name()))
		}
	}
}

// removeIfStale removes a directory if its run has ended. An empty directory has no lock
// to test, so its age decides: a run creates the lock immediately after the directory.
// The lock is held while files are removed, so two runs do not remove the same ones. One
// that is left because of an error is found again by a later run.
func removeIfStale(path string) {
	list, err := os.ReadDir(path)
	if err != nil || !isOurs(list) {
		return
	}
	if len(list) == 0 { // its process has ended, or has not yet created the lock
		if info, err := os.Stat(path); err == nil && time.Since(info.ModTime()) > time.Minute {
			_ = os.Remove(path)
		}
		return
	}
	release, isDead := seize(filepath.Join(path, lockName))
	if !isDead {
		return
	}
	defer release()
	for _, e := range list {
		_ = os.Remove(filepath.Join(path, e.Name()))
	}
	_ = os.Remove(path)
}

// isOurs reports whether a directory has nothing but the lock and the files of a run,
// so that removing it deletes nothing else.
func isOurs(list []fs.DirEntry) bool {
	for _, e := range list {
		if !e.Type().IsRegular() || e.Name() != lockName && !strings.HasSuffix(e.Name(), suffix) {
			return false
		}
	}
	return true
}
