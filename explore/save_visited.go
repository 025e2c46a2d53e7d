package explore

import (
	"encoding/binary"
	"errors"
	"io"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/visited"
)

// The forms of the visited states in a checkpoint. Their order means nothing.
const (
	// formStates is the states themselves, in fragments as those of levels are.
	formStates = "states"

	// formPrints is the bits of their fingerprints that a compact set decides on:
	// the first word, little-endian, and the first byte of the second.
	formPrints = "fingerprints of 72 bits"
	printBytes = visited.Bits / 8
)

// form is what the set can be written in.
func (e *engine) form() string {
	if e.store.kind() == StoreExact {
		return formStates
	}
	return formPrints
}

// writeVisited writes the set without what it should not have yet.
func (e *engine) writeVisited(w *checkpoint.Writer) error {
	if e.form() == formPrints {
		return w.Section(sectionVisited, e.counts.Distinct*printBytes, e.writePrints)
	}
	var size length
	write := e.stateWriter()
	if err := write(&size); err != nil {
		return err
	}
	return w.Section(sectionVisited, uint64(size), write)
}

// length is how many bytes were written to it.
type length uint64

func (l *length) Write(b []byte) (int, error) {
	*l += length(len(b))
	return len(b), nil
}

// stateWriter returns what writes the states of an exact set.
func (e *engine) stateWriter() func(io.Writer) error {
	set, early := e.store.Set.(*visited.Exact), map[string]bool{}
	e.eachEarly(func(state []byte) { early[string(state)] = true })
	return func(to io.Writer) error {
		var head, data []byte
		states := 0
		flush := func() error {
			head = beginFragment(head[:0], states, len(data))
			_, first := to.Write(head)
			_, second := to.Write(data)
			states, data = 0, data[:0]
			return errors.Join(first, second)
		}
		for state := range set.States() {
			if early[string(state)] {
				continue
			}
			data = append(data, state...)
			if states++; states == fragmentStates || len(data) >= blockBytes {
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
}

// writePrints writes the fingerprints of the states of any other set.
func (e *engine) writePrints(to io.Writer) (err error) {
	early := e.earlyPrints()
	b := make([]byte, 0, printBytes)
	write := func(p fingerprint.Print) bool {
		if early[p] {
			return true
		}
		b = append(binary.LittleEndian.AppendUint64(b[:0], p.Hash), byte(p.Extra>>56))
		_, err = to.Write(b)
		return err == nil
	}
	if disk := e.store.disk; disk != nil {
		return errors.Join(disk.Prints(write), err)
	}
	e.store.Set.(*visited.Compact).Prints(write)
	return err
}

func (e *engine) earlyPrints() map[fingerprint.Print]bool {
	hasher, early := fingerprint.New(e.options.Seed), map[fingerprint.Print]bool{}
	e.eachEarly(func(state []byte) { early[visited.Known(hasher.Of(state))] = true })
	return early
}

// eachEarly yields the states which the set has already and nothing else has:
// those that were new in a round that was left after it had inserted them.
func (e *engine) eachEarly(yield func(state []byte)) {
	if !e.early {
		return
	}
	for i := range e.blocks {
		b := &e.blocks[i]
		for _, fresh := range b.fresh {
			for _, c := range fresh {
				yield(b.states.At(c))
			}
		}
	}
}
