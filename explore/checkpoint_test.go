package explore

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/model"
)

// trigger cancels a run from within the model's code when it has run so many
// times: while states are expanded, or while they are collected.
type trigger struct {
	left   atomic.Int64
	cancel context.CancelFunc
	heard  chan struct{}
	isFar  bool   // from the end of the run: it will be heard, however long that takes
	then   func() // when that was heard, if not nil
}

// newTrigger cancels a run with these options, and says by which context.
func newTrigger(calls int64, o *Options) (*trigger, context.Context) {
	ctx, cancel := context.WithCancel(context.Background())
	g := &trigger{cancel: cancel, heard: make(chan struct{})}
	g.left.Store(calls)
	o.tuning.Heard = g.heard
	return g, ctx
}

func (g *trigger) pull() {
	if g.left.Add(-1) != 0 {
		return
	}
	g.cancel()
	var ended <-chan time.Time
	if !g.isFar {
		ended = time.After(time.Second) // it has ended, and only shows what it found
	}
	select { // the run is told from another goroutine
	case <-g.heard:
	case <-ended:
	}
	if g.then != nil {
		g.then()
	}
}

// armed is the model with the trigger in all of its code but Init.
func armed[S any](m *model.Model[S], g *trigger) *model.Model[S] {
	n := &model.Model[S]{
		Name: m.Name, Init: m.Init, Constraint: m.Constraint, Terminal: m.Terminal, AllowDeadlock: m.AllowDeadlock,
		Progress: m.Progress, Symmetry: m.Symmetry,
	}
	for _, a := range m.Actions {
		do := a.Do
		a.Do = func(s *S, c *model.Choice) bool { g.pull(); return do(s, c) }
		n.Actions = append(n.Actions, a)
	}
	for _, p := range m.Properties {
		if holds := p.State; holds != nil {
			p.State = func(s *S) bool { g.pull(); return holds(s) }
		}
		n.Properties = append(n.Properties, p)
	}
	return n
}

// outcome is a report or an error, as text, without what may differ.
func outcome(r *Report, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	c := *r
	c.Checkpoint = ""
	return strip(&c)
}

const interrupted = "it was interrupted"

// leg is one of the runs that together make a whole one.
type leg struct {
	after   int64 // calls of the model until it is interrupted
	workers int
	every   time.Duration
	tuning  tuning
}

// drawLegs draws all of them, however many there will be: on a second try too,
// though the moment of an interrupt is never quite the same.
func drawLegs(t *rapid.T) []leg {
	var legs []leg
	for range 6 {
		legs = append(legs, leg{
			after:   int64(rapid.IntRange(1, 1000).Draw(t, "after")),
			workers: rapid.IntRange(1, 4).Draw(t, "workers"),
			every:   rapid.SampledFrom([]time.Duration{1, 0}).Draw(t, "every"),
			tuning:  drawTuning(t),
		})
	}
	legs[5].after = 0 // never
	return legs
}

// interruptedRun is a run and its continuations, interrupted at random places
// and each with other workers, until one of them ends by itself. It says how
// many of them went on from a checkpoint.
func interruptedRun[S any](m *model.Model[S], o Options, legs []leg) (text string, resumed int) {
	begin := Check[S]
	for _, l := range legs {
		o.Workers, o.tuning, o.CheckpointEvery = l.workers, l.tuning, l.every
		o.tuning.Tiny = true
		g, ctx := newTrigger(l.after, &o)
		defer g.cancel()
		r, err := begin(ctx, armed(m, g), o)
		if text = outcome(r, err); err != nil || r.Reason != interrupted {
			break
		}
		if r.Checkpoint != "" {
			begin = Resume[S]
			resumed++
		}
	}
	return text, resumed
}

// resumesRight compares a run that is interrupted again and again with one that is not. It
// returns how many of its parts went on from a checkpoint.
func resumesRight[S any](t *rapid.T, m *model.Model[S], o Options) (resumed int) {
	legs := drawLegs(t)
	o.Store = rapid.SampledFrom(StoreKinds()).Draw(t, "kind")
	o.tuning.Tiny = true
	dir, err := os.MkdirTemp("", "checkpoint")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	o.Checkpoint = filepath.Join(dir, "whole")
	want := outcome(Check(context.Background(), m, o))
	o.Checkpoint = filepath.Join(dir, "parts")
	got, resumed := interruptedRun(m, o, legs)
	if got != want {
		t.Fatal(firstDifference(got, want))
	}
	return resumed
}

// Whole reports of runs that were interrupted again and again agree with those
// of runs that were not.
func TestResumedRunsAgreeWithUninterruptedOnes(t *testing.T) {
	t.Parallel()
	resumed := 0
	t.Run("flat", func(t *testing.T) {
		checkUntil(t, &resumed, func(t *rapid.T) { r := drawRecipe(t); resumed += resumesRight(t, r.flat(), drawOptions(t, r)) })
	})
	t.Run("rich", func(t *testing.T) {
		checkUntil(t, &resumed, func(t *rapid.T) { r := drawRecipe(t); resumed += resumesRight(t, r.rich(), drawOptions(t, r)) })
	})
	t.Logf("%d times resumed", resumed)
}

// grid is a model of size^3 states that has a witness at its far end.
func steps(size uint8) *model.Model[[3]uint8] {
	return &model.Model[[3]uint8]{
		Name: "grid", AllowDeadlock: true,
		Actions: []model.Action[[3]uint8]{{Name: "Step", Do: func(s *[3]uint8, c *model.Choice) bool {
			i := c.Int("axis", 3)
			if s[i]+1 == size {
				return false
			}
			s[i]++
			return true
		}}},
		Properties: []model.Property[[3]uint8]{
			model.Reachable("Corner", func(s *[3]uint8) bool { return *s == [3]uint8{size - 1, size - 1, size - 1} }),
			model.Reachable("Edge", func(s *[3]uint8) bool { return s[0] == size-1 }),
		},
	}
}

// interruptAt leaves a checkpoint of a run that had made so many calls.
func interruptAt[S any](t testing.TB, m *model.Model[S], o Options, calls int64) *Report {
	t.Helper()
	g, ctx := newTrigger(calls, &o)
	g.isFar = true
	defer g.cancel()
	o.tuning.RoundBlocks, o.tuning.BlockStates, o.tuning.FragmentStates = 4, 8, 4
	r, err := Check(ctx, armed(m, g), o)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != Incomplete || r.Checkpoint != o.Checkpoint {
		t.Fatalf("got %s (%s), checkpoint %q; want it to be interrupted and to leave one", r.Verdict, r.Reason, r.Checkpoint)
	}
	return r
}

// The last interrupted round counts for nothing, all rounds before it do: in the
// checkpoint as in the report.
func TestInterruptedRunKeepsWholeRounds(t *testing.T) {
	o := Options{Checkpoint: t.TempDir(), Workers: 2}
	report := interruptAt(t, steps(20), o, 20_000)
	r, err := checkpoint.Read(o.Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var kept snapshot.Standing
	if err := snapshot.ReadJSON(r, snapshot.SectionStanding, &kept); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(publicCounts(kept.Counts)), fmt.Sprint(report.Counts); got != want || kept.Counts.Distinct < 1000 {
		t.Errorf("the checkpoint has %s; the report %s, and more than 1000 states", got, want)
	}
}

// A run that ends by itself leaves the directory empty, one that hits a limit
// leaves a checkpoint that goes on under a wider one.
func TestCheckpointIsThereWhenItIsOfUse(t *testing.T) {
	o := Options{Checkpoint: t.TempDir(), CheckpointEvery: 1, MaxDepth: 7}
	limited, err := Check(context.Background(), steps(6), o)
	if err != nil || limited.Checkpoint != o.Checkpoint {
		t.Fatalf("got %+v, %v; want a checkpoint", limited, err)
	}
	again, err := Resume(context.Background(), steps(6), o)
	if got, want := outcome(again, err), outcome(limited, nil); got != want {
		t.Errorf("under the same limit: %s", firstDifference(got, want))
	}
	o.MaxDepth = 0
	whole, err := Resume(context.Background(), steps(6), o)
	want := outcome(Check(context.Background(), steps(6), Options{}))
	if got := outcome(whole, err); got != want {
		t.Errorf("without a limit: %s", firstDifference(got, want))
	}
	if list, _ := os.ReadDir(o.Checkpoint); whole.Checkpoint != "" || len(list) > 0 {
		t.Errorf("left at the end: %q, %v", whole.Checkpoint, list)
	}
}

// refused wants an error about the checkpoint with this in it, on one line, and
// the directory as it was.
func refused[S any](t *testing.T, m *model.Model[S], o Options, want string) {
	t.Helper()
	file := filepath.Join(o.Checkpoint, "checkpoint")
	before, _ := os.ReadFile(file)
	r, err := Resume(context.Background(), m, o)
	var problem *CheckpointError
	if r != nil || !errors.As(err, &problem) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v; want an error with %q", err, want)
	}
	if after, _ := os.ReadFile(file); string(after) != string(before) {
		t.Errorf("%s: the checkpoint was changed", want)
	}
}

func TestResumeNamesTheDifference(t *testing.T) {
	o := Options{Checkpoint: t.TempDir(), Parameters: map[string]any{"size": 9, "bug": "x"}}
	interruptAt(t, steps(9), o, 1000)
	with := func(change func(*Options)) Options { p := o; change(&p); return p }
	of := func(change func(*model.Model[[3]uint8])) *model.Model[[3]uint8] { m := steps(9); change(m); return m }
	type gridModel = model.Model[[3]uint8]

	refused(t, of(func(m *gridModel) { m.Name = "grille" }), o, "another model: the checkpoint has grid, this run has grille")
	refused(t, steps(9), with(func(o *Options) { o.Parameters = map[string]any{"size": 8, "bug": "x"} }),
		"another parameter: the checkpoint has size=9, this run has size=8")
	refused(t, steps(9), with(func(o *Options) { o.Parameters = map[string]any{"size": 9} }),
		`another parameter: the checkpoint has bug="x", this run has none`)
	refused(t, of(func(m *gridModel) { m.Actions[0].Name = "Go" }), o, "another action: the checkpoint has Step, this run has Go")
	refused(t, of(func(m *gridModel) { m.Actions[0].Fault = "crash" }), o, "this run has Step (crash)")
	refused(t, of(func(m *gridModel) { m.Properties = m.Properties[:1] }), o,
		"another property: the checkpoint has Edge (reachable), this run has none")
	refused(t, of(func(m *gridModel) { m.Properties[0], m.Properties[1] = m.Properties[1], m.Properties[0] }), o,
		"the checkpoint has Corner (reachable) in another place")
	refused(t, steps(9), with(func(o *Options) { o.Properties = []string{"Edge"} }),
		"another choice of properties: the checkpoint has none, this run has Edge")
	refused(t, steps(9), with(func(o *Options) { o.KeepGoing = true }), "another keep-going: the checkpoint has false, this run has true")
	refused(t, steps(9), with(func(o *Options) { o.Seed = 3 }), "another seed: the checkpoint has 0, this run has 3")
	refused(t, steps(9), with(func(o *Options) { o.MaxStates = 2 }), "states already, more than the limit of 2")
	refused(t, steps(9), with(func(o *Options) { o.MaxDepth = 2 }), "already, beyond the limit of 2")

	type wide struct{ X, Y, Z uint16 }
	refused(t, &model.Model[wide]{Name: "grid", AllowDeadlock: true,
		Actions:    []model.Action[wide]{{Name: "Step", Do: func(*wide, *model.Choice) bool { return false }}},
		Properties: []model.Property[wide]{model.Reachable("Corner", func(*wide) bool { return false })},
	}, o, "another state type: the checkpoint has state array of 3, this run has X uint16")
}

// sections are where the sections of a checkpoint begin, with the end of the
// file.
func sections(t *testing.T, file []byte) []int {
	t.Helper()
	const preamble, head, sum = 24, 16, 8
	at := []int{0}
	for i := preamble; i < len(file); {
		at = append(at, i)
		size := 0
		for b := range 8 {
			size |= int(file[i+8+b]) << (8 * b)
		}
		i += head + size + sum
	}
	return append(at, len(file))
}

// Cut at the border of any section, or with a byte flipped anywhere in one, a
// checkpoint is refused.
func TestDamagedCheckpointIsRefused(t *testing.T) {
	for _, kind := range []StoreKind{StoreExact, StoreCompact, StoreDisk} {
		t.Run(string(kind), func(t *testing.T) { refusesDamage(t, kind) })
	}
}

func refusesDamage(t *testing.T, kind StoreKind) {
	o := Options{Checkpoint: t.TempDir(), Store: kind}
	interruptAt(t, steps(9), o, 1000)
	path := filepath.Join(o.Checkpoint, "checkpoint")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	borders := sections(t, whole)
	if len(borders) != 9 {
		t.Fatalf("there are %d sections; want the start, six of them and the end", len(borders)-1)
	}
	try := func(data []byte) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		refused(t, steps(9), o, "checkpoint")
	}
	for i, from := range borders[:len(borders)-1] {
		try(whole[:from])
		size := borders[i+1] - from
		for k := 0; k < size; k += 1 + size/13 {
			flipped := append([]byte(nil), whole...)
			flipped[from+k] ^= 0x10
			try(flipped)
			try(whole[:from+k])
		}
	}
	if err := os.WriteFile(path, whole, 0o666); err != nil {
		t.Fatal(err)
	}
	if r, err := Resume(context.Background(), steps(9), o); err != nil || r.Verdict != Holds {
		t.Errorf("undamaged: %v, %v", r, err)
	}
}

// fullDisk fails to write from the n-th checkpoint on.
type fullDisk struct{ checkpoint.File }

var errDiskFull = errors.New("no space left on device")

func (fullDisk) Write([]byte) (int, error) { return 0, errDiskFull }

func failingFrom(n int) func(string) (checkpoint.File, error) {
	return func(path string) (checkpoint.File, error) {
		f, err := os.Create(path)
		if n--; n < 0 {
			return fullDisk{f}, err
		}
		return f, err
	}
}

func TestFullDiskEndsTheRunWithItsCounts(t *testing.T) {
	o := Options{Checkpoint: t.TempDir(), CheckpointEvery: 1}
	o.tuning.checkpointFile = failingFrom(5)
	r, err := Check(context.Background(), steps(9), o)
	if err != nil {
		t.Fatal(err)
	}
	if want := "the checkpoint could not be written: " + errDiskFull.Error(); r.Verdict != Incomplete || r.Reason != want {
		t.Errorf("got %s, %s; want incomplete, %s", r.Verdict, r.Reason, want)
	}
	if r.Counts.Distinct == 0 || r.Checkpoint != o.Checkpoint {
		t.Errorf("got %+v, checkpoint %q", r.Counts, r.Checkpoint)
	}
	o.tuning.checkpointFile = nil
	whole, err := Resume(context.Background(), steps(9), o)
	want := outcome(Check(context.Background(), steps(9), Options{}))
	if got := outcome(whole, err); got != want {
		t.Errorf("from the last good one: %s", firstDifference(got, want))
	}
}

func TestFullDiskAtTheFirstCheckpointLeavesNone(t *testing.T) {
	o := Options{Checkpoint: t.TempDir()}
	o.tuning.checkpointFile = failingFrom(0)
	g, ctx := newTrigger(2000, &o)
	g.isFar = true
	defer g.cancel()
	o.tuning.RoundBlocks, o.tuning.BlockStates = 1, 8
	r, err := Check(ctx, armed(steps(9), g), o)
	if err != nil || r.Checkpoint != "" || r.Reason != interrupted+", and the checkpoint could not be written: "+errDiskFull.Error() {
		t.Errorf("got %+v, %v", r, err)
	}
	if list, _ := os.ReadDir(o.Checkpoint); len(list) > 0 {
		t.Errorf("left: %v", list)
	}
}

func TestCheckDoesNotTakeWhatIsThere(t *testing.T) {
	o := Options{Checkpoint: t.TempDir()}
	interruptAt(t, steps(9), o, 1000)
	_, err := Check(context.Background(), steps(9), o)
	if want := o.Checkpoint + ": there is a checkpoint in it already: resume it or remove it"; fmt.Sprint(err) != want {
		t.Errorf("got %v; want %s", err, want)
	}
	foreign := t.TempDir()
	os.WriteFile(filepath.Join(foreign, "notes"), nil, 0o666)
	_, err = Check(context.Background(), steps(9), Options{Checkpoint: foreign})
	if want := "has notes in it"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v; want %s", err, want)
	}
	if _, err := Resume(context.Background(), steps(9), Options{}); err == nil {
		t.Error("without a directory: no error")
	}
	refused(t, steps(9), Options{Checkpoint: t.TempDir()}, "there is no checkpoint in it")
}

func TestReadCheckpointSaysWhatItIsOf(t *testing.T) {
	o := Options{
		Checkpoint: t.TempDir(), Parameters: map[string]any{"size": 9}, Seed: 5, KeepGoing: true,
		Properties: []string{"Edge"}, MaxDepth: 50, MaxStates: 1 << 60,
	}
	interruptAt(t, steps(9), o, 1000)
	c, err := ReadCheckpoint(o.Checkpoint)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(c.Model, c.Parameters, c.Seed, c.KeepGoing, c.Properties, c.MaxDepth, c.MaxStates, c.State, c.Actions)
	if want := fmt.Sprint("grid", o.Parameters, 5, true, o.Properties, 50, uint64(1<<60), []string{"state array of 3", "[] uint8"}, []string{"Step"}); got != want {
		t.Errorf("got %s; want %s", got, want)
	}
}

// What an implication applied to is counted once, wherever a run with a set on disk
// is interrupted: also where it has just been found out which of the states that
// several rounds have made are new, and not all of those are collected.
func TestResumedRunsCountOnce(t *testing.T) {
	m := steps(9)
	m.Properties = append(m.Properties,
		model.Always("Inside", func(s *[3]uint8) bool { return s[2] < 9 }), // asked of every new state
		model.Implies("Far", func(s *[3]uint8) bool { return s[0] > 2 }, func(*[3]uint8) bool { return true }),
		model.ImpliesStep("Along", func(a, b *[3]uint8) bool { return a[1] != b[1] }, func(_, _ *[3]uint8) bool { return true }))
	o := Options{Workers: 1, Store: StoreDisk, Memory: 20_000}
	o.tuning.Tiny = true
	want := outcome(Check(context.Background(), m, o))
	for calls := int64(500); calls < 3_000; calls += int64(unlessShort(23, 97)) {
		o := o
		o.Checkpoint = filepath.Join(t.TempDir(), "run")
		interruptAt(t, m, o, calls)
		if got := outcome(Resume(context.Background(), m, o)); got != want {
			t.Fatalf("interrupted after %d calls: %s", calls, firstDifference(got, want))
		}
	}
}
