// Command raftlog checks logs of go.etcd.io/raft/v3 against a model of it.
package main

import (
	"os"

	"example.com/raftlog/spec"
	"github.com/muster-mc/muster/command"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, spec.Raft)) }
