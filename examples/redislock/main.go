// Command redislock is a command line for the model of a lock with leases and fencing
// tokens. The lock itself is in folder redislock, as code that uses Redis.
//
//	go run . check fence
//	go run . bugs
package main

import (
	"os"

	"example.com/redislock/fence"
	"github.com/muster-mc/muster/command"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, fence.Entry)) }
