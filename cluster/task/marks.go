package task

import (
	"context"
	"math/bits"
)

// Marks says which candidates of a block are new, one after the other.
type Marks struct {
	bits [][]byte // by partition
	at   []uint64 // by partition: candidates so far
	over bool     // more were asked about than there are bits
}

// NewMarks returns the marks of a block: by partition a bit for each candidate, 1 for a new
// one, the lowest bit of a byte first.
func NewMarks(bits [][]byte) *Marks { return &Marks{bits: bits, at: make([]uint64, len(bits))} }

// IsNew reports whether the next candidate is new, by the first word of its fingerprint.
func (m *Marks) IsNew(hash uint64) bool { return m.isNew(PartitionOf(hash, len(m.bits))) }

// isNew is the same, by the candidate's partition.
func (m *Marks) isNew(q int) bool {
	i := m.at[q]
	m.at[q]++
	if i/8 >= uint64(len(m.bits[q])) {
		m.over = true
		return false
	}
	return m.bits[q][i/8]>>(i%8)&1 == 1
}

// count is the number of candidates that are new.
func (m *Marks) count() (n int) {
	for _, list := range m.bits {
		for _, b := range list {
			n += bits.OnesCount8(b)
		}
	}
	return n
}

// Over reports whether more candidates were asked about than there were before.
func (m *Marks) Over() bool { return m.over }

func (d *Doer) marks(ctx context.Context, t *Task) (*Marks, error) {
	list, err := d.readAll(ctx, t.New)
	return NewMarks(list), err
}

// MarksOf reads which candidates of a block are new, for the coordinator.
func (d *Doer) MarksOf(ctx context.Context, t *Task) (*Marks, error) { return d.marks(ctx, t) }
