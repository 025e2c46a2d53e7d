package explore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/model"
)

// fault is what goes wrong with the files of a run, from the n-th operation on
// files of one kind on.
type fault struct {
	kind string // of file
	what string
	at   int64
	done atomic.Int64 // operations
	hit  atomic.Bool
}

var (
	faultKinds = []string{"run", "level", "log", "candidates"}
	faultWays  = []string{"full", "short write", "no file", "flipped byte", "short read", "read error"}
)

var errFault = errors.New("no space left on device")

// due counts an operation, and reports whether it is to fail.
func (f *fault) due(ways ...string) bool {
	for _, way := range ways {
		if way == f.what && f.done.Add(1) > f.at {
			f.hit.Store(true)
			return true
		}
	}
	return false
}

func (f *fault) create(path string) (spill.Handle, error) {
	isIts := strings.Contains(filepath.Base(path), f.kind)
	if isIts && f.due("no file") {
		return nil, errFault
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if !isIts {
		return file, err
	}
	return faultyHandle{file, f}, err
}

type faultyHandle struct {
	spill.Handle
	*fault
}

func (h faultyHandle) WriteAt(b []byte, at int64) (int, error) {
	switch {
	case h.due("full"):
		return 0, errFault
	case h.due("short write"):
		return h.Handle.WriteAt(b[:len(b)/2], at)
	case len(b) > 0 && h.due("flipped byte"):
		b = append([]byte{}, b...)
		b[rand.IntN(len(b))] ^= 1 << rand.IntN(8)
	}
	return h.Handle.WriteAt(b, at)
}

func (h faultyHandle) ReadAt(b []byte, at int64) (int, error) {
	switch {
	case h.due("short read"):
		return h.Handle.ReadAt(b[:len(b)/2], at)
	case h.due("read error"):
		return 0, errFault
	}
	return h.Handle.ReadAt(b, at)
}

// tight has a run keep in files what can be in files.
func tight(dir string, f *fault, workers int) Options {
	return Options{
		Workers: workers, Store: StoreDisk, Memory: 3_000, WorkDir: dir, KeepGoing: true,
		tuning: tuning{Tuning: search.Tuning{FragmentStates: 7, BlockStates: 20, RoundBlocks: 5, LogChunk: 50, Tiny: true, SpillFile: f.create}},
	}
}

// Whatever fails, in whatever kind of file: a run says so, or it has the report of
// one without a fault because nobody had to know what was lost.
func TestFaultsOfFiles(t *testing.T) {
	t.Parallel()
	m := squaresOf(uint16(unlessShort(40, 24)))
	for _, kind := range faultKinds {
		testFaults(t, m, kind)
	}
}

// The same of a run that keeps all states, and the steps between them.
func TestFaultsOfFilesOfWholeRuns(t *testing.T) {
	t.Parallel()
	m := squaresOf(uint16(unlessShort(40, 24)))
	m.Properties = append(m.Properties, model.Recurs("Recurs", func(s *[2]uint16) bool { return s[0] > 9 }))
	for _, kind := range []string{"level", "log", "edges"} {
		testFaults(t, m, kind)
	}
}

func testFaults[S any](t *testing.T, m *model.Model[S], kind string) {
	t.Helper()
	want := textOf(check(t, m, Options{Store: StoreDisk, KeepGoing: true}))
	for _, what := range faultWays {
		hits := 0
		for _, at := range []int64{0, 1, 3, 10, 30, 100} {
			f := &fault{kind: kind, what: what, at: at}
			dir := t.TempDir()
			o := tight(dir, f, 1+int(at)%3)
			r, err := Check(context.Background(), m, o)
			name := fmt.Sprintf("%s, %s, operation %d", kind, what, at)
			switch {
			case err != nil:
				hits++
				var lost *WorkDirError
				if !errors.As(err, &lost) || lost.Directory != dir {
					t.Errorf("%s: got the error %v", name, err)
				}
			case textOf(r) == want:
			case r.Verdict != Incomplete || !strings.Contains(r.Reason, "could not be kept on disk: "+dir+": "):
				t.Errorf("%s: the run %s: %s", name, r.Verdict, r.Reason)
			default:
				hits++
				consistent(t, r.Counts)
			}
			if list, _ := os.ReadDir(dir); len(list) > 0 {
				t.Errorf("%s: left over: %v", name, list)
			}
		}
		if hits == 0 {
			t.Errorf("%s, %s: no run has noticed", kind, what)
		}
	}
}

// A checkpoint with more states than fit into memory is resumed into files.
func TestResumeIntoFiles(t *testing.T) {
	m, none := steps(20), &fault{}
	o := tight(t.TempDir(), none, 2)
	want := textOf(check(t, m, Options{Store: StoreDisk, KeepGoing: true}))
	o.Checkpoint = filepath.Join(t.TempDir(), "kept")
	interruptAt(t, m, o, 30_000)
	r, err := Resume(context.Background(), m, o)
	if err != nil || textOf(r) != want {
		t.Fatal(err, firstDifference(textOf(r), want))
	}
}
