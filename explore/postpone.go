package explore

import (
	"context"
	"encoding/binary"

	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
)

// postponed is a block whose candidates may be new, which is not known until the
// set on disk is asked about many of them together. What expanding wrote is in a
// file until then.
type postponed struct {
	from, to int // its fragments in the level
	first    uint64
	parents  int
	base     uint64 // what is added to the indices of its candidates
	place    spill.Place
}

const postponedBytes = 80

// postpone puts off what there is to be done about the candidates of a round.
func (e *engine) postpone(ctx context.Context) {
	if !e.ready(&e.files.candidates, "candidates") {
		e.abandoned(ctx)
		return
	}
	for i := range e.blocks {
		b := &e.blocks[i]
		b.slot, b.base = len(e.postponed)+i, e.asked
		e.asked += uint64(len(b.origins))
	}
	e.postponed = append(e.postponed, make([]postponed, len(e.blocks))...)
	e.deduplicate()
	e.each(func(w *worker, b *block) {
		w.putAway(b, &e.postponed[b.slot])
	})
	e.abandoned(ctx)
}

// isDue reports whether the set on disk must be asked now: because there is no
// room for more candidates, or because something was found that ends the search.
func (e *engine) isDue() bool {
	if e.at == len(e.level) || e.keeper.isDue() || e.store.disk.Young()*youngBytes > e.shares.young {
		return true
	}
	if e.asked/8+uint64(len(e.postponed))*postponedBytes > e.shares.young/16+1024 {
		return true
	}
	for _, w := range e.workers {
		for _, kind := range w.found.fresh {
			if e.ends(kind) {
				return true
			}
		}
	}
	return false
}

// settle deals with everything that was postponed, if it is time for that: after
// it, the set, the counts, the log and the next level are those of a search that
// has come as far as the end of the last round.
func (e *engine) settle(ctx context.Context) {
	disk := e.store.disk
	if disk == nil || len(e.postponed) == 0 || !e.isDue() {
		return
	}
	if err := disk.Resolve(e.asked, e.eachPart); err != nil {
		e.fail(err)
	}
	left := e.postponed
	for len(left) > 0 && e.stop == nil && !e.abandoned(ctx) {
		n := min(len(left), e.blocksMax())
		if e.takeUp(ctx, left[:n]) {
			left = left[n:]
		}
	}
	if len(left) > 0 {
		e.asked = left[0].base
	}
	disk.Commit(e.asked)
	e.postponed, e.asked = e.postponed[:0], 0
	e.files.candidates.Reset()
	if e.stop == nil && disk.Young()*youngBytes > e.shares.young {
		if err := disk.Flush(e.eachPart); err != nil {
			e.fail(err)
			e.abandoned(ctx)
		}
	}
}

// takeUp goes on with postponed blocks as if they had just been expanded and
// deduplicated. It reports whether they count.
func (e *engine) takeUp(ctx context.Context, list []postponed) (done bool) {
	e.blocks = e.blocks[:0]
	for i := range list {
		b := e.nextBlock()
		b.begin(list[i].first, list[i].parents)
		b.from, b.to, b.slot = list[i].from, list[i].to, i
	}
	e.makeWay()
	e.each(func(w *worker, b *block) {
		if p := &list[b.slot]; w.getBack(b, p) {
			w.collect(b)
		}
	})
	if e.abandoned(ctx) {
		return false
	}
	e.attach()
	e.tidy()
	return true
}

// putAway writes to a file what expanding found in a block, but for candidates
// that are known not to be new.
func (w *worker) putAway(b *block, p *postponed) {
	b.sortFresh()
	r := binary.AppendUvarint(w.record[:0], b.generated)
	r = binary.AppendUvarint(r, uint64(len(b.made)))
	last := uint64(0)
	for _, n := range b.made {
		r = binary.AppendUvarint(r, n-last)
		last = n
	}
	for _, c := range b.coverage {
		r = binary.AppendUvarint(binary.AppendUvarint(r, c.attempts), c.enabled)
	}
	for _, n := range b.applied {
		r = binary.AppendUvarint(r, n)
	}
	last = 0
	for _, i := range b.order {
		state := b.states.At(i)
		r = binary.AppendUvarint(r, i-last)
		r = binary.LittleEndian.AppendUint64(r, uint64(b.origins[i]))
		r = append(binary.AppendUvarint(r, uint64(len(state))), state...)
		last = i
	}
	place, err := w.engine.files.candidates.Append(r)
	if err != nil {
		w.engine.fail(err)
	}
	w.record = r
	*p = postponed{from: b.from, to: b.to, first: b.first, parents: b.parents, base: b.base, place: place}
}

// getBack reads what putAway has written, and leaves out what is not new.
func (w *worker) getBack(b *block, p *postponed) (ok bool) {
	e := w.engine
	data, err := e.files.candidates.Read(p.place, w.record)
	if err != nil {
		e.fail(err)
		return false
	}
	w.record = data
	b.parentFragments = append(b.parentFragments, e.level[p.from:p.to]...)
	r := record{data}
	b.generated = r.number()
	made := uint64(0)
	for range r.number() {
		made += r.number()
		b.made = append(b.made, made)
	}
	for i := range b.coverage {
		b.coverage[i] = coverage{attempts: r.number(), enabled: r.number()}
	}
	for i := range b.applied {
		b.applied[i] = r.number()
	}
	for i := range b.fresh {
		b.fresh[i] = b.fresh[i][:0]
	}
	index := p.base
	for len(r.data) > 0 {
		index += r.number()
		o := system.Origin(binary.LittleEndian.Uint64(r.bytes(8)))
		state := r.bytes(r.number())
		if e.store.disk.IsNew(index) {
			b.fresh[0] = append(b.fresh[0], uint64(len(b.origins)))
			b.origins = append(b.origins, o)
			b.states.Add(state)
		}
	}
	return true
}

// record is what is left to be read of a record whose checksum was right.
type record struct{ data []byte }

func (r *record) number() uint64 {
	n, size := binary.Uvarint(r.data)
	r.data = r.data[size:]
	return n
}

func (r *record) bytes(n uint64) []byte {
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}
