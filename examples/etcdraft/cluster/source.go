package cluster

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"example.com/etcdraft/lib"
	"github.com/muster-mc/muster/inplace"
)

//go:embed preamble.go.txt
var preamble string

// source writes a run as a test that calls the library alone. There is none for what the
// preamble has no function for.
func (k *code) source(c Config) inplace.Source[input] {
	if c.Fine || c.CheckQuorum || c.Snapshots > 0 || c.Changes > 0 || c.Bug != "" {
		return inplace.Source[input]{}
	}
	voters := []string{"1", "2", "3"}[:c.Nodes]
	return inplace.Source[input]{
		Preamble: strings.NewReplacer("VOTERS", strings.Join(voters, ","), "PREVOTE", fmt.Sprint(c.PreVote)).Replace(preamble),
		Start:    func(name string, id int) string { return fmt.Sprintf("%s := start(t, %d)", name, id) },
		Step:     k.statement,
	}
}

// statement gives a node an input.
func (k *code) statement(name string, in input) string {
	switch in.Kind {
	case receive:
		return fmt.Sprintf("%s.receive(%s)", name, quoted(lib.Whole(k.messages.Look(in.Message))))
	case propose:
		return fmt.Sprintf("%s.propose(%q)", name, proposal(in.Number))
	case ask:
		return fmt.Sprintf("%s.read(%d)", name, in.Number)
	case transfer:
		return fmt.Sprintf("%s.transfer(%d)", name, in.Number)
	case tick:
		return name + ".heartbeat()"
	}
	return fmt.Sprintf("%s.%v()", name, in.Kind)
}

// quoted is a text in Go, without escapes if that is possible.
func quoted(text string) string {
	if strconv.CanBackquote(text) {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}
