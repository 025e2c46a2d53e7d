// Command libraries checks two libraries that Go programs use, as they are: the code in the
// states is theirs, and nothing of it is written again.
//
//	go run . check limiter
//	go run . check limiter --late
//	go run . check placement
//	go run . bugs
package main

import (
	"os"

	"example.com/libraries/limiter"
	"example.com/libraries/placement"
	"github.com/muster-mc/muster/command"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, limiter.Entry, placement.Entry)) }
