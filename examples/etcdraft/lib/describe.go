package lib

import (
	"fmt"
	"regexp"
	"strings"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// ends are the sender and the receiver at the beginning of a description. Traces show them
// anyway.
var ends = regexp.MustCompile(`^[0-9a-f]+->[0-9a-f]+ `)

// plain puts a description on one line.
func plain(description string) string {
	return strings.Join(strings.Fields(ends.ReplaceAllString(description, "")), " ")
}

// withContext is a description on one line, with sender, receiver and context: it tells
// apart whatever messages of a run differ.
func withContext(description string, context []byte) string {
	text := strings.Join(strings.Fields(description), " ")
	if len(context) > 0 {
		text += fmt.Sprintf(" Context:%q", context)
	}
	return text
}

func formatData(data []byte) string { return string(data) }
