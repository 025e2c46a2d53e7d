package gotest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Annotation is a workflow command by which GitHub Actions shows a failure beside the
// line of the test. It is empty elsewhere. GitHub reads commands from the output of a
// step, and permits spaces in front of one, so that go test may indent it.
func Annotation(test string, site Site, text string) string {
	if os.Getenv("GITHUB_ACTIONS") != "true" {
		return ""
	}
	return fmt.Sprintf("\n\n::error file=%s,line=%d,title=%s::%s", property.Replace(site.inWorkspace()),
		site.Line, property.Replace(test), message.Replace(strings.TrimSpace(text)))
}

// A workflow command ends with its line, and its properties at a comma or a colon.
var (
	message  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// inWorkspace is the path of the file in the repository, as GitHub wants it. The
// directory of a test is known by running in it: the compiler may have trimmed paths.
func (c Site) inWorkspace() string {
	file, err := filepath.Abs(filepath.Join(c.Dir, c.File))
	if err != nil {
		return c.File
	}
	if relative, err := filepath.Rel(os.Getenv("GITHUB_WORKSPACE"), file); err == nil {
		file = relative
	}
	return filepath.ToSlash(file)
}
