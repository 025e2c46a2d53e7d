// Package budget finds out how much memory a process may take: what the machine
// has, or less if it runs in a control group with a limit.
package budget

import (
	"bufio"
	"bytes"
	"io/fs"
	"math"
	"os"
	"path"
	"strconv"
	"strings"
)

// unknown is the memory of a machine that does not say what it has. Only Linux
// is asked.
const unknown = 8 << 30

// Default is three quarters of the memory there is: the rest is for the program
// around the search, and for others.
func Default() uint64 { return of(os.DirFS("/")) / 4 * 3 }

// of reads a system's files. Where there is none there is no limit by it.
func of(system fs.FS) uint64 {
	least := machine(system)
	for _, file := range limits(system) {
		least = min(least, limit(system, file))
	}
	if least == math.MaxUint64 {
		return unknown
	}
	return least
}

// machine is the memory that the system has, in the line of /proc/meminfo that
// says "MemTotal: 24683520 kB".
func machine(system fs.FS) uint64 {
	text, _ := fs.ReadFile(system, "proc/meminfo")
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 2 || words[0] != "MemTotal:" {
			continue
		}
		if kilobytes, err := strconv.ParseUint(words[1], 10, 54); err == nil {
			return kilobytes << 10
		}
	}
	return math.MaxUint64
}

// limits are the files that may have a limit: those of the process's own group
// and of all around it, in the second version of control groups, and the one of
// a container in the first.
func limits(system fs.FS) []string {
	const root = "sys/fs/cgroup"
	files := []string{root + "/memory/memory.limit_in_bytes"}
	for group := groupOf(system); ; group = path.Dir(group) {
		files = append(files, path.Join(root, group, "memory.max"))
		if group == "/" {
			return files
		}
	}
}

// groupOf is the process's group, in the line "0::/group" of /proc/self/cgroup.
func groupOf(system fs.FS) string {
	text, _ := fs.ReadFile(system, "proc/self/cgroup")
	for line := range strings.Lines(string(text)) {
		if group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			return path.Clean("/" + group)
		}
	}
	return "/"
}

// limit is the number in a file. No limit is the word "max", or in the first
// version a number larger than any machine.
func limit(system fs.FS, file string) uint64 {
	text, err := fs.ReadFile(system, file)
	if err != nil {
		return math.MaxUint64
	}
	bytes, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || bytes == 0 {
		return math.MaxUint64
	}
	return bytes
}
