//go:build !unix

package mc

import "os"

// resident is unknown on this system.
func resident(*os.ProcessState) int64 { return 0 }
