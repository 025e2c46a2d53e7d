package main

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
)

const (
	// belowMost is how far below its default a parameter begins.
	belowMost = 4

	// valuesMost is how many values it is given.
	valuesMost = 9
)

// values are those that a number is given: neighbours, from a little below its
// default on.
func values(p catalog.Parameter) []int {
	first, _ := strconv.Atoi(p.Default) // catalog.Define has checked it
	var list []int
	for n := max(p.Min, first-belowMost); n <= p.Max && len(list) < valuesMost; n++ {
		list = append(list, n)
	}
	return list
}
