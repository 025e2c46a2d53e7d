//go:build unix

package bench

import (
	"syscall"
	"time"
)

// cpu returns the processor time of this process, which other load on the machine
// influences less than elapsed time.
func cpu() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
