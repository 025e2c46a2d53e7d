package explore

import (
	"encoding/binary"
	"reflect"
	"slices"

	"github.com/dgraph-io/ristretto/v2"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/model"
)

// verdictsMax is how many verdicts on parts of states are remembered.
const verdictsMax = 1 << 16

// verdicts remembers what properties said of parts of states. It is a cache
// that forgets as it likes: what it does not know is judged again.
//
// A part is known by two hashes of 64 bits, so the chance that two parts are
// taken for one is far below that of the visited set.
type verdicts struct {
	cache *ristretto.Cache[uint64, verdict]
}

type verdict struct {
	extra uint64 // the second hash
	holds bool
}

// newVerdicts returns a memory for so many, or nil if there is no use for it.
func newVerdicts[S any](properties []model.Property[S], entries int) (*verdicts, error) {
	reads := func(p model.Property[S]) bool { return p.Part != nil }
	if entries < 0 || !slices.ContainsFunc(properties, reads) {
		return nil, nil
	}
	c, err := ristretto.NewCache(&ristretto.Config[uint64, verdict]{
		NumCounters: int64(entries) * 10, MaxCost: int64(entries), BufferItems: 64,
		IgnoreInternalCost: true,
	})
	return &verdicts{c}, err
}

func (v *verdicts) close() {
	if v != nil {
		v.cache.Close()
	}
}

// reader judges one property by the part of a state that it reads. It is for
// one worker.
type reader[S any] struct {
	known  *verdicts
	part   *model.Part[S]
	codec  *codec.Part
	hasher *fingerprint.Hasher
	value  reflect.Value // the part that was read last
	into   any           // a pointer to it
	bytes  []byte
	index  uint64 // tells parts of different properties apart
}

// newReaders returns a reader for each property that has use for one, by its
// index.
func newReaders[S any](e *engine[S]) ([]*reader[S], error) {
	list := make([]*reader[S], len(e.model.Properties))
	for i, p := range e.model.Properties {
		if p.Part == nil || e.verdicts == nil {
			continue
		}
		c, err := codec.ForType(p.Part.Type)
		if err != nil {
			return nil, &ModelError{e.model.Name, "property " + p.Name + ": what it reads " + err.Error()}
		}
		at := reflect.New(p.Part.Type)
		list[i] = &reader[S]{
			known: e.verdicts, part: p.Part, codec: c, hasher: fingerprint.New(e.options.Seed),
			value: at.Elem(), into: at.Interface(), index: uint64(i),
		}
	}
	return list, nil
}

// holds is the verdict on a state, remembered or new.
func (r *reader[S]) holds(s *S) bool {
	r.part.Read(s, r.into)
	r.bytes = r.codec.Append(binary.AppendUvarint(r.bytes[:0], r.index), r.value)
	p := r.hasher.Of(r.bytes)
	if v, ok := r.known.cache.Get(p.Hash); ok && v.extra == p.Extra {
		return v.holds
	}
	holds := r.part.Holds(r.into)
	r.known.cache.Set(p.Hash, verdict{p.Extra, holds}, 1)
	return holds
}
