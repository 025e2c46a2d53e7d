//go:build !unix

package main

import "os"

// resident is unknown on this system.
func resident(*os.ProcessState) int64 { return 0 }
