package explore

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/model"
)

// On random models, what is said of a field is what its values in all states say,
// and the same however work is cut, also where a limit ends the run.
func TestExplanationCountsWhatThereIs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := drawRecipe(t)
		m := r.rich()
		o := Options{Explain: true, KeepGoing: rapid.Bool().Draw(t, "keepGoing"), MaxStates: 300}
		var first *Report
		for _, workers := range []int{1, 2, 5} {
			o.Workers, o.tuning = workers, drawTuning(t)
			got, err := Check(t.Context(), m, o)
			if err != nil {
				return // no initial state
			}
			if first == nil {
				first = got
			}
			if strip(got) != strip(first) {
				t.Fatalf("%d workers: %s", workers, firstDifference(strip(got), strip(first)))
			}
		}
		if first.Reason == "" && o.KeepGoing && r.panicsIn == "" {
			compareWithGraph(t, m, first)
		}
	})
}

// An explanation is the same where the parents of new states are in files, also if one
// parent is expanded in parts.
func TestExplanationWithFiles(t *testing.T) {
	t.Parallel()
	explainWithFiles(t, steps(uint8(unlessShort(20, 12))))
	explainWithFiles(t, wideModel(unlessShort(7, 6), func(uint64) bool { return true }))
}

func explainWithFiles[S any](t *testing.T, m *model.Model[S]) {
	t.Helper()
	want, err := Check(t.Context(), m, Options{Explain: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, memory := range []uint64{1 << 10, 16 << 10, 64 << 10} {
		for _, store := range []StoreKind{StoreCompact, StoreDisk} {
			o := Options{Explain: true, Store: store, Memory: memory, Workers: 2}
			o.tuning.Tuning = search.Tuning{WideCandidates: 20, Tiny: true}
			got, err := Check(t.Context(), m, o)
			if err != nil {
				t.Fatalf("%s, %d bytes, %s: %v", m.Name, memory, store, err)
			}
			if !reflect.DeepEqual(got.Explanation, want.Explanation) {
				t.Errorf("%s, %d bytes, %s: %v, want %v", m.Name, memory, store, got.Explanation, want.Explanation)
			}
		}
	}
}

// compareWithGraph counts everything again, by texts.
func compareWithGraph(t *rapid.T, m *model.Model[randomState], r *Report) {
	g, err := GraphOf(t.Context(), m, GraphOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.Explanation.Fields {
		of, without, each := map[string]bool{}, map[string]bool{}, map[string]map[string]bool{}
		for _, n := range g.Nodes {
			var in, out strings.Builder
			for _, l := range n.Leaves {
				if l.Field() != f.Field {
					out.WriteString(l.Path + "=" + l.Value + ";")
					continue
				}
				in.WriteString(l.Path + "=" + l.Value + ";")
				if each[l.Path] == nil {
					each[l.Path] = map[string]bool{}
				}
				each[l.Path][l.Value] = true
			}
			of[in.String()], without[out.String()] = true, true
		}
		if int(f.Combinations) != len(of) || int(f.Without) != len(without) || !f.Exact || len(f.Elements) != len(each) {
			t.Fatalf("got %+v; want %d combinations, %d without, %d elements", f, len(of), len(without), len(each))
		}
		for _, el := range f.Elements {
			if int(el.Values) != len(each[el.Path]) {
				t.Fatalf("%s: got %d values; want %d", el.Path, el.Values, len(each[el.Path]))
			}
		}
	}
}

// counting is two hands of a clock, a counter that never ends, and one that does.
type counting struct {
	Hand  [2]uint8
	Token uint32
	Seen  uint8
	Fixed bool
}

func counter(limit uint32) *model.Model[counting] {
	return &model.Model[counting]{
		Name: "counter",
		Actions: []model.Action[counting]{
			{Name: "Turn", Do: func(s *counting, c *model.Choice) bool {
				i := c.Int("hand", 2)
				s.Hand[i] = (s.Hand[i] + 1) % 3
				return true
			}},
			{Name: "Take", Do: func(s *counting, _ *model.Choice) bool {
				if s.Token == limit {
					return false
				}
				s.Token++
				s.Seen = 1
				return true
			}},
		},
		Properties: []model.Property[counting]{model.Always("Fixed", func(s *counting) bool { return !s.Fixed })},
	}
}

func TestAnEndlessCounterIsNamed(t *testing.T) {
	x := checkAll(t, counter(math.MaxUint32), Options{Explain: true, MaxStates: 500}).Explanation
	if len(x.Advice) == 0 || x.Advice[0] != "Token grew at every level and nothing bounds it so far: bound it in the actions or by a Constraint" {
		t.Errorf("got %q", x.Advice)
	}
	for _, f := range x.Fields {
		if f.OnlyGrew != (f.Field == "Token" || f.Field == "Seen") {
			t.Errorf("%s: only grew: %v", f.Field, f.OnlyGrew)
		}
	}
}

// It is named while the run goes on, for nobody knows when that ends.
func TestAnEndlessCounterIsNamedDuringTheRun(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	named := false
	_, err := Check(ctx, counter(math.MaxUint32), Options{Explain: true, Progress: func(now Progress) {
		if slices.Contains(now.Growing, "Token") && !slices.Contains(now.Growing, "Hand") {
			named = true
			cancel()
		}
	}})
	if err != nil || !named {
		t.Errorf("Token was not named within a minute: %v", err)
	}
}

// In a space that was explored to the end, everything is bounded.
func TestABoundedCounterIsNotCalledEndless(t *testing.T) {
	r := checkAll(t, counter(20), Options{Explain: true})
	x := r.Explanation
	for _, advice := range x.Advice {
		if strings.Contains(advice, "bounds") {
			t.Errorf("got %q", advice)
		}
	}
	first := x.Fields[0]
	if first.Field != "Hand" && first.Field != "Token" || first.Combinations*first.Without < r.Counts.Distinct {
		t.Errorf("got %+v", first)
	}
	if !strings.Contains(strings.Join(x.Advice, "\n"), "the 2 elements of Hand have as many values each") {
		t.Errorf("got %q; want that the hands are alike", x.Advice)
	}
}

type nodeID uint8

// Where a value names one of the elements, their order must stay: the advice is to declare a
// symmetry, and not to sort them.
func TestElementsThatAreNamedAreNotSorted(t *testing.T) {
	type state struct {
		Up      [3]bool
		Primary nodeID
	}
	m := &model.Model[state]{Name: "trio", AllowDeadlock: true, Actions: []model.Action[state]{
		{Name: "Start", Do: func(s *state, c *model.Choice) bool {
			i := c.Int("node", 3)
			if s.Up[i] {
				return false
			}
			s.Up[i] = true
			return true
		}},
		{Name: "Elect", Do: func(s *state, c *model.Choice) bool {
			i := c.Int("node", 3)
			if !s.Up[i] || s.Primary != 0 {
				return false
			}
			s.Primary = nodeID(i + 1)
			return true
		}},
	}}
	got := strings.Join(checkAll(t, m, Options{Explain: true}).Explanation.Advice, "\n")
	want := "declare that, for up to 6 times fewer states: model.Scalars[nodeID](3) in Symmetry, and the tag `muster:\"by=nodeID\"` at Up"
	if !strings.Contains(got, want) || strings.Contains(got, "unordered") {
		t.Errorf("got %s; want %s", got, want)
	}
}

func TestBulk(t *testing.T) {
	for _, c := range []struct {
		levels      []uint64
		first, last int
	}{
		{[]uint64{1}, 1, 1}, {[]uint64{1, 1}, 1, 1}, {[]uint64{1, 5, 9, 20, 30, 20, 2}, 4, 5}, {[]uint64{1, 2, 3, 100}, 4, 4},
	} {
		if first, last := bulk(c.levels); first != c.first || last != c.last {
			t.Errorf("%v: got %d to %d; want %d to %d", c.levels, first, last, c.first, c.last)
		}
	}
}

// A field that some states lack, here behind a pointer, is told from none.
func TestExplanationOfAFieldThatComesLate(t *testing.T) {
	type tail struct{ N uint8 }
	type state struct {
		Phase uint8
		Tail  *tail
	}
	m := &model.Model[state]{
		Name: "late",
		Actions: []model.Action[state]{{Name: "Next", Do: func(s *state, _ *model.Choice) bool {
			if s.Phase == 3 {
				return false
			}
			s.Phase++
			if s.Phase == 2 {
				s.Tail = &tail{}
			}
			return true
		}}},
		Properties:    []model.Property[state]{model.Always("Fine", func(*state) bool { return true })},
		AllowDeadlock: true,
	}
	for _, f := range checkAll(t, m, Options{Explain: true}).Explanation.Fields {
		want := map[string][2]uint64{"Phase": {4, 2}, "Tail": {2, 4}, "Tail.N": {2, 4}}[f.Field]
		if f.Combinations != want[0] || f.Without != want[1] {
			t.Errorf("got %+v; want %d combinations, %d without", f, want[0], want[1])
		}
	}
}

// A run that was interrupted and resumed, however often, is explained like one that
// was not.
func TestAResumedRunIsExplained(t *testing.T) {
	o := Options{Explain: true, MaxDepth: 12}
	m := counter(6)
	want, err := Check(t.Context(), m, o)
	if err != nil {
		t.Fatal(err)
	}
	o.Checkpoint = filepath.Join(t.TempDir(), "kept")
	o.MaxDepth = 2
	r, err := Check(t.Context(), m, o)
	for ; err == nil && o.MaxDepth < 12; r, err = Resume(t.Context(), m, o) {
		o.MaxDepth += 5
	}
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r.Explanation, want.Explanation) {
		t.Errorf("got\n%+v\nwant\n%+v", r.Explanation, want.Explanation)
	}
}

// Nobody has observed the first states of a run that was begun without.
func TestWhatWasNotObservedIsNotExplained(t *testing.T) {
	o := Options{MaxDepth: 2, Checkpoint: filepath.Join(t.TempDir(), "kept")}
	if _, err := Check(t.Context(), counter(6), o); err != nil {
		t.Fatal(err)
	}
	o.MaxDepth, o.Explain = 0, true
	_, err := Resume(t.Context(), counter(6), o)
	if refused := new(CheckpointError); !errors.As(err, &refused) || !strings.Contains(err.Error(), "cannot explain this run: it was started without --explain") {
		t.Errorf("got %v", err)
	}
	o.Explain = false
	if r, err := Resume(t.Context(), counter(6), o); err != nil || r.Explanation != nil {
		t.Errorf("got %v, %v", r, err)
	}
}

// The elements of an array are counted, and not the elements of arrays in them.
func TestElementsThatAreAlikeAreCounted(t *testing.T) {
	type node struct{ Slots [3]uint8 }
	type state struct{ Nodes [2]node }
	m := &model.Model[state]{
		Name: "nodes", AllowDeadlock: true,
		Actions: []model.Action[state]{{Name: "Fill", Do: func(s *state, c *model.Choice) bool {
			slot := &s.Nodes[c.Int("node", 2)].Slots[c.Int("slot", 3)]
			if *slot > 0 {
				return false
			}
			*slot = 1
			return true
		}}},
		Properties: []model.Property[state]{model.Always("Fine", func(*state) bool { return true })},
	}
	advice := strings.Join(checkAll(t, m, Options{Explain: true}).Explanation.Advice, "\n")
	if !strings.Contains(advice, "the 2 elements of Nodes have as many values each") || !strings.Contains(advice, "for up to 2 times fewer states") {
		t.Errorf("got %s", advice)
	}
}
