// Command queue is a command line for a model of one's own: the same commands
// and flags as Muster's catalogue has.
//
//	go run . check queue
//	go run . check queue --bug forget-taken
//	go run . bugs
package main

import (
	"os"

	"example.com/queue/jobs"
	"github.com/muster-mc/muster/command"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, jobs.Entry)) }
