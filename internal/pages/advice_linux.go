//go:build linux && !purego

package pages

import "syscall"

// Memory that was mapped is none until it is written to, and is not accounted for
// beforehand if that is asked for.
const (
	unaccounted = syscall.MAP_NORESERVE
	roomFactor  = 1 + 15*uint64(^uintptr(0)>>63) // addresses are cheap where they have 64 bits
)

// preferHuge is advice; where the system does not take it, small pages do.
func preferHuge(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
