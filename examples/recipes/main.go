// Command recipes is a command line for the models of the recipes.
//
//	go run . list
//	go run . check network --bug no-number
//	go run . bugs
package main

import (
	"os"

	"example.com/recipes/crashes"
	"example.com/recipes/history"
	"example.com/recipes/large"
	"example.com/recipes/network"
	"example.com/recipes/register"
	"example.com/recipes/timeout"
	"example.com/recipes/tla"
	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command"
)

var entries = []catalog.Entry{network.Entry, timeout.Entry, crashes.Entry, large.Entry, history.Entry, register.Entry, tla.Entry}

func main() { os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, entries...)) }
