//go:build unix

package main

import (
	"os"
	"runtime"
	"syscall"
)

// usageOf returns the page faults and the peak memory of a process that has ended.
func usageOf(p *os.ProcessState) (faults int64, peak uint64) {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0, 0
	}
	faults, peak = int64(usage.Minflt)+int64(usage.Majflt), uint64(usage.Maxrss)
	if runtime.GOOS != "darwin" {
		peak <<= 10 // from KiB
	}
	return faults, peak
}
