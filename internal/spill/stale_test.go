package spill

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

const killedDirectory = "MUSTER_TEST_WORK"

// TestKilledChild is the process that the next test kills.
func TestKilledChild(t *testing.T) {
	work := os.Getenv(killedDirectory)
	if work == "" {
		t.Skip("it is run by TestNextRunCleansUp")
	}
	f, err := In(work).File("states")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Append(make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	fmt.Println("ready")
	_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed, or its parent ends
}

// A run removes the directory of a killed run, and keeps the directories of runs in
// progress and all others.
func TestNextRunCleansUp(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" && runtime.GOOS != "windows" {
		t.Skip("nothing is known about locks here")
	}
	t.Parallel()
	work := t.TempDir()
	alive := In(work)
	defer alive.Close()
	newFile(t, alive)
	foreign := filepath.Join(work, prefix+"thesis")
	os.Mkdir(foreign, 0o777)
	os.WriteFile(filepath.Join(foreign, lockName), nil, 0o666)
	os.WriteFile(filepath.Join(foreign, "thesis.txt"), []byte("years of work"), 0o666)
	os.Mkdir(filepath.Join(work, prefix+"begun"), 0o777)

	child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$")
	child.Env = append(os.Environ(), killedDirectory+"="+work)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := child.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "ready\n" {
		t.Errorf("the child says %q, %v", line, err)
	}
	if err := child.Process.Kill(); err != nil {
		t.Error(err)
	}
	child.Wait()
	if left := len(directories(t, work)); left != 4 {
		t.Errorf("%d directories after a process was killed, want its own and three others", left)
	}

	next := In(work)
	newFile(t, next)
	if left := directories(t, work); len(left) != 4 {
		t.Errorf("while the next run goes on there are %v, want its own and three others", left)
	}
	if err := next.Close(); err != nil {
		t.Error(err)
	}
	newFile(t, alive) // it is still there
	if text, _ := os.ReadFile(filepath.Join(foreign, "thesis.txt")); string(text) != "years of work" {
		t.Error("somebody else's file is gone")
	}
	long := time.Now().Add(-time.Hour)
	os.Chtimes(filepath.Join(work, prefix+"begun"), long, long)
	removeStale(work)
	if left := directories(t, work); len(left) != 2 {
		t.Errorf("in the end there are %v, want the one in use and the foreign one", left)
	}
}

func directories(t *testing.T, work string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(work, prefix+"*"))
	if err != nil {
		t.Fatal(err)
	}
	return list
}
