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

// Directory is where the files of one run are.
type Directory struct {
	// Create makes a file; tests have it fail. Nil is the usual way.
	Create func(path string) (Handle, error)

	work    string
	written atomic.Uint64

	mutex sync.Mutex
	path  string
	lock  *os.File
	open  map[*File]bool
	made  int // files
}

// In returns a directory below a work directory, which must be there. It is
// made when it is first needed.
func In(work string) *Directory { return &Directory{work: work} }

// Written returns how many bytes were written.
func (d *Directory) Written() uint64 { return d.written.Load() }

// Open makes the directory, if that was not done before.
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
	for range tries { // somebody else who starts may take it for stale before it is locked
		if err = d.make(); err == nil {
			return nil
		}
	}
	return d.fails(err)
}

// make makes the directory and locks it.
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

// isStill: an open file has the name that it was made with.
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

// File makes a new file, with what is in it as a part of its name.
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
	if os.Remove(f.path) == nil { // it stays as long as it is open; on Windows it keeps its name
		f.path = ""
	}
	d.open[f] = true
	return f, nil
}

func (d *Directory) create(path string) (Handle, error) {
	if d.Create != nil {
		return d.Create(path)
	}
	return create(path)
}

func (d *Directory) forget(f *File) {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	delete(d.open, f)
}

// Close removes the directory and what is in it. A directory that was never
// needed is none.
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

// removeStale removes what runs left behind whose processes are gone. It is no
// matter if that fails: what is there may be somebody else's.
func removeStale(work string) {
	list, _ := os.ReadDir(work)
	for _, e := range list {
		if e.IsDir() && strings.HasPrefix(e.Name(), prefix) {
			removeIfStale(filepath.Join(work, e.Name()))
		}
	}
}

func removeIfStale(path string) {
	list, err := os.ReadDir(path)
	if err != nil || !isOurs(list) {
		return
	}
	if len(list) == 0 { // its process ended, or has yet to make the lock
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

// isOurs: a run's directory has nothing else in it than a lock and files.
func isOurs(list []fs.DirEntry) bool {
	for _, e := range list {
		if !e.Type().IsRegular() || e.Name() != lockName && !strings.HasSuffix(e.Name(), suffix) {
			return false
		}
	}
	return true
}
