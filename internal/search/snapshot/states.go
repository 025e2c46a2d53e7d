package snapshot

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"math/bits"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

// The forms of the visited states in a checkpoint. Their order means nothing.
const (
	// FormStates is the states themselves, in fragments as those of levels are.
	FormStates = "states"

	// FormPrints is the bits of their fingerprints that a compact set decides on:
	// the first word, little-endian, and the first byte of the second.
	FormPrints = "fingerprints of 72 bits"

	// PrintBytes is the size of one of those.
	PrintBytes = visited.Bits / 8
)

// The most states and bytes of a fragment of visited states. A reader allocates memory for
// a whole fragment.
const (
	fragmentStates = 256
	fragmentBytes  = 64 << 10
)

// WriteFragments writes fragments: each as the number of its states, the number of its
// bytes, and the states. Where a fragment ends says nothing: a reader cuts the states anew. The
// size of the section stands before its data, so it is computed from the fragments' sizes
// first. Fragments in files are read one at a time.
func WriteFragments(w *checkpoint.Writer, section string, list []frontier.Fragment) error {
	size := uint64(0)
	for _, f := range list {
		size += varintBytes(f.States) + varintBytes(f.Bytes()) + uint64(f.Bytes())
	}
	return w.Section(section, size, func(to io.Writer) error {
		var b []byte
		var err error
		for _, f := range list {
			if b, err = f.Read(beginFragment(b[:0], f.States, f.Bytes())); err != nil {
				return err
			}
			if _, err = to.Write(b); err != nil {
				return err
			}
		}
		return nil
	})
}

// beginFragment appends the numbers that stand before a fragment's states, as varints.
func beginFragment(b []byte, states, bytes int) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(states)), uint64(bytes))
}

// varintBytes is the size of a number, seven bits in each byte. Zero takes one byte too.
func varintBytes(n int) uint64 { return uint64(bits.Len(uint(n)|1)+6) / 7 }

// WriteVisitedStates writes states as fragments. It goes through them twice, to know
// the size first, so states must yield the same ones in the same order both times.
func WriteVisitedStates(w *checkpoint.Writer, states iter.Seq[[]byte]) error {
	write := func(to io.Writer) error { return writeStates(to, states) }
	var size length
	if err := write(&size); err != nil {
		return err
	}
	return w.Section(SectionVisited, uint64(size), write)
}

// length is a writer that only counts the bytes: the first of two passes.
type length uint64

func (l *length) Write(b []byte) (int, error) {
	*l += length(len(b))
	return len(b), nil
}

// writeStates writes states in fragments, each as it is full.
func writeStates(to io.Writer, list iter.Seq[[]byte]) error {
	var head, data []byte
	states := 0
	flush := func() error {
		head = beginFragment(head[:0], states, len(data))
		_, first := to.Write(head)
		_, second := to.Write(data)
		states, data = 0, data[:0]
		return errors.Join(first, second)
	}
	// The ends of fragments depend on the states alone, so both passes write the same.
	for state := range list {
		data = append(data, state...)
		if states++; states == fragmentStates || len(data) >= fragmentBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if states == 0 {
		return nil
	}
	return flush()
}

// WriteVisitedPrints writes this many fingerprints: those that yield is called with. The
// function each must end when yield returns false, as yield does after an error.
func WriteVisitedPrints(w *checkpoint.Writer, count uint64, each func(yield func(fingerprint.Print) bool) error) error {
	return w.Section(SectionVisited, count*PrintBytes, func(to io.Writer) (err error) {
		b := make([]byte, 0, PrintBytes)
		failed := each(func(p fingerprint.Print) bool {
			b = append(binary.LittleEndian.AppendUint64(b[:0], p.Hash), byte(p.Extra>>56))
			_, err = to.Write(b)
			return err == nil
		})
		return errors.Join(failed, err)
	})
}

// ReadPrints reads this many fingerprints, and appends them as candidates with indices from
// 0 on.
func ReadPrints(r io.Reader, to []visited.Candidate, count uint64) ([]visited.Candidate, error) {
	var b [PrintBytes]byte
	for i := range count {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, err
		}
		p := fingerprint.Print{Hash: binary.LittleEndian.Uint64(b[:]), Extra: uint64(b[8]) << 56}
		to = append(to, visited.NewCandidate(p, i))
	}
	return to, nil
}

// Loader reads fragments, and hands on their states. Each state is decoded, to find where
// the next one begins, and to find out whether this system could have encoded it. The
// encoding that is handed on is valid until the function returns.
type Loader struct {
	space system.Space
	state system.State
	most  uint64 // bytes of a fragment
	to    func(state []byte)
}

// NewLoader returns a loader for a section of this size. No fragment can be larger, so a
// wrong number cannot ask for more memory than the section has bytes.
func NewLoader(c system.Codec, size uint64, to func(state []byte)) *Loader {
	return &Loader{c.New(), c.Make(), size, to}
}

var errStates = errors.New("the checkpoint is damaged: a state in it cannot be decoded")

// Fragment reads a fragment and returns the number of its states. At the end of the
// section the error is io.EOF. An end anywhere else in a fragment is damage.
func (l *Loader) Fragment(r *bufio.Reader) (states uint64, err error) {
	if states, err = binary.ReadUvarint(r); err == io.EOF {
		return 0, err
	}
	size, err := binary.ReadUvarint(r)
	if err != nil || size > l.most {
		return 0, errStates
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return 0, errStates
	}
	return states, l.split(data, states)
}

// split hands on this many states, whose encodings make up data: no byte may be left.
func (l *Loader) split(data []byte, states uint64) error {
	for range states {
		rest, ok := l.space.Decode(l.state, data)
		if !ok {
			return errStates
		}
		l.to(data[:len(data)-len(rest)])
		data = rest
	}
	if len(data) > 0 {
		return errStates
	}
	return nil
}

// AtEnd makes sure that a section has nothing left. Data that is left over would mean that
// the reader has misunderstood what stands before it.
func AtEnd(r *bufio.Reader) error {
	if _, err := r.ReadByte(); err != io.EOF {
		return errors.New("the checkpoint is damaged: there is more in it than there should be")
	}
	return nil
}
