//go:build !race && !purego

// The race detector takes several times the memory, and reflection the time.

package main

import (
	"os"
	"testing"
)

// TestMain is the program that is limited, when it is run for that.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		main()
	}
	os.Exit(m.Run())
}

// A run that cannot have its states in memory keeps to its budget all the same.
func TestBudgetIsKept(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds")
	}
	kept, err := run("64MiB", []string{"twophase", "--rms", "8", "--workers", "1", "--work-dir", t.TempDir()})
	if !kept || err != nil {
		t.Errorf("kept is %v, %v", kept, err)
	}
}

// What is not explored to its end is no proof of anything.
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
