//go:build linux && !purego

package pages

import (
	"math/bits"
	"os"
	"strings"
	"sync"
	"syscall"
)

// unaccounted says that what is mapped need not be had until it is written to.
const unaccounted = syscall.MAP_NORESERVE

// roomFactor is how many times as much is mapped as is asked for, if there shall be
// room. Addresses are cheap where they have 64 bits and nobody counts them.
var roomFactor = sync.OnceValue(func() uint64 {
	if bits.UintSize < 64 || areCounted() {
		return 1
	}
	return 16
})

// areCounted reports whether what is mapped counts before it is written to: then
// others of this process, or of this machine, could go without.
func areCounted() bool {
	const never = "2" // to promise more memory than there is
	mode, err := os.ReadFile("/proc/sys/vm/overcommit_memory")
	if err != nil || strings.TrimSpace(string(mode)) == never {
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
