//go:build unix

package bench

import (
	"syscall"
	"time"
)

// cpu returns the processor time of this process: on a machine with other work
// to do it says more than the clock on the wall.
func cpu() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err)
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
