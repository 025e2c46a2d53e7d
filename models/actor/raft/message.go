package raft

import (
	"fmt"

	"github.com/muster-mc/muster/network"
)

// Kind is a kind of message.
type Kind uint8

const (
	Broadcast Kind = iota
	VoteRequest
	VoteResponse
	LogRequest
	LogResponse
)

func (k Kind) String() string {
	return [...]string{"Broadcast", "VoteRequest", "VoteResponse", "LogRequest", "LogResponse"}[k]
}

// Message is a message of any kind.
type Message struct {
	Kind    Kind
	Term    uint8
	Last    uint8      // VoteRequest: the term of the last entry. LogRequest: that of the entry before Suffix
	Length  uint8      // VoteRequest: of the log. LogRequest: of the log before Suffix. LogResponse: what is acknowledged
	Commit  uint8      // LogRequest
	OK      bool       // VoteResponse, LogResponse
	Payload network.ID // Broadcast
	Suffix  Log        // LogRequest
}

func (m Message) String() string {
	switch m.Kind {
	case Broadcast:
		return fmt.Sprintf("Broadcast(%d)", m.Payload)
	case VoteRequest:
		return fmt.Sprintf("VoteRequest(term %d, log %d/%d)", m.Term, m.Length, m.Last)
	case VoteResponse:
		return fmt.Sprintf("VoteResponse(term %d, %t)", m.Term, m.OK)
	case LogRequest:
		return fmt.Sprintf("LogRequest(term %d, after %d/%d %v, commit %d)", m.Term, m.Length, m.Last, m.Suffix.TraceValue(), m.Commit)
	}
	return fmt.Sprintf("LogResponse(term %d, %t, %d)", m.Term, m.OK, m.Length)
}
