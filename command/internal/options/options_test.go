package options

import (
	"math"
	"reflect"
	"runtime/debug"
	"testing"
	"time"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/command/internal/flags"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

type config struct {
	Size int `flag:"size" default:"2" min:"1" max:"4" help:"how large it is"`
	Bug  string
}

type state struct{ N int8 }

var entry = catalog.Define("lock", "a lock", func(config) *model.Model[state] {
	never := func(*state, *model.Choice) bool { return false }
	return &model.Model[state]{
		Name: "lock",
		Actions: []model.Action[state]{
			{Name: "Take", Do: never}, {Name: "Crash", Do: never, Fault: "crash"},
			{Name: "Restart", Do: never, Fault: "crash"}, {Name: "Lose", Do: never, Fault: "loss"},
		},
		Properties:    []model.Property[state]{model.Always("Exclusive", func(*state) bool { return true })},
		AllowDeadlock: true,
	}
}, catalog.Bug{Name: "no-wait", Doc: "it does not wait", Breaks: "Exclusive", Length: 1})

// line is a command line of the model with all flags of a search.
func line() (*flags.Line, *Model, *Search) {
	l, m, s := flags.NewLine("mc", "check", "lock"), new(Model), new(Search)
	m.Parameters(entry, l.Parameters)
	s.Flags(l.Own)
	l.Join()
	return l, m, s
}

func open(t *testing.T, m *Model) catalog.Model {
	t.Helper()
	opened, err := m.Open()
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func TestFlagsBecomeOptions(t *testing.T) {
	l, m, s := line()
	err := l.Parse([]string{
		"lock", "--size=3", "--bug=no-wait", "--property=Exclusive", "--without-fault=crash", "--without-fault=loss",
		"--keep-going", "--traces", "3", "--safety-only", "--max-states=5", "--max-depth=6", "--timeout=7s", "--workers=8", "--store=disk",
		"--memory=9GiB", "--work-dir=w", "--seed=10", "--checkpoint=c", "--checkpoint-every=11s", "--symmetry=on",
	})
	if err != nil {
		t.Fatal(err)
	}
	opened := open(t, m)
	if got := opened.Settings(); got.Bug != "no-wait" || got.With["size"] != "3" {
		t.Errorf("settings are %+v", got)
	}
	got, err := s.Options(opened)
	want := explore.Options{
		Workers: 8, Properties: []string{"Exclusive"}, WithoutFaults: []string{"crash", "loss"}, KeepGoing: true, Traces: 3, SafetyOnly: true,
		MaxStates: 5, MaxDepth: 6, Timeout: 7 * time.Second, Store: explore.StoreDisk, Memory: 9 << 30, WorkDir: "w", Seed: 10, Symmetry: explore.SymmetryOn,
		Checkpoint: "c", CheckpointEvery: 11 * time.Second,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestOptionsThatAreRefused(t *testing.T) {
	for flag, want := range map[string]string{
		"--workers=100000":      "--workers 100000: want a number up to 1024",
		"--property=Exclusiv":   `lock has no property "Exclusiv"; did you mean Exclusive?; there is only Exclusive`,
		"--without-fault=crush": `lock has no fault "crush"; did you mean crash?; there are crash, loss`,
	} {
		l, m, s := line()
		if err := l.Parse([]string{flag}); err != nil {
			t.Fatal(err)
		}
		_, err := s.Options(open(t, m))
		if err == nil {
			t.Errorf("%s: no error", flag)
			continue
		}
		got := exit.Message(err)
		if hint := exit.Hint(err); hint != "" {
			got += "; " + hint
		}
		if got != want {
			t.Errorf("%s: got %s; want %s", flag, got, want)
		}
	}
}

func TestHeapLimit(t *testing.T) {
	for _, c := range []struct {
		memory uint64
		want   int64
	}{
		{0, 0}, {28 << 20, 0},
		{64 << 20, 36 << 20 / 8 * 5},
		{512 << 20, 484 << 20 / 8 * 5},
		{8 << 30, (8<<30-28<<20)/8*5 - (8<<30-512<<20)/4},
	} {
		if got := heapLimit(c.memory); got != c.want {
			t.Errorf("%d: got %d; want %d", c.memory, got, c.want)
		}
	}
}

func TestALowerHeapLimitStays(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	for _, c := range []struct {
		memory uint64
		want   int64
	}{
		{0, math.MaxInt64}, {8 << 30, heapLimit(8 << 30)}, {16 << 30, heapLimit(8 << 30)}, {4 << 30, heapLimit(4 << 30)},
	} {
		LimitHeap(c.memory)
		if got := debug.SetMemoryLimit(-1); got != c.want {
			t.Errorf("%d: the limit is %d; want %d", c.memory, got, c.want)
		}
	}
}
