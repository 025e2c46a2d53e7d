package cli

import (
	"fmt"
	"runtime/debug"
	"strings"
)

const modulePath = "github.com/muster-mc/muster"

// version prints the versions from which the program was built.
func (a *App) version() {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		fmt.Fprintf(a.Out, "%s, built without version information\n", a.Program)
		return
	}
	fmt.Fprintln(a.Out, strings.Join(append([]string{a.Program}, versions(info)...), " "))
}

// versions are the version of the program, that of Muster where it is another
// module, and that of Go.
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
