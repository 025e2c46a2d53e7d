// Package pages allocates memory in large pages of the system.
//
// The large tables and logs of a search are read and written at random, or
// written once from front to back. In pages of the usual 4 KiB the first kind
// spends more time on address translation than on the data, because the
// processor's translation buffer covers only a few megabytes; the second kind
// spends more time on page faults than on writing. Pages of 2 MiB avoid both.
// The benchmark FirstTouch shows the cost of page faults.
//
// There are two sources of such memory:
//
//   - [Words], [Extensible] and [Bytes] map memory from the system. The garbage
//     collector does not see it, so the caller releases the [Mapping] by hand.
//     An [Arena] allocates small slices from such mappings and releases all of
//     them together.
//   - [Chunks] allocates small slices from large blocks of Go's own memory,
//     which the garbage collector frees, and advises the system to put these
//     blocks into large pages.
//
// Mappings exist on Unix only, large pages on Linux only. On other systems and
// with the build tag purego, the functions report false and callers use Go's
// memory, so only speed depends on this package.
package pages

// Huge is the size of a large page on amd64 and arm64.
const Huge = 2 << 20

// Mapping is memory that the caller has to release. The zero Mapping is empty.
type Mapping struct{ all []byte }

// Words returns n zeroed words. It behaves as [Bytes] does.
func Words(n uint64) (words []uint64, m Mapping, ok bool) {
	if n*8 < Huge {
		return nil, Mapping{}, false
	}
	return mappedWords(n, n)
}

// Extensible returns n zeroed words as [Words] does, followed by reserved
// address space: the caller may extend the slice up to its capacity, and the
// words there are zero too. The reserve takes no memory until it is written to.
// There is no reserve on systems that count reserved memory as used.
func Extensible(n uint64) (words []uint64, m Mapping, ok bool) {
	if n*8 < Huge {
		return nil, Mapping{}, false
	}
	if words, m, ok = mappedWords(n, reserveFactor()*n); ok {
		return words, m, true
	}
	return mappedWords(n, n)
}

// Bytes returns n zeroed bytes that start at the beginning of a large page. It
// reports false if n is less than a large page or the system refuses; the caller
// then uses Go's own memory.
func Bytes(n uint64) (data []byte, m Mapping, ok bool) {
	if n < Huge {
		return nil, Mapping{}, false
	}
	return mapped(n, n)
}
