// Package budget determines how much memory a search may take by default. The limit
// is the memory of the machine or, in a container, the limit of the process's control
// group, whichever is less: a search that exceeds the latter would be killed.
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

// unknown is the assumed memory on systems other than Linux.
const unknown = 8 << 30

// Default returns three quarters of the limit. The rest is for the program around the
// search, and for other programs.
func Default() uint64 { return of(os.DirFS("/")) / 4 * 3 }

// of returns the limit according to a system's files. A file that is missing or
// unreadable sets no limit. Tests give it files of their own, since the limits of a
// machine cannot be chosen.
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

// machine returns the memory of the machine, which is in a line of /proc/meminfo such
// as "MemTotal: 24683520 kB".
func machine(system fs.FS) uint64 {
	text, _ := fs.ReadFile(system, "proc/meminfo")
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		if len(words) < 2 || words[0] != "MemTotal:" {
			continue
		}
		// 54 bits, so that the number of bytes fits into a word.
		if kilobytes, err := strconv.ParseUint(words[1], 10, 54); err == nil {
			return kilobytes << 10
		}
	}
	return math.MaxUint64
}

// limits returns the files that may have a limit. In version 2 of control groups these
// are the files of the process's group and of all enclosing groups; in version 1 it is
// the file that a container sees as its own. The limit of an enclosing group holds for
// all groups in it together, so all of them are asked.
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

// groupOf returns the process's group, which is in the line "0::/group" of
// /proc/self/cgroup.
func groupOf(system fs.FS) string {
	text, _ := fs.ReadFile(system, "proc/self/cgroup")
	for line := range strings.Lines(string(text)) {
		if group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::"); ok {
			return path.Clean("/" + group)
		}
	}
	return "/"
}

// limit returns the limit in a file. A group without a limit has the word "max" in
// version 2, and a number larger than any memory in version 1.
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
