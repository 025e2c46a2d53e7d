package budget

import (
	"testing"
	"testing/fstest"
)

func TestOf(t *testing.T) {
	const (
		meminfo = "proc/meminfo"
		self    = "proc/self/cgroup"
		root    = "sys/fs/cgroup/memory.max"
		outer   = "sys/fs/cgroup/outer/memory.max"
		inner   = "sys/fs/cgroup/outer/inner/memory.max"
		first   = "sys/fs/cgroup/memory/memory.limit_in_bytes"

		eightGiB = "SwapTotal: 1 kB\nMemTotal:  8388608 kB\nMemFree: 5 kB\n"
	)
	for name, c := range map[string]struct {
		files map[string]string
		want  uint64
	}{
		"a system that says nothing": {nil, unknown},
		"the machine":                {map[string]string{meminfo: eightGiB}, 8 << 30},
		"a container":                {map[string]string{meminfo: eightGiB, self: "0::/\n", root: "1048576\n"}, 1 << 20},
		"no limit":                   {map[string]string{meminfo: eightGiB, self: "0::/\n", root: "max\n"}, 8 << 30},
		"more than there is":         {map[string]string{meminfo: eightGiB, root: "99999999999999\n"}, 8 << 30},
		"the group":                  {map[string]string{meminfo: eightGiB, self: "1:cpu:/x\n0::/outer/inner\n", outer: "max\n", inner: "5000\n"}, 5000},
		"the group around it":        {map[string]string{meminfo: eightGiB, self: "0::/outer/inner\n", outer: "4000\n", inner: "5000\n"}, 4000},
		"the first version":          {map[string]string{meminfo: eightGiB, self: "4:memory:/outer\n", first: "3000\n"}, 3000},
		"no limit in the first":      {map[string]string{meminfo: eightGiB, first: "9223372036854771712\n"}, 8 << 30},
		"nonsense":                   {map[string]string{meminfo: "MemTotal:\nMemTotal: much kB\n", self: "0::\n", root: "\n", first: "-1\n"}, unknown},
		"outside of the tree":        {map[string]string{meminfo: eightGiB, self: "0::/../../outer\n", outer: "6000\n"}, 6000},
	} {
		t.Run(name, func(t *testing.T) {
			system := fstest.MapFS{}
			for path, text := range c.files {
				system[path] = &fstest.MapFile{Data: []byte(text)}
			}
			if got := of(system); got != c.want {
				t.Errorf("%d bytes, want %d", got, c.want)
			}
		})
	}
}

func TestDefaultIsSomething(t *testing.T) {
	if got := Default(); got < 1<<20 {
		t.Errorf("only %d bytes", got)
	}
}
