//go:build !linux && !darwin

package spill

import (
	"os"
	"runtime"
)

// lock does nothing. On Windows an open file cannot be removed, which is a lock.
func lock(*os.File) error { return nil }

// seize removes the lock of a process that has ended, and reports whether it could. On
// other systems than Windows, open files can be removed too, so seize reports false.
func seize(path string) (release func(), isDead bool) {
	if runtime.GOOS != "windows" || os.Remove(path) != nil {
		return nil, false
	}
	return func() {}, true
}
