package explore

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"math/bits"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/frontier"
)

// The sections of a checkpoint.
const (
	sectionIdentity = "identity" // a Checkpoint
	sectionStanding = "standing" // a standing
	sectionLog      = "log"      // as lineage has it
	sectionLevel    = "level"    // the states of the level yet to be expanded, in order
	sectionNext     = "next"     // the states of the next level, as far as it was made
	sectionVisited  = "visited"  // all states, in the form that the standing names
)

// standing is where a run stands between two rounds, but for what there is of
// every state.
type standing struct {
	Making   int            `json:"making"` // as in engine
	First    uint64         `json:"first"`
	Counts   Counts         `json:"counts"`
	Coverage [][3]uint64    `json:"coverage"` // attempts, enabled, discovered by action
	Findings []savedFinding `json:"findings"`
	Applied  []uint64       `json:"applied"` // by implication
	Guards   []savedGuard   `json:"guards"`
	Visited  string         `json:"visited"` // the form
	Stores   []StoreKind    `json:"stores"`  // the kinds of set that were in use
}

type savedFinding struct {
	Kind    int    `json:"kind"`
	Parent  uint64 `json:"parent"`
	Sub     uint64 `json:"sub"`
	Initial bool   `json:"initial"`
	Detail  string `json:"detail"`
}

type savedGuard struct {
	Name    string `json:"name"`
	Refused bool   `json:"refused"`
}

func (e *engine) standing() *standing {
	s := &standing{
		Making: e.making, First: e.settledFirst, Counts: e.counts, Visited: e.form(), Stores: e.store.kinds,
		Coverage: [][3]uint64{}, Findings: []savedFinding{},
		Applied: e.applied, Guards: []savedGuard{},
	}
	for name, refused := range e.allGuards().All() {
		s.Guards = append(s.Guards, savedGuard{name, refused})
	}
	for _, c := range e.coverage {
		s.Coverage = append(s.Coverage, [3]uint64{c.attempts, c.enabled, c.discovered})
	}
	for kind, f := range e.found.first {
		if f.exists {
			s.Findings = append(s.Findings, savedFinding{kind, f.at.parent, f.at.sub, f.initial, f.detail})
		}
	}
	return s
}

// writeTo writes a checkpoint. Between two rounds everything agrees; in a round
// that was left in the middle, only the set may be ahead of the rest.
func (e *engine) writeTo(w *checkpoint.Writer) error {
	level := e.level[e.settledAt:]
	for _, write := range []func() error{
		func() error { return writeJSON(w, sectionIdentity, e.keeper.identity) },
		func() error { return writeJSON(w, sectionStanding, e.standing()) },
		func() error { return e.writeObserved(w) },
		func() error { return w.Section(sectionLog, e.log.Bytes(), e.log.Save) },
		func() error { return writeStates(w, sectionLevel, level) },
		func() error { return writeStates(w, sectionNext, e.next) },
		func() error { return e.writeVisited(w) },
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

func writeJSON(w *checkpoint.Writer, section string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Section(section, uint64(len(text)), func(to io.Writer) error {
		_, err := to.Write(text)
		return err
	})
}

// writeStates writes fragments, each as how many states and bytes it has and
// then the states. Where one ends says nothing.
func writeStates(w *checkpoint.Writer, section string, list []frontier.Fragment) error {
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

// beginFragment appends what stands before a fragment's states.
func beginFragment(b []byte, states, bytes int) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(b, uint64(states)), uint64(bytes))
}

// varintBytes is how many bytes a number takes, seven bits in each.
func varintBytes(n int) uint64 { return uint64(bits.Len(uint(n)|1)+6) / 7 }
