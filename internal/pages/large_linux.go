//go:build linux && !purego

package pages

import (
	"math/bits"
	"os"
	"strings"
	"sync"
	"syscall"
)

// preferHuge asks for large pages. It ignores a refusal: the memory is then in
// small pages, which are slower but equally correct.
func preferHuge(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }

// unaccounted is the flag of mmap for memory that the system need not set aside
// before it is written to.
const unaccounted = syscall.MAP_NORESERVE

// reserveFactor returns how many times its size an extensible slice reserves:
// addresses of 64 bits are plentiful, unless the system counts reserved memory.
var reserveFactor = sync.OnceValue(func() uint64 {
	if bits.UintSize < 64 || countsReserved() {
		return 1
	}
	return 16
})

// countsReserved reports whether the system counts memory as used before it is
// written to. A large reserve would then keep memory from other parts of this
// process, or from other processes.
func countsReserved() bool {
	const strict = "2" // the mode in which the system never promises more memory than it has
	mode, err := os.ReadFile("/proc/sys/vm/overcommit_memory")
	if err != nil || strings.TrimSpace(string(mode)) == strict {
		return true
	}
	for _, resource := range []int{syscall.RLIMIT_AS, syscall.RLIMIT_DATA} {
		var limit syscall.Rlimit
		if err := syscall.Getrlimit(resource, &limit); err != nil || limit.Cur != ^uint64(0) {
			return true
		}
	}
	return false
}
