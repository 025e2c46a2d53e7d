//go:build !unix

package bench

import "time"

var started = time.Now()

// cpu stands in for processor time, which the standard library does not tell
// here.
func cpu() time.Duration { return time.Since(started) }
