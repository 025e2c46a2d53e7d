//go:build !linux && !darwin

package spill

import (
	"os"
	"runtime"
)

// lock has nothing to do: on Windows an open file cannot be removed, and that is
// lock enough.
func lock(*os.File) error { return nil }

// seize removes the lock of a process that has ended, and reports whether it has.
// Where open files can be removed nothing is known about that.
func seize(path string) (release func(), isDead bool) {
	if runtime.GOOS != "windows" || os.Remove(path) != nil {
		return nil, false
	}
	return func() {}, true
}
