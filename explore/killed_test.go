package explore_test

import (
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models/twophase"
)

// killedDirectory tells the child where its checkpoint is.
const killedDirectory = "MUSTER_TEST_CHECKPOINT"

// goOn begins or resumes a run that writes checkpoints as often as it can.
func goOn(dir string, workers int) (*explore.Report, error) {
	o := explore.Options{Checkpoint: dir, CheckpointEvery: 1, Workers: workers}
	if !hasCheckpoint(dir) {
		return explore.Check(context.Background(), twophase.New(twophase.Config{RMs: 7}), o)
	}
	return explore.Resume(context.Background(), twophase.New(twophase.Config{RMs: 7}), o)
}

func hasCheckpoint(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "checkpoint"))
	return err == nil
}

// TestKilledChild is the program that is killed.
func TestKilledChild(t *testing.T) {
	dir := os.Getenv(killedDirectory)
	if dir == "" {
		t.Skip("it is run by TestKilledRunsResume")
	}
	go func() { // if the parent is killed itself, its end of the pipe is closed
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for { // until it is killed
		if _, err := goOn(dir, 1+rand.IntN(3)); err != nil {
			t.Fatal(err)
		}
	}
}

// killOnce runs the child for some time and kills it.
func killOnce(t *testing.T, dir string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledChild$")
	child.Env = append(os.Environ(), killedDirectory+"="+dir)
	if _, err := child.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50*time.Millisecond + rand.N(350*time.Millisecond))
	if err := child.Process.Kill(); err != nil {
		t.Errorf("the child had ended before it was killed: %v", err)
	}
	if state, _ := child.Process.Wait(); state != nil && state.Exited() && runtime.GOOS != "windows" {
		t.Errorf("the child failed: %v", state)
	}
}

func reportText(t *testing.T, r *explore.Report, err error) string {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	r.Seconds, r.Bytes = 0, 0
	text, _ := json.MarshalIndent(r, "", " ")
	return string(text)
}

// A run that is killed at random moments has the report of one that is not.
func TestKilledRunsResume(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes some seconds")
	}
	t.Parallel()
	r, err := explore.Check(context.Background(), twophase.New(twophase.Config{RMs: 7}), explore.Options{})
	want := reportText(t, r, err)
	times := 3
	if explore.Slow {
		times = 1
	}
	for range times {
		dir, resumed := t.TempDir(), 0
		for range 4 {
			killOnce(t, dir)
			if hasCheckpoint(dir) {
				resumed++
			}
		}
		r, err := goOn(dir, 2)
		if got := reportText(t, r, err); got != want {
			t.Errorf("got %s; want %s", got, want)
		}
		t.Logf("killed 4 times, there was a checkpoint %d times", resumed)
	}
}
