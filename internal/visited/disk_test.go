package visited

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/spill"
	"pgregory.net/rapid"
)

// together runs f for all partitions at the same time.
func together(f func(part int) error) error {
	var all sync.WaitGroup
	var errs [Partitions]error
	for part := range Partitions {
		all.Go(func() { errs[part] = f(part) })
	}
	all.Wait()
	return errors.Join(errs[:]...)
}

// printOf makes fingerprints that agree in different groups of bits.
func printOf(n, distinct uint64) fingerprint.Print {
	n %= distinct
	h := n * 0x9E3779B97F4A7C15
	if n%7 == 0 {
		h = n / 70 << 58 // the same word for up to ten
	}
	return Known(fingerprint.Print{Hash: h, Extra: n << 56})
}

// A set on disk and a map agree about every candidate, for all sizes of blocks and
// times of flushing.
func TestDiskAgreesWithAMap(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		work, err := os.MkdirTemp("", "visited")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(work)
		files := spill.In(work)
		defer files.Close()
		distinct := uint64(rapid.SampledFrom([]int{500, 50, 20_000, 100_000}).Draw(t, "distinct"))
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		known := map[fingerprint.Print]bool{}
		from := NewCompact()
		for range rapid.IntRange(0, 300).Draw(t, "before") {
			p := printOf(r.Uint64(), distinct)
			from.Insert([]Candidate{NewCandidate(p, 0)}, nil, nil)
			known[p] = true
		}
		d, err := NewDisk(from, func() (*spill.File, error) { return files.File("run") }, together)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Free()
		for range rapid.IntRange(1, 12).Draw(t, "times") {
			askMany(t, d, known, r, distinct)
			if r.IntN(2) == 0 {
				if err := d.Flush(together); err != nil {
					t.Fatal(err)
				}
			}
		}
		sameStates(t, d, known)
	})
}

// askMany inserts blocks of candidates, resolves them and compares.
func askMany(t *rapid.T, d *Disk, known map[fingerprint.Print]bool, r *rand.Rand, distinct uint64) {
	var prints []fingerprint.Print
	maybe := map[uint64]bool{}
	for range 1 + r.IntN(4) {
		base := uint64(len(prints))
		var list [Partitions][]Candidate
		for i := range uint64(r.IntN(2_000)) {
			p := printOf(r.Uint64(), distinct)
			prints = append(prints, p)
			list[PartitionOf(p)] = append(list[PartitionOf(p)], NewCandidate(p, i))
		}
		for _, l := range list {
			for _, i := range d.Insert(l, base, nil) {
				maybe[base+i] = true
			}
		}
	}
	if err := d.Resolve(uint64(len(prints)), together); err != nil {
		t.Fatal(err)
	}
	end := uint64(len(prints))
	if r.IntN(4) == 0 {
		end = r.Uint64N(end + 1)
	}
	for i, p := range prints {
		isNew := maybe[uint64(i)] && d.IsNew(uint64(i))
		if isNew == known[p] {
			t.Fatalf("candidate %d: new is %v, known is %v", i, isNew, known[p])
		}
		if uint64(i) < end {
			known[p] = true
		} else if isNew {
			known[p] = true // for the rest of this loop
			defer delete(known, p)
		}
	}
	d.Commit(end)
	if end < uint64(len(prints)) { // the table in memory is ahead: as after an interrupt
		if err := d.Flush(together); err != nil {
			t.Fatal(err)
		}
	}
}

func sameStates(t *rapid.T, d *Disk, known map[fingerprint.Print]bool) {
	if got := d.Len(); got != uint64(len(known)) {
		t.Fatalf("it has %d states, want %d", got, len(known))
	}
	got := map[fingerprint.Print]bool{}
	err := d.Prints(func(p fingerprint.Print) bool {
		if got[p] || !known[p] {
			err := fmt.Sprintf("%v is there twice, or should not be", p)
			t.Fatal(err)
		}
		got[p] = true
		return true
	})
	if err != nil || len(got) != len(known) {
		t.Fatalf("%d states, %v; want %d", len(got), err, len(known))
	}
}

// The number of runs stays small, however often the set is flushed.
func TestFewRuns(t *testing.T) {
	files := spill.In(t.TempDir())
	defer files.Close()
	d, err := NewDisk(NewCompact(), func() (*spill.File, error) { return files.File("run") }, together)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Free()
	n := uint64(0)
	for range 100 {
		for range 50 {
			p := fingerprint.Print{Hash: n * 0x9E3779B97F4A7C15}
			d.Insert([]Candidate{NewCandidate(p, 0)}, n, nil)
			n++
		}
		if err := d.Resolve(n, together); err != nil {
			t.Fatal(err)
		}
		d.Commit(n)
		if err := d.Flush(together); err != nil {
			t.Fatal(err)
		}
		if len(d.runs) > 8 {
			t.Fatalf("%d runs for %d states", len(d.runs), n)
		}
	}
	if d.Len() != n {
		t.Errorf("%d states, want %d", d.Len(), n)
	}
}

func TestSort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		few := rapid.SampledFrom([]uint64{1 << 59, 3, 1 << 30}).Draw(t, "hashes")
		var s scratch
		for range 3 {
			list := make([]Candidate, r.IntN(rapid.SampledFrom([]int{2, 20, 3_000}).Draw(t, "most")))
			sum := uint64(0)
			for i := range list {
				list[i] = Candidate{r.Uint64N(few), r.Uint64N(1 << 30)}
				sum += list[i].hash ^ list[i].tail
			}
			s.sort(list)
			for i, c := range list {
				sum -= c.hash ^ c.tail
				if i > 0 && c.less(list[i-1]) {
					t.Fatalf("place %d of %d is out of order", i, len(list))
				}
			}
			if sum != 0 {
				t.Fatal("it has others than before")
			}
		}
	})
}
