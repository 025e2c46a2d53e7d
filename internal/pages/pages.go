// Package pages has memory in large pages. A table that is spread over small pages
// spends more time on finding pages than on reading them, and what is written once
// spends more on having each page made than on writing. What [Words] and [Bytes]
// return is mapped from the system, outside the reach of the garbage collector;
// what [Pieces] cut is Go's own.
package pages

// Huge is the size of a large page of the processors we know.
const Huge = 2 << 20

// Mapping is what must be given back. The zero Mapping is nothing.
type Mapping struct{ all []byte }

// Words is [Bytes] for n words.
func Words(n uint64) (words []uint64, m Mapping, ok bool) {
	if n*8 < Huge {
		return nil, Mapping{}, false
	}
	return mappedWords(n, n)
}

// Extensible is [Words] with room behind them: the slice can be extended up to its
// capacity, and what is there is zero too. Nothing is used until it is written to.
// There is no room where what is not used counts all the same.
func Extensible(n uint64) (words []uint64, m Mapping, ok bool) {
	if n*8 < Huge {
		return nil, Mapping{}, false
	}
	if words, m, ok = mappedWords(n, roomFactor()*n); ok {
		return words, m, true
	}
	return mappedWords(n, n)
}

// Bytes returns n zeroed bytes that begin where a large page does. It reports
// false if they are too few to be worth it, or are not to be had; Go's own memory
// will do then.
func Bytes(n uint64) (data []byte, m Mapping, ok bool) {
	if n < Huge {
		return nil, Mapping{}, false
	}
	return mapped(n, n)
}
