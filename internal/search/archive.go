package search

import (
	"sort"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
)

// Archive holds the encoded states of all levels in order, in memory or in a file. A
// state's number finds its fragment by binary search, and its place in the fragment by
// its size or, if sizes vary, by decoding the states before it.
//
// Only the goroutine that runs the search adds levels. Readers may be many, each for one
// goroutine, as long as nothing is added meanwhile. The order of a run's fragments is
// that of the numbers of their states, because levels are added in order and the next
// level was collected in order.
type Archive struct {
	fragments []frontier.Fragment
	first     []uint64 // the number of each fragment's first state
	states    uint64
}

// add appends fragments, whose memory must not be released.
func (a *Archive) add(list []frontier.Fragment) {
	for _, f := range list {
		a.fragments = append(a.fragments, f)
		a.first = append(a.first, a.states)
		a.states += uint64(f.States)
	}
}

// Archive is the states of all levels that were expanded, if they are kept.
func (s *Search) Archive() *Archive { return &s.archive }

// ArchiveReader reads states from an archive, best in order. It is for one goroutine.
type ArchiveReader struct {
	archive *Archive
	space   system.Space
	view    []byte       // the memory of state, if that is its encoding
	state   system.State // the one that was read last
	// Rest begins with the encoding of the state whose number is next, and ends with the
	// fragment. Before the first read, and after an error, there is no fragment: at is -1.
	next   uint64 // the number of the state that rest begins with
	at     int    // the fragment of rest
	rest   []byte
	loaded []byte // a fragment that was in a file
	err    error
}

// NewReader returns a reader of states with this codec.
func (a *Archive) NewReader(c system.Codec) *ArchiveReader {
	r := &ArchiveReader{archive: a, space: c.New(), state: c.Make(), at: -1}
	if c.Flat() {
		r.view = c.View(r.state)
	}
	return r
}

// State is the state that was read last, and View its memory if that is its encoding.
func (r *ArchiveReader) State() system.State { return r.state }
func (r *ArchiveReader) View() []byte        { return r.view }

// Err is why a state could not be read.
func (r *ArchiveReader) Err() error { return r.err }

// Read decodes the state with this number, and returns its encoding; nil if it cannot
// be read. The encoding and the state are valid until the next call. Reading in order
// goes on where the last call has ended; going back begins at the fragment again.
func (r *ArchiveReader) Read(number uint64) []byte {
	if r.at < 0 || number < r.next || number >= r.end() {
		if !r.seek(number) {
			return nil
		}
	}
	if r.view != nil { // all states have one size
		r.rest = r.rest[(number-r.next)*uint64(len(r.view)):]
		r.next = number
	}
	for r.next < number {
		r.take()
	}
	return r.take()
}

// end is the number of the first state after the fragment.
func (r *ArchiveReader) end() uint64 {
	return r.archive.first[r.at] + uint64(r.archive.fragments[r.at].States)
}

// seek goes to the beginning of the fragment that has the number. Readers mostly go to
// the next one, which is therefore tried before the search.
func (r *ArchiveReader) seek(number uint64) (ok bool) {
	first := r.archive.first
	if r.at >= 0 && r.at+1 < len(first) && number == r.end() {
		r.at++
	} else {
		r.at = sort.Search(len(first), func(i int) bool { return first[i] > number }) - 1
	}
	f := &r.archive.fragments[r.at]
	r.next, r.rest = first[r.at], f.Data
	if f.IsSpilled() {
		r.loaded, r.err = f.Read(r.loaded[:0])
		r.rest = r.loaded
	}
	if r.err != nil {
		r.at = -1
	}
	return r.err == nil
}

// take reads the next state. A flat one is copied to its memory, any other is decoded.
func (r *ArchiveReader) take() []byte {
	whole := r.rest
	if r.view != nil {
		r.rest = whole[copy(r.view, whole):]
	} else {
		r.rest = system.Decode(r.space, r.state, whole)
	}
	r.next++
	return whole[:len(whole)-len(r.rest)]
}
