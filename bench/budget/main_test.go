//go:build !race && !purego

// The race detector takes several times the memory, and reflection the time.

package main

import (
	"os"
	"testing"
)

// TestMain also serves as the limited process.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

// A run whose states exceed the memory stays within its budget.
func TestBudgetIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	kept, err := run("64MiB", []string{"twophase", "--rms", "8", "--workers", "1", "--work-dir", t.TempDir()})
	if !kept || err != nil {
		t.Errorf("kept is %v, %v", kept, err)
	}
}

// A run that does not end normally is a failure.
func TestRunsThatFail(t *testing.T) {
	for _, arguments := range [][]string{{"nothing"}, {"twophase", "--rms", "4", "--max-states", "10"}} {
		if kept, err := run("64MiB", append(arguments, "--workers", "1")); kept || err == nil {
			t.Errorf("%v: kept is %v, %v", arguments, kept, err)
		}
	}
	if _, err := run("much", nil); err == nil {
		t.Error("no error for an amount that is none")
	}
}
