//go:build linux || darwin

package spill

import (
	"os"
	"syscall"
)

// lock takes a lock that the system releases when the process ends. The lock is one of
// the open file and not of the process. So a second run in this process does not take the
// directory of the first for one that was left.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// seize takes the lock of a process that has ended, and reports whether it could.
func seize(path string) (release func(), isDead bool) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, false
	}
	if lock(f) != nil {
		f.Close()
		return nil, false
	}
	return func() { f.Close() }, true
}
