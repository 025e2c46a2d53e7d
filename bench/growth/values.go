package main

import (
	"strconv"

	"github.com/muster-mc/muster/catalog"
)

// valuesMost is how far beyond its default a parameter is followed.
const valuesMost = 8

// smaller are the values below its default that are tried of a number: the
// least, and one halfway.
func smaller(p catalog.Parameter) []string {
	first := defaultOf(p)
	if first == p.Min {
		return nil
	}
	values := []string{strconv.Itoa(p.Min)}
	if half := (p.Min + first) / 2; half > p.Min {
		values = append(values, strconv.Itoa(half))
	}
	return values
}

// larger are the values above its default that are tried of a number, close
// together at first, then further and further apart.
func larger(p catalog.Parameter) []string {
	first := defaultOf(p)
	var values []string
	for n := first + 1; n <= p.Max && len(values) < valuesMost; n += 1 + (n-first)/3 {
		values = append(values, strconv.Itoa(n))
	}
	return values
}

// defaultOf is the default of a number.
func defaultOf(p catalog.Parameter) int {
	n, _ := strconv.Atoi(p.Default) // catalog.Define has checked it
	return n
}

// otherWords are the values but its default of what is not a number.
func otherWords(p catalog.Parameter) []string {
	if p.Type == "bool" {
		return []string{"true"} // the default of a bool is false
	}
	var words []string
	for _, w := range p.OneOf {
		if w != p.Default {
			words = append(words, w)
		}
	}
	return words
}
