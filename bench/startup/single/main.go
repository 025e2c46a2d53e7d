// Command single is what a user builds: the command line for one model.
package main

import (
	"os"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models/twophase"
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, twophase.Entry)) }
