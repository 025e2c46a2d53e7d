//go:build linux && !purego

package pages

import "syscall"

// preferHuge is advice; where the system does not take it, small pages do.
func preferHuge(b []byte) { _ = syscall.Madvise(b, syscall.MADV_HUGEPAGE) }
