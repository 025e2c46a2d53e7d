package task_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/predecessor"
)

// partition is blocks of states that fall into one partition, and older states of it.
type partition struct {
	form   task.Form
	blocks [][]string
	old    [][]string
}

const partitions, mine = 4, 2

// drawPartition draws states from a small alphabet, so that many occur again.
func drawPartition(t *rapid.T) partition {
	p := partition{form: task.Form{Exact: rapid.Bool().Draw(t, "exact"), Seed: rapid.Uint64Max(3).Draw(t, "seed")}}
	h := fingerprint.New(p.form.Seed)
	var all []string
	for i := range 400 {
		if s := fmt.Sprint("state ", i); task.PartitionOf(h.Of([]byte(s)).Hash, partitions) == mine {
			all = append(all, s)
		}
	}
	lists := rapid.SliceOfN(rapid.SliceOfN(rapid.SampledFrom(all), 0, 30), 0, 6)
	p.blocks, p.old = lists.Draw(t, "blocks"), lists.Draw(t, "old")
	for i := range p.old { // no state is in two runs
		for _, before := range p.old[:i] {
			p.old[i] = slices.DeleteFunc(p.old[i], func(s string) bool { return slices.Contains(before, s) })
		}
	}
	return p
}

func (p partition) keys(states []string) (list []byte) {
	h := fingerprint.New(p.form.Seed)
	for _, s := range states {
		list = p.form.AppendKey(list, h.Of([]byte(s)), []byte(s))
	}
	return list
}

// Of each state the first one is new, in the order of the blocks, unless a run has it: what
// a map says.
func TestDedupeKeysDecidesAsAMapDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPartition(t)
		known := map[string]bool{}
		var runs, blocks [][]byte
		for _, list := range p.old {
			runs = append(runs, p.form.Sorted(p.keys(list), partitions))
			for _, s := range list {
				known[s] = true
			}
		}
		var fresh []string
		var want [][]bool
		for _, list := range p.blocks {
			blocks = append(blocks, p.keys(list))
			var news []bool
			for _, s := range list {
				if news = append(news, !known[s]); !known[s] {
					fresh = append(fresh, s)
				}
				known[s] = true
			}
			want = append(want, news)
		}
		merge := rapid.IntRange(0, len(runs)).Draw(t, "merge")
		got := task.DedupeKeys(p.form, partitions, blocks, runs, merge)
		if got.Fresh != uint64(len(fresh)) {
			t.Fatalf("%d new states, want %d", got.Fresh, len(fresh))
		}
		for b, news := range want {
			for i, isNew := range news {
				if got.New[b][i/8]>>(i%8)&1 == 1 != isNew {
					t.Fatalf("block %d, key %d: new is %v, want %v", b, i, !isNew, isNew)
				}
			}
		}
		if len(fresh) > 0 {
			for _, list := range p.old[len(p.old)-merge:] {
				fresh = append(fresh, list...)
			}
			if want := p.form.Sorted(p.keys(fresh), partitions); !bytes.Equal(got.Run, want) {
				t.Fatalf("the run is\n%x, want\n%x", got.Run, want)
			}
		}
	})
}

// Eight runs of one rank become one, so that there are few, and each state is written few
// times.
func TestMergeOfKeepsRunsFew(t *testing.T) {
	var runs []task.Run
	written, sizes := 0, map[int]int{}
	for level := range 1000 {
		merge, rank := task.MergeOf(runs)
		size := 1
		for i := len(runs) - merge; i < len(runs); i++ {
			size += sizes[i]
		}
		runs = append(runs[:len(runs)-merge], task.Run{Rank: rank})
		sizes[len(runs)-1] = size
		if written += size; len(runs) > 7*4 {
			t.Fatalf("there are %d runs after level %d", len(runs), level)
		}
	}
	if written > 4*1000 {
		t.Errorf("1000 states were written %d times", written)
	}
}

// States come back from pieces in order, and links from a lineage.
func TestPiecesAndLineagesKeepWhatTheyGet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		states := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 1, 300), 0, 700).Draw(t, "states")
		most := rapid.Uint64Range(1, 500).Draw(t, "most")
		w := task.PieceWriter{Most: most}
		for _, s := range states {
			w.Add(s)
		}
		pieces, counts := w.Take()
		var got []byte
		sum := uint64(0)
		for i, p := range pieces {
			list, err := task.Fragments(p, counts[i])
			if err != nil || counts[i] > most {
				t.Fatalf("a piece of %d states: %v", counts[i], err)
			}
			for _, f := range list {
				got = append(got, f.Data...)
			}
			if sum += counts[i]; len(p) > 0 {
				if _, err := task.Fragments(p[:len(p)-1], counts[i]); err == nil {
					t.Fatal("a piece that is cut is taken for a whole one")
				}
			}
		}
		if want := slices.Concat(states...); sum != uint64(len(states)) || !bytes.Equal(got, want) {
			t.Fatalf("%d states came back, want %d", sum, len(states))
		}
	})
	w := task.LinkWriter{Last: 10}
	links := []predecessor.Link{{Parent: 10, Ordinal: 3}, {Parent: 10, Ordinal: 7}, {Parent: 500, Ordinal: 0}}
	for _, l := range links {
		w.Add(l)
	}
	for i, want := range links {
		if got, err := task.LinkAt(w.Data, 10, uint64(i)); got != want || err != nil {
			t.Errorf("link %d is %v (%v), want %v", i, got, err, want)
		}
	}
	if _, err := task.LinkAt(w.Data, 10, 3); err == nil {
		t.Error("a fourth link was found")
	}
}

// Of a block's candidates, those are found again that the bits of their partitions call new,
// in the order of the search.
func TestOriginsLeadToTheNewCandidates(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const base = 1000
		w := task.NewOriginWriter(base)
		var bits [partitions][]bool
		var want []predecessor.Link
		l := predecessor.Link{Parent: base}
		for range rapid.IntRange(0, 300).Draw(t, "candidates") {
			if step := rapid.Uint64Range(0, 200).Draw(t, "step"); step > 100 {
				l = predecessor.Link{Parent: l.Parent + step - 100}
			} else {
				l.Ordinal += 1 + step
			}
			q, isNew := rapid.IntRange(0, partitions-1).Draw(t, "partition"), rapid.Bool().Draw(t, "new")
			w.Add(q, l)
			if bits[q] = append(bits[q], isNew); isNew {
				want = append(want, l)
			}
		}
		news := make([][]byte, partitions)
		for q, list := range bits {
			news[q] = make([]byte, (len(list)+7)/8)
			for i, isNew := range list {
				if isNew {
					news[q][i/8] |= 1 << (i % 8)
				}
			}
		}
		got, err := task.NewMarks(news).Fresh(w.Data, base)
		if err != nil || !slices.Equal(got.Links, want) {
			t.Fatalf("got %v (%v), want %v", got.Links, err, want)
		}
		if len(w.Data) > 0 {
			if _, err := task.NewMarks(news).Fresh(w.Data[:len(w.Data)-1], base); err == nil {
				t.Fatal("origins that are cut are taken for whole ones")
			}
			if _, err := task.NewMarks(make([][]byte, partitions)).Fresh(w.Data, base); err == nil {
				t.Fatal("bits that are missing are not missed")
			}
		}
	})
}

// The blobs of a task tell which task it was.
func TestMakerFindsTheTaskOfABlob(t *testing.T) {
	for name, want := range map[string]string{
		"r/3/prints.4": "expand 3 4", "r/12/run.7": "dedupe 12 7",
		"r/3/piece.4.1": "collect 3 4", "r/3/lineage.4": "collect 3 4", "r/3/manifest": "", "r/job": "", "r/3/home-run.2": "", "r/x/run.1": "",
	} {
		k, level, index, ok := task.Maker(name)
		if got := fmt.Sprint(k, " ", level, " ", index); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %s (%v), want %s", name, got, ok, want)
		}
	}
}

func ExampleDedupeKeys() {
	form := task.Form{}
	print := func(hash uint64) []byte { return append(binary.LittleEndian.AppendUint64(nil, hash), 0) }
	blocks := [][]byte{slices.Concat(print(5), print(9)), slices.Concat(print(9), print(7))}
	known := [][]byte{print(5)}
	found := task.DedupeKeys(form, 1, blocks, known, 0)
	fmt.Printf("%d new: %02b %02b\n", found.Fresh, found.New[0], found.New[1])
	// Output: 2 new: [10] [10]
}
