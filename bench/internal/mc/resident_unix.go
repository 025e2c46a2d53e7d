//go:build unix

package mc

import (
	"os"
	"runtime"
	"syscall"
)

// resident is the most memory that a process had, in bytes.
func resident(p *os.ProcessState) int64 {
	usage := p.SysUsage().(*syscall.Rusage)
	if runtime.GOOS == "darwin" { // which counts bytes, where others count kibibytes
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10
}
