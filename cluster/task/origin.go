package task

import (
	"encoding/binary"
	"errors"

	"github.com/muster-mc/muster/internal/predecessor"
)

// OriginWriter writes where the candidates of a block came from: for each one, in the order
// of the search, its partition, the difference of its parent's number to that of the
// candidate before, and which successor of the parent it is, as varints.
type OriginWriter struct {
	Data []byte
	last uint64 // the parent before
}

// NewOriginWriter returns a writer whose first difference counts from a parent's number.
func NewOriginWriter(base uint64) *OriginWriter { return &OriginWriter{last: base} }

// Add appends a candidate.
func (w *OriginWriter) Add(partition int, l predecessor.Link) {
	w.Data = binary.AppendUvarint(w.Data, uint64(partition))
	w.Data = binary.AppendUvarint(w.Data, l.Parent-w.last)
	w.Data = binary.AppendUvarint(w.Data, l.Ordinal)
	w.last = l.Parent
}

// Fresh is the candidates of a block that are new, in order.
type Fresh struct {
	Links      []predecessor.Link
	partitions []uint32 // of each
	at         int      // the next one
}

var errOrigins = errors.New("the origins of a block's candidates are no list of them")

// Fresh finds the new candidates among all whose origins are given. Base is what the first
// difference counts from. The error is of origins that no [OriginWriter] has written, or not
// with as many candidates as there are marks.
func (m *Marks) Fresh(origins []byte, base uint64) (f Fresh, err error) {
	count := m.count()
	f.Links, f.partitions = make([]predecessor.Link, 0, count), make([]uint32, 0, count)
	l := predecessor.Link{Parent: base}
	for len(origins) > 0 {
		var read [3]uint64
		for i := range read {
			n := 0
			if read[i], n = binary.Uvarint(origins); n <= 0 {
				return f, errOrigins
			}
			origins = origins[n:]
		}
		if read[0] >= uint64(len(m.bits)) {
			return f, errOrigins
		}
		l.Parent, l.Ordinal = l.Parent+read[1], read[2]
		if m.isNew(int(read[0])) {
			f.Links = append(f.Links, l)
			f.partitions = append(f.partitions, uint32(read[0]))
		}
	}
	if m.over {
		return f, errOrigins
	}
	return f, nil
}

// isNext reports whether the next new candidate is of this partition, as it was before.
func (f *Fresh) isNext(partition int) bool {
	f.at++
	return f.at <= len(f.partitions) && f.partitions[f.at-1] == uint32(partition)
}
