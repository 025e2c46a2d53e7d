package explore

import (
	"sort"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
)

// archive holds the encoded states of all levels in order, in memory or in a file.
type archive struct {
	fragments []frontier.Fragment
	first     []uint64 // the number of each fragment's first state
	states    uint64
}

func (s *archive) add(list []frontier.Fragment) {
	for _, f := range list {
		s.fragments = append(s.fragments, f)
		s.first = append(s.first, s.states)
		s.states += uint64(f.States)
	}
}

// archiveReader reads states from an archive, best in order. It is for one goroutine.
type archiveReader struct {
	archive *archive
	space   system.Space
	view    []byte       // the memory of state, if that is its encoding
	state   system.State // the one that was read last
	next    uint64       // the number of the one that rest begins with
	at      int          // the fragment that rest is of
	rest    []byte
	loaded  []byte // a fragment that was in a file
	err     error  // why one could not be read
}

func newArchiveReader(s *archive, c system.Codec) *archiveReader {
	r := &archiveReader{archive: s, space: c.New(), state: c.Make(), at: -1}
	if c.Flat() {
		r.view = c.View(r.state)
	}
	return r
}

// read returns the encoding of the state with this number, and decodes it; nil if
// it cannot be read.
func (r *archiveReader) read(number uint64) []byte {
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
func (r *archiveReader) end() uint64 {
	return r.archive.first[r.at] + uint64(r.archive.fragments[r.at].States)
}

// seek goes to the beginning of the fragment that has the number.
func (r *archiveReader) seek(number uint64) (ok bool) {
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
		r.at, r.err = -1, workDirError(r.err, "")
	}
	return r.err == nil
}

// take reads the next state.
func (r *archiveReader) take() []byte {
	whole := r.rest
	if r.view != nil {
		r.rest = whole[copy(r.view, whole):]
	} else {
		r.rest = system.Decode(r.space, r.state, whole)
	}
	r.next++
	return whole[:len(whole)-len(r.rest)]
}
