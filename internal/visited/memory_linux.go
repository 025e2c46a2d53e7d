//go:build linux && !purego

package visited

import "syscall"

// preferHugePages is advice; where the system does not take it, small pages do.
func preferHugePages(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
