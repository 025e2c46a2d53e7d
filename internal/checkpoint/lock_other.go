//go:build !linux && !darwin

package checkpoint

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
)

// lockName is the file that locks a directory.
const lockName = "checkpoint.lock"

// lock locks a directory until the file that it returns is closed, or the process ends.
// On Windows an open file cannot be removed: a lock that can be removed is that of a
// process that has ended. Other systems have no lock.
func lock(path string) (*os.File, error) {
	name := filepath.Join(path, lockName)
	if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errInUse
	}
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) && runtime.GOOS == "windows" {
		return nil, errInUse
	}
	return f, err
}

// unlock ends the lock.
func unlock(f *os.File) error { return errors.Join(f.Close(), os.Remove(f.Name())) }
