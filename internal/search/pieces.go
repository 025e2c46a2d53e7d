package search

import (
	"errors"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/model"
)

// Pieces does parts of levels for a search that is run from elsewhere: see [Ledger]. A
// part is expanded twice. The first time only its candidates are wanted, and the second
// time it is known which of them are new.
//
// Both times begin with an empty cache, so they make the same candidates in the same
// order, on every machine: a part is a pure function of its states. One goroutine may use
// Pieces; several Pieces of one search may be used at the same time.
type Pieces struct {
	search *Search
	worker *worker
	block  block
}

// Part is consecutive states of a level.
type Part struct {
	First  uint64              // the number of the first one
	States []frontier.Fragment // of at most 256 states each
	Found  []snapshot.Finding  // what is known when the level begins
}

// Yield is what a part of a level adds to a search. All but the findings count only if
// the search goes on behind the part.
type Yield struct {
	Generated uint64             `json:"generated"`
	Outside   uint64             `json:"outside,omitempty"`
	Distinct  uint64             `json:"distinct"`
	Bytes     uint64             `json:"bytes"`
	Symmetric uint64             `json:"symmetric,omitempty"`
	Coverage  [][3]uint64        `json:"coverage"`
	Applied   []uint64           `json:"applied,omitempty"`
	Guards    []snapshot.Guard   `json:"guards,omitempty"`
	Findings  []snapshot.Finding `json:"findings,omitempty"`
}

// ErrCancelled is the error of a part that was given up, because the search was cancelled.
var ErrCancelled = errors.New("the search was cancelled")

// NewPieces makes another worker of the search. It must not be called while Pieces of the
// search are in use.
func (s *Search) NewPieces() (*Pieces, error) {
	w, err := newWorker(s, 0)
	if err != nil {
		return nil, err
	}
	s.othersMutex.Lock()
	s.others = append(s.others, w)
	s.othersMutex.Unlock()
	return &Pieces{search: s, worker: w, block: newBlock(1, len(s.plan.actions), len(s.plan.implications), s.system().Codec.Size())}, nil
}

// Candidates expands a part, and calls yield for each successor that the cache does not
// drop, in the order of the search. The state is valid until yield returns.
func (p *Pieces) Candidates(part Part, yield func(print fingerprint.Print, state []byte)) error {
	p.begin(part)
	p.worker.expander.Ask(nil, nil) // the second time judges
	return p.each(part, func(b *block) {
		for _, c := range b.candidates[0] {
			yield(c.Print(), b.states.At(c.Index()))
		}
	})
}

// Collect expands a part again. IsNew is asked of each candidate in turn, by the first word
// of its fingerprint. Keep gets each new state, in the order of the search.
func (p *Pieces) Collect(part Part, isNew func(hash uint64) bool, keep func(state []byte, l predecessor.Link)) (Yield, error) {
	w := p.worker
	p.begin(part)
	sum := Yield{Coverage: make([][3]uint64, len(p.search.plan.actions)), Applied: make([]uint64, len(p.search.plan.implications))}
	err := p.each(part, func(b *block) {
		b.fresh[0] = b.fresh[0][:0]
		for _, c := range b.candidates[0] {
			if isNew(c.Print().Hash) {
				b.fresh[0] = append(b.fresh[0], c.Index())
			}
		}
		w.collect(b)
		for _, i := range b.order {
			o := b.origins[i]
			keep(b.states.At(i), predecessor.Link{Parent: b.first + o.Parent(), Ordinal: o.Ordinal()})
		}
		for _, f := range b.next {
			f.Release()
		}
		sum.add(b)
	})
	sum.Findings = w.found.list()
	for name, refused := range w.guards.All() {
		sum.Guards = append(sum.Guards, snapshot.Guard{Name: name, Refused: refused})
	}
	return sum, err
}

// begin makes the worker what it is at the beginning of a search, but for what is known.
func (p *Pieces) begin(part Part) {
	w, known := p.worker, newFindings(len(p.search.system().Properties), p.search.config.Traces)
	known.addList(part.Found)
	w.newCache()
	w.found = newFindings(len(p.search.system().Properties), p.search.config.Traces)
	w.guards = model.Guards{}
	w.panicked, w.Root = false, false
	w.askWhatIsLeft(&known)
}

// each expands the states of a part in blocks, one after the other. A parent with very many
// successors is not divided, as a search divides it: the candidates of a block are held
// together.
func (p *Pieces) each(part Part, done func(*block)) error {
	w, b := p.worker, &p.block
	w.isBusy.Store(true)
	defer w.isBusy.Store(false)
	for at, first := 0, part.First; at < len(part.States); {
		b.begin(first, 0)
		at = b.take(part.States, at, p.search.config.Tuning.BlockStates)
		w.undivided = true
		w.expand(b)
		if p.search.cancelled.Load() {
			return ErrCancelled
		}
		done(b)
		first = b.end()
	}
	return nil
}

func (y *Yield) add(b *block) {
	t := b.tally()
	y.Generated += t.generated
	y.Outside += t.outside
	y.Distinct += t.distinct
	y.Bytes += t.bytes
	y.Symmetric += t.symmetric
	for i, c := range b.coverage {
		y.Coverage[i][0] += c.Attempts
		y.Coverage[i][1] += c.Enabled
		y.Coverage[i][2] += c.Discovered
	}
	for i, n := range b.applied {
		y.Applied[i] += n
	}
}

// list has all findings in the form of a checkpoint.
func (f *Findings) list() []snapshot.Finding {
	list := []snapshot.Finding{}
	for kind := range f.First {
		for _, g := range f.All(kind) {
			list = append(list, snapshot.Finding{
				Kind: kind, Parent: g.At.Parent, Sub: g.At.Sub, Initial: g.Initial, Detail: g.Detail, Key: g.Key,
			})
		}
	}
	return list
}

// addList adds findings that had that form.
func (f *Findings) addList(list []snapshot.Finding) {
	for _, g := range list {
		f.Add(g.Kind, Finding{At: Position{g.Parent, g.Sub}, Initial: g.Initial, Detail: g.Detail, Key: g.Key})
	}
}
