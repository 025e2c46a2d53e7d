package search

import (
	"encoding/binary"
	"reflect"
	"slices"
	"time"

	"github.com/dgraph-io/ristretto/v2"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
)

const (
	// verdictsMax is the number of verdicts on parts of states that all workers
	// remember together.
	verdictsMax = 1 << 16

	// recentMax is the number that a worker remembers by itself, for each property.
	// States that follow each other often have the same part, and the shared memory
	// learns with some delay. At 24 bytes each they fit a processor's cache.
	recentMax = 1 << 10

	// To remember costs some hundred nanoseconds a state. While a property takes
	// less it is simply asked. The time it takes is measured now and then, for it
	// changes: the first states of a search have short histories.
	//
	// Of every trialEvery verdicts the first trialVerdicts are measured, and their
	// majority decides. The number is odd, so that there is one. A single slow verdict
	// says nothing: the garbage collector or another process may have caused it.
	worthRemembering = 500 * time.Nanosecond
	trialVerdicts    = 33
	trialEvery       = 1 << 12
)

// verdicts remembers verdicts of properties on parts of states. It is a cache that
// forgets as it likes: a part that it does not know is judged again.
//
// A part is known by two hashes of 64 bits, so the chance that two parts are
// taken for one is far below that of the visited set.
//
// All workers share the cache, which is safe for them. What it has forgotten changes how
// long a search takes, never its answer: a property must be a function of its part.
type verdicts struct {
	cache *ristretto.Cache[uint64, verdict]
}

// verdict is known by the part's hash, and has its second hash beside it.
type verdict struct {
	extra uint64
	holds bool
}

// recalled is a verdict with the hash by which it is known, plus one: the zero value then
// is that of no part.
type recalled struct {
	verdict
	hash uint64
}

// newVerdicts returns a memory for this many verdicts, or nil if no property has use
// for it. Each verdict costs 1, so that the largest cost is a number of verdicts. Ten
// counters for each, and buffers of 64, are what the cache's documentation recommends.
func newVerdicts(properties []system.Property, entries int) (*verdicts, error) {
	reads := func(p system.Property) bool { return p.Part != nil }
	if entries < 0 || !slices.ContainsFunc(properties, reads) {
		return nil, nil
	}
	c, err := ristretto.NewCache(&ristretto.Config[uint64, verdict]{
		NumCounters: int64(entries) * 10, MaxCost: int64(entries), BufferItems: 64,
		IgnoreInternalCost: true,
	})
	return &verdicts{c}, err
}

func (v *verdicts) close() {
	if v != nil {
		v.cache.Close()
	}
}

// reader judges one property by the part of a state that it reads, or counts how
// often an implication applies. It is for one worker, so it needs no lock: only known is
// shared.
type reader struct {
	claim    *system.Implication     // nil for a property of a part
	steps    *system.ImplicationStep // of an implication on steps
	counting *uint64                 // what a state that it applies to counts
	applied  uint64

	known  *verdicts
	part   *system.Part
	codec  *codec.Part
	hasher *fingerprint.Hasher
	value  reflect.Value // the part that was read last
	into   any           // a pointer to it
	bytes  []byte
	index  uint64 // tells parts of different properties apart
	recent []recalled
	asked  int // verdicts since the last trial began
	slow   int // how many of that trial took long
}

// newReaders returns a reader for each property that has use for one, by its
// index.
func newReaders(s *Search, counting *uint64) ([]*reader, error) {
	list := make([]*reader, len(s.system().Properties))
	for i := range s.system().Properties {
		p := &s.system().Properties[i]
		if p.IsImplication() {
			list[i] = &reader{claim: p.Implication, steps: p.ImplicationStep, counting: counting}
			continue
		}
		if p.Part == nil || s.verdicts == nil {
			continue
		}
		c, err := codec.ForType(p.Part.Type)
		if err != nil {
			return nil, &system.ModelError{Problem: "property " + p.Name + ": what it reads " + err.Error()}
		}
		at := reflect.New(p.Part.Type)
		list[i] = &reader{
			known: s.verdicts, part: p.Part, codec: c, hasher: fingerprint.New(s.config.Seed),
			value: at.Elem(), into: at.Interface(), index: uint64(i),
			recent: make([]recalled, recentMax),
		}
	}
	return list, nil
}

// holds is the verdict on a state, remembered or new. The part is read in any case; only
// its judgement may be saved.
func (r *reader) holds(s system.State) bool {
	if r.claim != nil {
		return r.implies(s)
	}
	r.part.Read(s, r.into)
	if r.asked++; r.asked > trialEvery {
		r.asked, r.slow = 1, 0
	}
	if r.asked <= trialVerdicts {
		return r.timed()
	}
	if r.slow <= trialVerdicts/2 {
		return r.part.Holds(r.into)
	}
	return r.recall()
}

// timed judges the part that was read, and notes whether that took long.
func (r *reader) timed() bool {
	started := time.Now()
	holds := r.part.Holds(r.into)
	if time.Since(started) > worthRemembering {
		r.slow++
	}
	return holds
}

// recall looks the verdict up, first among this worker's own, then among those of all
// workers, and judges the part if it is in neither. The index of the property is hashed
// with the part, because properties that read equal parts may judge them differently.
func (r *reader) recall() bool {
	r.bytes = r.codec.Append(binary.AppendUvarint(r.bytes[:0], r.index), r.value)
	p := r.hasher.Of(r.bytes)
	// The memory of all workers is shared and costs a lock or an atomic access. The
	// worker's own answers most questions, for states that follow each other are alike.
	near := &r.recent[p.Hash%recentMax]
	if near.hash == p.Hash+1 && near.extra == p.Extra {
		return near.holds
	}
	v, ok := r.known.cache.Get(p.Hash)
	if !ok || v.extra != p.Extra {
		v = verdict{p.Extra, r.part.Holds(r.into)}
		r.known.cache.Set(p.Hash, v, 1)
	}
	*near = recalled{v, p.Hash + 1}
	return v.holds
}

// implies is the verdict of an implication on a state, which is counted if it is one
// that counts.
func (r *reader) implies(s system.State) bool {
	if !r.claim.When(s) {
		return true
	}
	r.applied += *r.counting
	return r.claim.Then(s)
}

// noteApplied has the block keep the counts of its implications: which blocks count is
// not known before the search ends. A block is noted twice, after its expansion, where
// steps were judged, and after its collection, where states were.
func (w *worker) noteApplied() {
	for i, property := range w.search.plan.implications {
		r := w.readers[property]
		w.block.applied[i] += r.applied
		r.applied = 0
	}
}
