package mctest

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// again is the command that repeats a test, and no other.
func again(test string) string {
	var elements []string
	for e := range strings.SplitSeq(test, "/") {
		elements = append(elements, "^"+regexp.QuoteMeta(e)+"$")
	}
	return "\nagain: go test -run " + inShell(strings.Join(elements, "/")) + folder()
}

// inShell quotes an argument.
func inShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// folder is the package under test, as an argument of go test, if the binary
// knows it.
func folder() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	path, found := strings.CutSuffix(info.Path, ".test")
	if !found {
		return ""
	}
	return " " + path
}
