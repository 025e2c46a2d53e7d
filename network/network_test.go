package network_test

import (
	"fmt"

	"github.com/muster-mc/muster/network"
)

// message is a message of the tests.
type message struct {
	kind kind
	n    uint8
}

type kind uint8

const (
	request kind = iota
	reply
)

func (m message) String() string {
	return fmt.Sprintf("%s(%d)", [...]string{"request", "reply"}[m.kind], m.n)
}

type (
	envelope = network.Envelope[message]
	out      = network.Out[message]
)
