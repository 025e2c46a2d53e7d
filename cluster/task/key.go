package task

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/muster-mc/muster/internal/fingerprint"
)

// Form is how states are told apart: by 72 bits of their fingerprints or, if Exact, by all
// their bytes.
type Form struct {
	Exact bool
	Seed  uint64 // of the fingerprints
}

// keyBytes is the size of 72 bits: the first word of a fingerprint, little-endian, and the
// first byte of the second.
const keyBytes = 9

// PartitionOf is the partition of a state, by the first word of its fingerprint. The order
// of words is kept: each partition is a range of them.
func PartitionOf(hash uint64, partitions int) int {
	high, _ := bits.Mul64(hash, uint64(partitions))
	return int(high)
}

// AppendKey appends what tells a state apart.
func (f Form) AppendKey(b []byte, p fingerprint.Print, state []byte) []byte {
	if f.Exact {
		return append(binary.AppendUvarint(b, uint64(len(state))), state...)
	}
	return append(binary.LittleEndian.AppendUint64(b, p.Hash), byte(p.Extra>>56))
}

// cursor goes through a list of keys.
type cursor struct {
	rest   []byte
	hasher *fingerprint.Hasher // of an exact form, otherwise nil

	// The key where the cursor stands.
	raw   []byte // its bytes in the list
	hash  uint64
	extra byte
	state []byte // of an exact form
	ok    bool   // it stands at a key
}

func (f Form) cursor(list []byte) cursor {
	c := cursor{rest: list}
	if f.Exact {
		c.hasher = fingerprint.New(f.Seed)
	}
	c.next()
	return c
}

// next goes to the next key. A list that ends in the middle of a key ends before it: its
// checksum was verified, so there is no such list.
func (c *cursor) next() {
	if c.hasher != nil {
		c.nextState()
		return
	}
	if c.ok = len(c.rest) >= keyBytes; !c.ok {
		return
	}
	c.raw = c.rest[:keyBytes:keyBytes]
	c.hash, c.extra = binary.LittleEndian.Uint64(c.raw), c.raw[8]
	c.rest = c.rest[keyBytes:]
}

func (c *cursor) nextState() {
	size, n := binary.Uvarint(c.rest)
	if c.ok = n > 0 && size <= uint64(len(c.rest)-n); !c.ok {
		return
	}
	end := n + int(size)
	c.raw, c.state = c.rest[:end:end], c.rest[n:end:end]
	p := c.hasher.Of(c.state)
	c.hash, c.extra = p.Hash, byte(p.Extra>>56)
	c.rest = c.rest[end:]
}

// compare compares the keys where two cursors stand.
func (c *cursor) compare(d *cursor) int {
	switch {
	case c.hash != d.hash:
		return order(c.hash < d.hash)
	case c.extra != d.extra:
		return order(c.extra < d.extra)
	}
	return bytes.Compare(c.state, d.state)
}

func order(less bool) int {
	if less {
		return -1
	}
	return 1
}

// entry is a key in a list that is sorted: the first word, and the place of the key in the
// order of the search together with the byte of the second word.
type entry struct{ hash, tail uint64 }

func (e entry) place() uint64 { return e.tail >> 8 }

// sorter sorts the keys of a partition. First words of fingerprints are spread evenly, so
// each key goes straight to about where it belongs, and the few keys that come to one place
// are sorted by insertion. That takes time in proportion to the keys.
type sorter struct {
	form       Form
	partitions uint64
	list       []entry
	states     [][]byte // by place, if the form is exact
}

// add appends the keys of a section.
func (s *sorter) add(section []byte) (count int) {
	for c := s.form.cursor(section); c.ok; c.next() {
		s.list = append(s.list, entry{c.hash, uint64(len(s.list))<<8 | uint64(c.extra)})
		if s.form.Exact {
			s.states = append(s.states, c.state)
		}
		count++
	}
	return count
}

// sort sorts by key, and equal keys by place.
func (s *sorter) sort() {
	buckets := uint64(len(s.list)/4 + 1)
	of := func(e entry) uint64 {
		high, _ := bits.Mul64(e.hash*s.partitions, buckets) // the place in the partition's range
		return high
	}
	ends := make([]uint32, buckets+1)
	for _, e := range s.list {
		ends[of(e)+1]++
	}
	for i := range buckets {
		ends[i+1] += ends[i]
	}
	sorted := make([]entry, len(s.list))
	for _, e := range s.list {
		b := of(e)
		sorted[ends[b]] = e
		ends[b]++
	}
	begin := uint32(0)
	for _, end := range ends[:buckets] {
		s.insert(sorted[begin:end])
		begin = end
	}
	s.list = sorted
}

// insert sorts few entries by insertion.
func (s *sorter) insert(list []entry) {
	for i := 1; i < len(list); i++ {
		e, at := list[i], i
		for ; at > 0 && s.compare(e, list[at-1]) < 0; at-- {
			list[at] = list[at-1]
		}
		list[at] = e
	}
}

// compare compares by key and then by place.
func (s *sorter) compare(a, b entry) int {
	switch c := s.compareKeys(a, b); {
	case c != 0:
		return c
	case a.place() != b.place():
		return order(a.place() < b.place())
	}
	return 0
}

func (s *sorter) compareKeys(a, b entry) int {
	switch {
	case a.hash != b.hash:
		return order(a.hash < b.hash)
	case byte(a.tail) != byte(b.tail):
		return order(byte(a.tail) < byte(b.tail))
	case s.form.Exact:
		return bytes.Compare(s.states[a.place()], s.states[b.place()])
	}
	return 0
}

// firsts drops all but the first of equal keys.
func (s *sorter) firsts() {
	kept := s.list[:0]
	for i, e := range s.list {
		if i == 0 || s.compareKeys(e, kept[len(kept)-1]) != 0 {
			kept = append(kept, e)
		}
	}
	s.list = kept
}

// appendKey appends the key of an entry.
func (s *sorter) appendKey(b []byte, e entry) []byte {
	if s.form.Exact {
		state := s.states[e.place()]
		return append(binary.AppendUvarint(b, uint64(len(state))), state...)
	}
	return append(binary.LittleEndian.AppendUint64(b, e.hash), byte(e.tail))
}

// Sorted is the keys of a partition as a run: sorted, each once.
func (f Form) Sorted(keys []byte, partitions int) []byte {
	s := sorter{form: f, partitions: uint64(partitions)}
	s.add(keys)
	s.sort()
	s.firsts()
	run := make([]byte, 0, len(keys))
	for _, e := range s.list {
		run = s.appendKey(run, e)
	}
	return run
}

// Each yields the fingerprints of the states in a list of keys, and the states themselves
// if the form is exact.
func (f Form) Each(list []byte, yield func(p fingerprint.Print, state []byte)) error {
	c := f.cursor(list)
	for ; c.ok; c.next() {
		yield(fingerprint.Print{Hash: c.hash, Extra: uint64(c.extra) << 56}, c.state)
	}
	if len(c.rest) > 0 {
		return fmt.Errorf("a list of visited states ends in the middle of one")
	}
	return nil
}
