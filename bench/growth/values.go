package main

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
)

const (
	// belowMax is the largest distance of the first value below the default.
	belowMax = 4

	// valuesMax is the largest number of values of a parameter.
	valuesMax = 9
)

// values returns consecutive values of a parameter, starting below its default.
func values(p catalog.Parameter) []int {
	first, _ := strconv.Atoi(p.Default) // catalog.Define has checked it
	var list []int
	for n := max(p.Min, first-belowMax); n <= p.Max && len(list) < valuesMax; n++ {
		list = append(list, n)
	}
	return list
}
