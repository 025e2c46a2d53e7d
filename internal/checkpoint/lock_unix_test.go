//go:build linux || darwin

package checkpoint

import (
	"syscall"
	"testing"
)

// A directory is free as soon as it is unlocked, also while a process that is being
// started still has a copy of the file.
func TestUnlockDoesNotWaitForCopies(t *testing.T) {
	dir := t.TempDir()
	f, err := lock(dir)
	if err != nil {
		t.Fatal(err)
	}
	duplicate, err := syscall.Dup(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(duplicate)
	if err := unlock(f); err != nil {
		t.Fatal(err)
	}
	if f, err = lock(dir); err != nil {
		t.Fatal(err)
	}
	if err := unlock(f); err != nil {
		t.Fatal(err)
	}
}
