package search

import (
	"errors"
	"slices"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search/snapshot"
	"github.com/muster-mc/muster/model"
)

// Pieces does parts of levels for a search that is run from elsewhere: see [Ledger]. A
// part is expanded, which finds its candidates and judges all steps, and later collected,
// when it is known which of the candidates are new: only these are made again.
//
// Both begin with an empty cache, so they do the same on every machine: a part is a pure
// function of its states. One goroutine may use Pieces; several Pieces of one search may be
// used at the same time.
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

// Yield is what a part of a level adds to a search: first its expansion, and then the
// collection of its new states. All but the findings count only if the search goes on
// behind the part.
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

// ErrImpure is the error of a part that does not have the successors that it had before.
var ErrImpure = errors.New("a block that was expanded again has other successors than before: the model, or the build, is not deterministic")

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

// Expand expands a part, and calls candidate for each successor that the cache does not
// drop, in the order of the search. The state is valid until candidate returns.
func (p *Pieces) Expand(part Part, candidate func(print fingerprint.Print, state []byte, l predecessor.Link)) (Yield, error) {
	sum := p.begin(part)
	err := p.each(part, func(b *block) {
		for _, c := range b.candidates[0] {
			i := c.Index()
			candidate(c.Print(), b.states.At(i), b.link(i))
		}
		sum.Generated += b.generated
		sum.Outside += uint64(len(b.outside))
		for i, c := range b.coverage {
			sum.Coverage[i][0] += c.Attempts
			sum.Coverage[i][1] += c.Enabled
		}
		sum.addApplied(b)
	})
	for name, refused := range p.worker.guards.All() {
		sum.Guards = append(sum.Guards, snapshot.Guard{Name: name, Refused: refused})
	}
	return p.found(sum), err
}

// Collect makes the candidates of a part again that are new, and judges them. Fresh lists
// them in the order of the search, and keep gets them in that order. Parents without a new
// successor are passed over.
func (p *Pieces) Collect(part Part, fresh []predecessor.Link, keep func(print fingerprint.Print, state []byte, l predecessor.Link)) (Yield, error) {
	sum, w := p.begin(part), p.worker
	again := &rebuilder{worker: w, links: fresh}
	w.Sink = again
	defer func() { w.Sink = w }()
	w.expander.Ask(w.predicates, nil) // steps were judged before
	err := p.each(part, func(b *block) {
		b.fresh[0] = b.fresh[0][:0]
		for _, c := range b.candidates[0] {
			b.fresh[0] = append(b.fresh[0], c.Index())
		}
		clear(b.coverage) // of some attempts only
		w.collect(b)
		for _, i := range b.order {
			keep(b.candidates[0][i].Print(), b.states.At(i), b.link(i))
		}
		for _, f := range b.next {
			f.Release()
		}
		sum.Distinct += uint64(len(b.order))
		sum.Bytes += b.bytes
		sum.Symmetric += b.symmetric
		for i, c := range b.coverage {
			sum.Coverage[i][2] += c.Discovered
		}
		sum.addApplied(b)
	})
	if err == nil && !w.panicked && !again.isMade() {
		err = ErrImpure
	}
	return p.found(sum), err
}

// begin makes the worker what it is at the beginning of a search, but for what is known,
// and returns a yield of nothing.
func (p *Pieces) begin(part Part) Yield {
	w := p.worker
	w.newCache()
	w.found = newFindings(len(p.search.system().Properties), p.search.config.Traces)
	w.guards = model.Guards{}
	w.panicked, w.Root = false, false
	w.askWhatIsLeftAfter(part.Found)
	return Yield{Coverage: make([][3]uint64, len(p.search.plan.actions)), Applied: make([]uint64, len(p.search.plan.implications))}
}

// askWhatIsLeftAfter has the worker look for what these findings leave.
func (w *worker) askWhatIsLeftAfter(list []snapshot.Finding) {
	known := newFindings(len(w.search.system().Properties), w.search.config.Traces)
	known.addList(list)
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

// link is how a candidate was reached.
func (b *block) link(candidate uint64) predecessor.Link {
	o := b.origins[candidate]
	return predecessor.Link{Parent: b.first + o.Parent(), Ordinal: o.Ordinal()}
}

func (y *Yield) addApplied(b *block) {
	for i, n := range b.applied {
		y.Applied[i] += n
	}
}

// found returns a yield with the findings of the part.
func (p *Pieces) found(y Yield) Yield {
	y.Findings = p.worker.found.list()
	return y
}

// Plus is what two yields add together: those of a part's expansion and of its collection.
func (y Yield) Plus(z Yield) Yield {
	y.Generated += z.Generated
	y.Outside += z.Outside
	y.Distinct += z.Distinct
	y.Bytes += z.Bytes
	y.Symmetric += z.Symmetric
	y.Coverage, y.Applied = slices.Clone(y.Coverage), slices.Clone(y.Applied)
	for i, c := range z.Coverage {
		for k, n := range c {
			y.Coverage[i][k] += n
		}
	}
	for i, n := range z.Applied {
		y.Applied[i] += n
	}
	y.Guards = slices.Concat(y.Guards, z.Guards)
	y.Findings = slices.Concat(y.Findings, z.Findings)
	return y
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
