//go:build linux || darwin

package checkpoint

import (
	"errors"
	"os"
	"syscall"
)

// lockName is nothing: the directory itself is locked, so that no file is left in it.
const lockName = ""

// lock locks a directory until unlock is called, or the process ends. It does not wait: a
// run that waits for another would look as if it hung.
func lock(path string) (*os.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = f.Close() // errInUse is the error to tell
		return nil, errInUse
	}
	return f, nil
}

// unlock ends the lock. Closing the file alone is not enough: a process that this one is
// about to start has a copy of the file for a moment, and keeps the lock that long.
func unlock(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}
