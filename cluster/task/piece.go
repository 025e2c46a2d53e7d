package task

import (
	"encoding/binary"
	"fmt"

	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
)

// The most states and bytes of a fragment, as in the engine.
const (
	fragmentStates = 256
	fragmentBytes  = 64 << 10
)

// PieceWriter writes states into blobs: each fragment as the number of its states and of
// its bytes, as varints, and the states.
type PieceWriter struct {
	Most uint64 // states of a piece

	done   [][]byte
	counts []uint64

	piece, fragment []byte
	states          uint64 // of the piece, with the fragment
	inFragment      uint64
}

// Add appends a state.
func (w *PieceWriter) Add(state []byte) {
	w.fragment = append(w.fragment, state...)
	w.inFragment++
	w.states++
	if w.inFragment == fragmentStates || len(w.fragment) >= fragmentBytes {
		w.endFragment()
	}
	if w.states == w.Most {
		w.endPiece()
	}
}

func (w *PieceWriter) endFragment() {
	if w.inFragment == 0 {
		return
	}
	w.piece = binary.AppendUvarint(w.piece, w.inFragment)
	w.piece = binary.AppendUvarint(w.piece, uint64(len(w.fragment)))
	w.piece = append(w.piece, w.fragment...)
	w.fragment, w.inFragment = w.fragment[:0], 0
}

func (w *PieceWriter) endPiece() {
	if w.endFragment(); w.states > 0 {
		w.done, w.counts = append(w.done, w.piece), append(w.counts, w.states)
		w.piece, w.states = nil, 0
	}
}

// Take ends the last piece, and returns all pieces, and how many states each has.
func (w *PieceWriter) Take() (pieces [][]byte, states []uint64) {
	w.endPiece()
	return w.done, w.counts
}

// Fragments are the states of a piece.
func Fragments(piece []byte, states uint64) (list []frontier.Fragment, err error) {
	for len(piece) > 0 {
		count, n := binary.Uvarint(piece)
		size, k := binary.Uvarint(piece[max(n, 0):])
		if n <= 0 || k <= 0 || size > uint64(len(piece)-n-k) || count == 0 || count > states {
			return nil, errPiece
		}
		data := piece[n+k:][:size:size]
		list = append(list, frontier.Fragment{Data: data, States: int(count)})
		piece, states = piece[n+k+int(size):], states-count
	}
	if states != 0 {
		return nil, errPiece
	}
	return list, nil
}

var errPiece = fmt.Errorf("a piece of a level has not the states that it should have")

// LinkWriter writes how states were reached: for each one the difference of its parent's
// number to that of the state before, and which successor of the parent it is, as varints.
type LinkWriter struct {
	Data []byte
	Last uint64 // the parent before; at first what the differences count from
}

// Add appends a link.
func (w *LinkWriter) Add(l predecessor.Link) {
	w.Data = binary.AppendUvarint(w.Data, l.Parent-w.Last)
	w.Data = binary.AppendUvarint(w.Data, l.Ordinal)
	w.Last = l.Parent
}

// LinkAt is the link with this place in a lineage.
func LinkAt(data []byte, base, place uint64) (predecessor.Link, error) {
	l := predecessor.Link{Parent: base}
	for i := uint64(0); ; i++ {
		step, n := binary.Uvarint(data)
		ordinal, k := binary.Uvarint(data[max(n, 0):])
		if n <= 0 || k <= 0 {
			return l, fmt.Errorf("a lineage has %d states; want more than %d", i, place)
		}
		l.Parent, l.Ordinal = l.Parent+step, ordinal
		if i == place {
			return l, nil
		}
		data = data[n+k:]
	}
}
