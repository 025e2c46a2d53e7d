package catalog

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// RangeError is the error for a value that its parameter does not permit.
type RangeError struct {
	Parameter Parameter
	Got       string
}

func (e *RangeError) Error() string {
	return fmt.Sprintf("--%s %s: want %s", e.Parameter.Name, e.Got, e.Parameter.Range())
}

// DefinitionError is a mistake in the definition of an entry or of a Config. It is the
// value of a panic, which a command line prints as an error: the programmer who tries out
// a model has no need of a stack.
type DefinitionError struct{ Problem string }

func (e *DefinitionError) Error() string { return "catalog: " + e.Problem }

// UnknownError is the error for a name that is not known.
type UnknownError struct {
	What    string   // the kind of thing: model, bug, fix, parameter
	Of      string   // the model that has no such bug, fix or parameter, or ""
	Got     string   // the unknown name
	Nearest string   // the known name that the user probably meant, or ""
	Known   []string // all known names
}

// Unknown returns an UnknownError with the nearest known name.
func Unknown(what, of, got string, known []string) *UnknownError {
	return &UnknownError{What: what, Of: of, Got: got, Nearest: nearest(got, known), Known: known}
}

func (e *UnknownError) Error() string {
	if e.Nearest != "" {
		return e.Problem() + " " + e.Choices() // the problem ends with a question mark
	}
	return e.Problem() + "; " + e.Choices()
}

// Problem returns the first half of the error: the unknown name, and the nearest one.
func (e *UnknownError) Problem() string {
	s := fmt.Sprintf("no %s %q", e.What, e.Got)
	if e.Of != "" {
		s = e.Of + " has " + s
	}
	if e.Nearest != "" {
		s += fmt.Sprintf("; did you mean %s?", e.Nearest)
	}
	return s
}

// manyNames is how many names are too many for one line. A list of more shows a group, such
// as actor/abd and actor/paxos, as actor/...
const manyNames = 20

// Choices returns the second half of the error: the known names. If they are many, it
// returns those of the group that the unknown name is the name of, or all names with one
// entry for each group.
func (e *UnknownError) Choices() string {
	names := e.Known
	if len(names) > manyNames {
		if names = inGroup(e.Known, e.Got); names == nil {
			names = grouped(e.Known)
		}
	}
	switch len(names) {
	case 0:
		return "there is no " + e.What
	case 1:
		return "there is only " + names[0]
	}
	return "there are " + strings.Join(names, ", ")
}

// inGroup returns the names of a group.
func inGroup(names []string, group string) (list []string) {
	for _, name := range names {
		if strings.HasPrefix(name, strings.TrimSuffix(group, "/")+"/") {
			list = append(list, name)
		}
	}
	return list
}

// grouped returns names without a group as they are, and one entry for each group of two
// names or more.
func grouped(names []string) (list []string) {
	for _, name := range names {
		if group, _, found := strings.Cut(name, "/"); found && len(inGroup(names, group)) > 1 {
			name = group + "/..."
		}
		if !slices.Contains(list, name) {
			list = append(list, name)
		}
	}
	return list
}

// nearest returns the known name with the smallest edit distance, with or without its
// group. It returns "" if the distance exceeds a third of the letters, but at least
// one.
func nearest(got string, known []string) string {
	best, fewest := "", max(1, len(got)/3)+1
	for _, name := range known {
		if d := min(distance(got, name), distance(got, path.Base(name))); d < fewest {
			best, fewest = name, d
		}
	}
	return best
}

// distance returns the optimal string alignment distance: the number of letters to
// insert, delete, replace or swap with their neighbour in order to get b from a.
func distance(a, b string) int {
	var before []int // the row before the last
	last := count(len(b) + 1)
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}

func count(n int) []int {
	row := make([]int, n)
	for i := range row {
		row[i] = i
	}
	return row
}
