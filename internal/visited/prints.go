package visited

import "github.com/muster-mc/muster/internal/fingerprint"

// tailBits is how much of a fingerprint's second word the set decides on.
const tailBits = Bits - 64

// Known returns the part of a fingerprint that the set decides on: the rest of
// the bits are zero.
func Known(p fingerprint.Print) fingerprint.Print {
	p.Extra = p.Extra >> (64 - tailBits) << (64 - tailBits)
	return p
}

// Prints calls yield for every state in the set, with the part of its
// fingerprint that is known, until it returns false. The order is that of the
// partitions, and within each nearly that of the fingerprints, so that another
// set takes them in from front to back.
func (s *Compact) Prints(yield func(fingerprint.Print) bool) {
	for i := range s.parts {
		if !s.parts[i].prints(uint64(i), yield) {
			return
		}
	}
}

func (p *partition) prints(part uint64, yield func(fingerprint.Print) bool) (more bool) {
	for slot, entry := range p.slots {
		if entry == 0 {
			continue
		}
		word, rest := p.key(uint64(slot)/bucketSlots, entry)
		if !yield(joined(part, word, rest)) {
			return false
		}
	}
	return true
}

// joined is what [Candidate.key] splits.
func joined(part, word, rest uint64) fingerprint.Print {
	last := (word<<restBits | rest) & (1<<tailBits - 1)
	return fingerprint.Print{
		Hash:  part<<(64-partitionBits) | word>>partitionBits,
		Extra: last << (64 - tailBits),
	}
}
