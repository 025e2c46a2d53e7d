package search

import (
	"encoding/binary"

	"github.com/muster-mc/muster/internal/spill"
	"github.com/muster-mc/muster/internal/system"
)

// delayed is blocks whose candidates may be new. A set on disk is asked about many of
// them together: delayed duplicate detection (R. E. Korf: Best-First Frontier Search
// with Delayed Duplicate Detection. AAAI 2004). Until then a file has what expanding
// wrote into the blocks.
type delayed struct {
	blocks []delayedBlock // those between the committed states and the level's next ones
	asked  uint64         // the candidates of all of them
}

type delayedBlock struct {
	from, to int // its fragments in the level
	first    uint64
	parents  int
	partial  bool
	tried    uint64
	base     uint64 // added to the indices of its candidates
	place    spill.Place
}

const delayedBytes = 96 // of a delayedBlock

// delay puts off the candidates of a round.
func (s *Search) delay() {
	if !s.isReady(&s.files.candidates, "candidates") {
		s.isAbandoned()
		return
	}
	d := &s.delayed
	for i := range s.blocks {
		b := &s.blocks[i]
		b.slot, b.base = len(d.blocks)+i, d.asked
		d.asked += uint64(len(b.origins))
	}
	d.blocks = append(d.blocks, make([]delayedBlock, len(s.blocks))...)
	s.deduplicate()
	s.each(func(w *worker, b *block) { w.writeDelayed(b, &d.blocks[b.slot]) })
	s.isAbandoned()
}

// mustResolve reports whether the set on disk must be asked now: because there is no
// room for more candidates, or because something was found that ends the search.
func (s *Search) mustResolve() bool {
	d, young := &s.delayed, s.store.Disk().Young()*youngBytes
	if s.level.at == len(s.level.states) || s.config.Checkpointer.IsDue() || young > s.shares.young {
		return true
	}
	if d.asked/8+uint64(len(d.blocks))*delayedBytes > s.shares.young/16+1024 {
		return true
	}
	for _, w := range s.workers {
		for _, kind := range w.found.fresh {
			if s.ends(kind) {
				return true
			}
		}
	}
	return false
}

// resolveIfDue deals with all delayed blocks, if it is time for that. After it, the
// set, the counts, the log and the next level are those of a search that has come as
// far as the end of the last round.
func (s *Search) resolveIfDue() {
	disk, d := s.store.Disk(), &s.delayed
	if disk == nil || len(d.blocks) == 0 || !s.mustResolve() {
		return
	}
	if err := disk.Resolve(d.asked, s.eachPart); err != nil {
		s.fail(err)
	}
	left := d.blocks
	for len(left) > 0 && s.stop == nil && !s.isAbandoned() {
		n := min(len(left), s.blocksMax())
		if s.resume(left[:n]) {
			left = left[n:]
		}
	}
	if len(left) > 0 {
		d.asked = left[0].base
	}
	disk.Commit(d.asked)
	d.blocks, d.asked = d.blocks[:0], 0
	s.files.candidates.Reset()
	if s.stop == nil && disk.Young()*youngBytes > s.shares.young {
		if err := disk.Flush(s.eachPart); err != nil {
			s.fail(err)
			s.isAbandoned()
		}
	}
}

// resume goes on with delayed blocks as if they had just been expanded and
// deduplicated. It reports whether they count.
func (s *Search) resume(list []delayedBlock) (done bool) {
	s.blocks = s.blocks[:0]
	for i := range list {
		b := s.nextBlock()
		b.begin(list[i].first, list[i].parents)
		b.from, b.to, b.slot = list[i].from, list[i].to, i
		b.partial, b.tried = list[i].partial, list[i].tried
	}
	s.decideToSpill()
	s.each(func(w *worker, b *block) {
		if w.readDelayed(b, &list[b.slot]) {
			w.collect(b)
		}
	})
	if s.isAbandoned() {
		return false
	}
	s.commit()
	s.endRound()
	return true
}

// writeDelayed writes to a file what expanding wrote into a block, without candidates
// that are known not to be new.
func (w *worker) writeDelayed(b *block, d *delayedBlock) {
	b.sortFresh()
	r := binary.AppendUvarint(w.record[:0], b.generated)
	r = binary.AppendUvarint(r, uint64(len(b.made)))
	last := uint64(0)
	for _, n := range b.made {
		r = binary.AppendUvarint(r, n-last)
		last = n
	}
	for _, c := range b.coverage {
		r = binary.AppendUvarint(binary.AppendUvarint(r, c.Attempts), c.Enabled)
	}
	for _, n := range b.applied {
		r = binary.AppendUvarint(r, n)
	}
	r = binary.AppendUvarint(r, uint64(len(b.outside)))
	last = 0
	for _, o := range b.outside {
		r = binary.AppendUvarint(r, uint64(o)-last)
		last = uint64(o)
	}
	last = 0
	for _, i := range b.order {
		state := b.states.At(i)
		r = binary.AppendUvarint(r, i-last)
		r = binary.LittleEndian.AppendUint64(r, uint64(b.origins[i]))
		r = append(binary.AppendUvarint(r, uint64(len(state))), state...)
		last = i
	}
	place, err := w.search.files.candidates.Append(r)
	if err != nil {
		w.search.fail(err)
	}
	w.record = r
	*d = delayedBlock{from: b.from, to: b.to, first: b.first, parents: b.parents,
		partial: b.partial, tried: b.tried, base: b.base, place: place}
}

// readDelayed reads a block that writeDelayed has written, without candidates that are
// not new.
func (w *worker) readDelayed(b *block, d *delayedBlock) (ok bool) {
	s := w.search
	data, err := s.files.candidates.Read(d.place, w.record)
	if err != nil {
		s.fail(err)
		return false
	}
	w.record = data
	b.parentFragments = append(b.parentFragments, s.level.states[d.from:d.to]...)
	r := record{data}
	b.generated = r.number()
	made := uint64(0)
	for range r.number() {
		made += r.number()
		b.made = append(b.made, made)
	}
	for i := range b.coverage {
		b.coverage[i] = Coverage{Attempts: r.number(), Enabled: r.number()}
	}
	for i := range b.applied {
		b.applied[i] = r.number()
	}
	outside := uint64(0)
	for range r.number() {
		outside += r.number()
		b.outside = append(b.outside, system.Origin(outside))
	}
	for i := range b.fresh {
		b.fresh[i] = b.fresh[i][:0]
	}
	index := d.base
	for len(r.data) > 0 {
		index += r.number()
		o := system.Origin(binary.LittleEndian.Uint64(r.bytes(8)))
		state := r.bytes(r.number())
		if s.store.Disk().IsNew(index) {
			b.fresh[0] = append(b.fresh[0], uint64(len(b.origins)))
			b.origins = append(b.origins, o)
			b.states.Add(state)
		}
	}
	return true
}

// record is the unread part of a record whose checksum was right.
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
