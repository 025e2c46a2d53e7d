package twophase

import (
	"math/bits"
	"strconv"
	"strings"
)

// State is a global state. Messages are never taken out of the network, so all
// that matters about one is whether it was sent.
type State struct {
	SentPrepared       RMSet // who sent Prepared: it is prepared, unless it is one of the next
	Committed, Aborted RMSet // the others are prepared or working
	TMPrepared         RMSet // whose Prepared the transaction manager received
	TM                 TM
	Decision           Decision
}

func (s *State) commit(rm int) {
	s.Committed |= only(rm)
	s.Aborted &^= only(rm)
}

func (s *State) abort(rm int) {
	s.Aborted |= only(rm)
	s.Committed &^= only(rm)
}

// RM is a resource manager. They are interchangeable.
type RM uint8

// RMSet is a set of resource managers, a bit each.
type RMSet uint16

// only is the set of one. A shift by what is known to be less than 16 is one
// instruction.
func only(rm int) RMSet { return 1 << (uint(rm) % 16) }

func (set RMSet) String() string {
	var list []string
	for ; set != 0; set &= set - 1 {
		list = append(list, strconv.Itoa(bits.TrailingZeros16(uint16(set))))
	}
	return "{" + strings.Join(list, " ") + "}"
}

// TM is what the transaction manager has decided.
type TM uint8

const (
	Undecided TM = iota
	DecidedCommit
	DecidedAbort
)

func (tm TM) String() string {
	return [...]string{"Undecided", "DecidedCommit", "DecidedAbort"}[tm]
}

// Decision is the message by which the transaction manager tells everybody.
type Decision uint8

const (
	NotSent Decision = iota
	SentCommit
	SentAbort
)

func (d Decision) String() string {
	return [...]string{"NotSent", "SentCommit", "SentAbort"}[d]
}
