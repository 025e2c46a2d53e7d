package gotest

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// Again is the line with the command that repeats a test, and no other. go test splits the pattern at
// slashes and matches each part alone, so each is anchored alone. Without anchors, a test
// whose name contains this one's would run too.
func Again(test string) string {
	var elements []string
	for e := range strings.SplitSeq(test, "/") {
		elements = append(elements, "^"+regexp.QuoteMeta(e)+"$")
	}
	return "\nagain: go test -run " + inShell(strings.Join(elements, "/")) + folder()
}

// inShell quotes an argument.
func inShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// folder is the package under test, as an argument of go test, if the binary knows it. go
// test builds a binary whose path is that of the package with .test at the end. A binary
// that was built otherwise is repeated in the folder where it runs.
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
