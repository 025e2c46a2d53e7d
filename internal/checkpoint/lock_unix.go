//go:build linux || darwin

package checkpoint

import (
	"os"
	"syscall"
)

// lockName is nothing: the directory itself is locked, so that no file is left in it.
const lockName = ""

// lock locks a directory until the file that it returns is closed, or the process ends.
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

// unlock ends the lock.
func unlock(f *os.File) error { return f.Close() }
