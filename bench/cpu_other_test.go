//go:build !unix

package bench

import "time"

var started = time.Now()

// cpu returns elapsed time, since the standard library has no processor time on this
// system.
func cpu() time.Duration { return time.Since(started) }
