package run

import (
	"context"
	"flag"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models"
)

// trial is a model of the catalogue with settings, and options.
type trial struct {
	name    string
	with    catalog.With
	bug     string
	options explore.Options
}

func (x trial) String() string { return fmt.Sprint(x.name, " ", x.bug, " ", x.with) }

func (x trial) open(t testing.TB) catalog.Model {
	t.Helper()
	i := slices.IndexFunc(models.All, func(e catalog.Entry) bool { return e.Name == x.name })
	if i < 0 {
		t.Fatalf("there is no model %s", x.name)
	}
	m, err := models.All[i].Open(catalog.Settings{With: x.with, Bug: x.bug})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// trials are flat states and others, orbits, constraints, properties of steps and
// implications, violations early and late, several of each, limits, and spaces that end at
// once.
var trials = []trial{
	{name: "twophase", options: explore.Options{Symmetry: explore.SymmetryOff}},
	{name: "twophase", with: catalog.With{"rms": "5"}},
	{name: "twophase", bug: "commit-early", options: explore.Options{KeepGoing: true, Traces: 5, Symmetry: explore.SymmetryOff}},
	{name: "lease", options: explore.Options{MaxStates: 3000}},
	{name: "lease", options: explore.Options{MaxDepth: 8}},
	{name: "lease", bug: "no-check"},
	{name: "lease", bug: "grudge", options: explore.Options{KeepGoing: true, Traces: 3, MaxStates: 2500}},
	{name: "wal"},
	{name: "wal", options: explore.Options{Store: explore.StoreExact}},
	{name: "ownership/zombie"},
	{name: "registry"},
	{name: "registry", options: explore.Options{Store: explore.StoreExact, Seed: 3}},
	{name: "teleport"},
	{name: "httpapi"},
	{name: "incident/recoverers"},
	{name: "incident/lock"},
	{name: "incident/popclose"},
	{name: "actor/abd"},
	{name: "actor/increment"},
	{name: "cluster/rpc"},
	{name: "activation"},
	{name: "agent"},
	{name: "ownership/skew"},
	{name: "storage/commit"},
	{name: "sandbox/pause"},
	{name: "linearizability", options: explore.Options{MaxStates: 2000}},
}

// long runs every model with all ways to cut it; otherwise each is cut in three ways, and all
// ways occur.
var long = flag.Bool("long", false, "run what takes minutes")

// cut is how a run is divided.
type cut struct{ block, partitions, workers int }

func cuts() (all []cut) {
	for _, block := range []int{7, 1024} {
		for _, partitions := range []int{1, 3, 8} {
			for workers := 1; workers <= 3; workers++ {
				all = append(all, cut{block, partitions, workers})
			}
		}
	}
	return all
}

// The report is that of one process, byte for byte, but for what the search took.
func TestTheReportIsThatOfOneProcess(t *testing.T) {
	all := cuts()
	for i, x := range trials {
		t.Run(x.String(), func(t *testing.T) {
			t.Parallel()
			m := x.open(t)
			x.options.SafetyOnly = true
			report, err := m.Check(t.Context(), x.options)
			if err != nil {
				t.Fatal(err)
			}
			want := without(t, report)
			for j, c := range all {
				if !*long && j%6 != i%6 {
					continue
				}
				g := &rig{model: m, options: x.options, workers: c.workers, block: c.block, partitions: c.partitions}
				if c.workers == 2 { // once abroad, never home again
					g.homeStates = 1
				}
				report, err := g.check(t)
				if err != nil {
					t.Fatal(err)
				}
				if got := without(t, report); got != want {
					t.Fatalf("cut as %+v: got %s\nwant %s", c, got, want)
				}
			}
		})
	}
}

// A chain has as many levels as states. The coordinator makes all of them: nothing is handed
// around.
func TestAChainIsMadeAtHome(t *testing.T) {
	length := 5000
	if *long {
		length = 100_000
	}
	m := &model.Model[int]{Name: "chain", AllowDeadlock: true,
		Actions: []model.Action[int]{{Name: "Next", Do: func(s *int, _ *model.Choice) bool {
			if *s == length-1 {
				return false
			}
			*s++
			return true
		}}},
		Properties: []model.Property[int]{model.Always("Short", func(s *int) bool { return *s < length-10 })},
	}
	g := &rig{search: func(ctx context.Context, e explore.Engine) (*explore.Report, error) {
		return explore.Check(ctx, m, explore.Options{Engine: e, KeepGoing: true})
	}}
	g.change = func(s *Settings) { s.SaveEvery = 20 * time.Millisecond }
	r, err := g.check(t)
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Depth != length || r.Counts.Distinct != uint64(length) || r.Distribution.Tasks != 0 {
		t.Errorf("%d levels of %d states by %d tasks", r.Counts.Depth, r.Counts.Distinct, r.Distribution.Tasks)
	}
	if trace := r.Properties[0].Trace; trace == nil || trace.Length != length-9 {
		t.Errorf("the property is %v, by %v", r.Properties[0].Verdict, trace)
	}
	t.Logf("%d levels in %.1f s", length, r.Seconds)
}

// What a level needed to be made is removed when the next one is made. A partition keeps its
// runs, which are few, however many levels there are.
func TestWhatIsNoLongerNeededIsRemoved(t *testing.T) {
	const levels, partitions = 300, 3
	m := &model.Model[int]{Name: "chain", AllowDeadlock: true, Actions: []model.Action[int]{
		{Name: "Add", Do: func(s *int, _ *model.Choice) bool {
			if *s == levels {
				return false
			}
			*s++
			return true
		}},
		{Name: "Reset", Do: func(s *int, _ *model.Choice) bool { *s = 0; return true }}, // nothing new for a partition
	}}
	b := &bucket.Memory{}
	g := &rig{bucket: b, workers: 2, block: 10, partitions: partitions, homeStates: 1, search: func(ctx context.Context, e explore.Engine) (*explore.Report, error) {
		return explore.Check(ctx, m, explore.Options{Engine: e})
	}}
	g.change = func(s *Settings) { s.Block = 1 } // no level is small
	r, err := g.check(t)
	if err != nil || r.Counts.Distinct != levels+1 {
		t.Fatal(err, r)
	}
	names, err := b.List(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, name := range names {
		kind, _, _ := strings.Cut(path.Base(name), ".")
		kinds[kind]++
	}
	// There are four ranks, of at most seven runs each.
	if n := kinds["run"]; n < partitions || n > 7*4*partitions {
		t.Errorf("%d blobs of runs are left of %d levels and %d partitions", n, levels, partitions)
	}
	for _, kind := range []string{"prints", "answer-expand", "answer-dedupe", "answer-collect"} {
		if n := kinds[kind]; n > 2*partitions {
			t.Errorf("%d blobs %s are left", n, kind)
		}
	}
	if n := kinds["lineage"]; n < levels-1 {
		t.Errorf("%d blobs of lineages are left, want one of each level", n)
	}
}
