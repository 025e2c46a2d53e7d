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
//
// Expansion runs ahead of the counts meanwhile: the level's place moves on, but nothing
// is numbered, logged or judged. Numbers depend on how many states before are new, so
// delayed blocks are resumed in their order, and only as a prefix of the list.
type delayed struct {
	blocks []delayedBlock // those between the committed states and the level's next ones
	asked  uint64         // the candidates of all of them: the base of the next block
}

// delayedBlock is the part of a delayed block that stays in memory: where its record is in
// the file, and the fields of block that have the same names.
type delayedBlock struct {
	from, to int // its fragments in the level
	first    uint64
	parents  int
	partial  bool
	tried    uint64
	base     uint64 // added to the indices of its candidates
	place    spill.Place
}

// delayedBytes is at least the size of a delayedBlock.
const delayedBytes = 96

// delay puts off the candidates of a round. The insertion drops those that are in the
// set's table of recent states; the others are written down together with their blocks.
//
// Bases are given out before the insertion, in the order of the blocks: the set knows a
// candidate by its index plus base until it is resolved. The list of delayed blocks gets
// its final length before the workers fill in their elements.
func (s *Search) delay() {
	if !s.isReady(&s.files.candidates, "candidates") {
		s.isAbandoned()
		return
	}
	d := &s.delayed
	for i := range s.blocks {
		b := &s.blocks[i]
		// Set before the owners insert, because they give the set the index plus the base.
		b.slot, b.base = len(d.blocks)+i, d.asked
		d.asked += uint64(len(b.origins))
	}
	d.blocks = append(d.blocks, make([]delayedBlock, len(s.blocks))...)
	s.deduplicate()
	s.each(func(w *worker, b *block) { w.writeDelayed(b, &d.blocks[b.slot]) })
	s.isAbandoned()
}

// mustResolve reports whether the set on disk must be asked now. Each question reads all
// files of the set, so it is put off as long as possible:
//
//   - At the end of the level, the next level must be whole.
//   - A checkpoint has no place for delayed blocks.
//   - The table of recent states can be emptied only when no candidate is unresolved.
//   - Each candidate takes a bit of memory, and each block delayedBytes. They get a
//     sixteenth of the table's share, and a little so that there is always room for some.
//   - A finding ends the search, and whatever is expanded after it is wasted.
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
// far as the end of the last round or, if the search ends, as the reason to stop.
func (s *Search) resolveIfDue() {
	disk, d := s.store.Disk(), &s.delayed
	if disk == nil || len(d.blocks) == 0 || !s.mustResolve() {
		return
	}
	if err := disk.Resolve(d.asked, s.eachPart); err != nil {
		s.fail(err) // which abandons the search before any block is resumed
	}
	// From here on the set knows which candidates are new, but no count does. An end in
	// between has to take states back out of the set: Commit drops those from a base on.
	left := d.blocks
	for len(left) > 0 && s.stop == nil && !s.isAbandoned() {
		// As many as a round may have, for they are read back into blocks of the same size.
		n := min(len(left), s.blocksMax())
		if s.resume(left[:n]) {
			left = left[n:]
		}
	}
	if len(left) > 0 { // the set must not have states that the counts do not have
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
// deduplicated, with the rest of finishRound. It reports whether they count.
// The blocks are few enough to fit the share of a round; see blocksMax.
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
// that are known not to be new. Lists that only grow are written as differences, because
// small numbers take a byte. The record ends with the last candidate, and does not say
// how many there are. Any number of workers may write at the same time: each record's
// place goes to the block's own element of the list.
func (w *worker) writeDelayed(b *block, d *delayedBlock) {
	b.sortFresh()
	// Discovered is not written, because it is counted when the block is collected.
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
	w.record = r // for its memory
	*d = delayedBlock{from: b.from, to: b.to, first: b.first, parents: b.parents,
		partial: b.partial, tried: b.tried, base: b.base, place: place}
}

// readDelayed reads a block that writeDelayed has written, without candidates that are
// not new. The rest get new indices, without gaps. All of them count as those of the
// first owner, whose list is in order, so that sortFresh finds the other lists empty.
func (w *worker) readDelayed(b *block, d *delayedBlock) (ok bool) {
	s := w.search
	data, err := s.files.candidates.Read(d.place, w.record)
	if err != nil {
		s.fail(err)
		return false
	}
	w.record = data
	b.parentFragments = append(b.parentFragments, s.level.states[d.from:d.to]...)
	// Only observers read the parents. A recount, which is rare, loads them itself.
	if len(s.config.Observers) > 0 && !w.load(b) {
		return false
	}
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
		// The states and the origins are copied, so the record's memory can be reused.
		if s.store.Disk().IsNew(index) {
			b.fresh[0] = append(b.fresh[0], uint64(len(b.origins)))
			b.origins = append(b.origins, o)
			b.states.Add(state)
		}
	}
	return true
}

// record is the unread part of a record. The file has verified its checksum, so the
// methods need not expect damage.
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
