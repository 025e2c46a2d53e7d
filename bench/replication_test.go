package bench

import (
	"cmp"
	"slices"

	"github.com/muster-mc/muster/model"
)

// byHand has the copy and the key of a replicated state, written for this type.
var byHand = keyed[replicated]{copy: copyReplicated, key: keyOfReplicated}

func copyReplicated(to, from *replicated) {
	*to = *from
	to.Leader = slices.Clone(from.Leader)
	for i := range to.Followers {
		to.Followers[i].Log = slices.Clone(from.Followers[i].Log)
	}
	to.Network = model.Bag[message]{}
	for _, m := range from.Network.Items() {
		to.Network.Add(m)
	}
}

func keyOfReplicated(text []byte, s *replicated) []byte {
	text = appendLog(text, s.Leader)
	for _, f := range s.Followers {
		text = append(appendLog(text, f.Log), f.Acked)
	}
	text = append(text, s.Committed)
	var few [8]message
	inFlight := append(few[:0], s.Network.Items()...)
	slices.SortFunc(inFlight, func(a, b message) int { return cmp.Compare(a.number(), b.number()) })
	for _, m := range inFlight {
		n := m.number()
		text = append(text, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return text
}

func appendLog(text, log []uint8) []byte { return append(append(text, uint8(len(log))), log...) }

// number identifies a message.
func (m message) number() uint32 {
	n := uint32(m.To)<<16 | uint32(m.Index)<<8 | uint32(m.Value)
	if m.IsAnswer {
		n |= 1 << 24
	}
	return n
}
