package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// limited puts a process into a control group of version 1 or 2 with a memory limit, and
// returns a description of the limit.
func limited(pid int, most uint64) (limit string, release func()) {
	for _, kind := range []struct{ folder, file string }{
		{"/sys/fs/cgroup/memory", "memory.limit_in_bytes"},
		{"/sys/fs/cgroup", "memory.max"},
	} {
		group := filepath.Join(kind.folder, fmt.Sprintf("muster-budget-%d", os.Getpid()))
		if os.Mkdir(group, 0o755) != nil {
			continue
		}
		release := func() {
			for range 100 { // the kernel needs a moment to remove an ended process
				if os.Remove(group) == nil {
					return
				}
				time.Sleep(10 * time.Millisecond)
			}
		}
		if write(group, kind.file, most) == nil && write(group, "cgroup.procs", uint64(pid)) == nil {
			return "a control group", release
		}
		release()
	}
	return "nothing: there are no control groups for us", func() {}
}

func write(group, file string, n uint64) error {
	return os.WriteFile(filepath.Join(group, file), fmt.Append(nil, n), 0o644)
}
