package command

import (
	"fmt"
	"runtime/debug"
	"strings"
)

const modulePath = "github.com/muster-mc/muster"

// version prints what the program was built from.
func (t *tool) version() {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintf(t.out, "%s, built without version information\n", t.name)
		return
	}
	fmt.Fprintln(t.out, strings.Join(append([]string{t.name}, versions(info)...), " "))
}

// versions are those of the program, of Muster where that is another module,
// and of Go.
func versions(info *debug.BuildInfo) []string {
	words := []string{orDevel(info.Main.Version)}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			words = append(words, s.Value[:min(12, len(s.Value))])
		}
	}
	for _, m := range info.Deps {
		if m.Path == modulePath {
			words = append(words, "muster "+orDevel(m.Version))
		}
	}
	return append(words, info.GoVersion)
}

func orDevel(version string) string {
	if version == "" {
		return "(devel)"
	}
	return version
}
