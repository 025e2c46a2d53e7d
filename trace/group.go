package trace

import (
	"strconv"
	"strings"
)

// group has changes that are shown together: those of one element, such as Nodes[0], or
// changes without a common element.
type group struct {
	element string // empty if there is no common element
	changes []Change
}

// groupsOf groups changes by element. Path of a grouped change is the path within the
// element. An element with a single change has no group of its own.
func groupsOf(changes []Change) []group {
	var list []group
	for len(changes) > 0 {
		n, element := sameElement(changes)
		if element == "" && len(list) > 0 && list[len(list)-1].element == "" {
			last := &list[len(list)-1]
			last.changes = append(last.changes, changes[:n]...)
		} else {
			list = append(list, group{element, inElement(element, changes[:n])})
		}
		changes = changes[n:]
	}
	return list
}

// sameElement returns how many changes, from the first one on, are in one element, and
// the element if there are two or more.
func sameElement(changes []Change) (n int, element string) {
	first, _ := cutElement(changes[0].Path)
	n = 1
	for first != "" && n < len(changes) {
		if e, _ := cutElement(changes[n].Path); e != first {
			break
		}
		n++
	}
	if n == 1 {
		return 1, ""
	}
	return n, first
}

// inElement returns the changes with their paths within an element.
func inElement(element string, changes []Change) []Change {
	list := append([]Change{}, changes...)
	for i := range list {
		list[i].Path = strings.TrimPrefix(list[i].Path[len(element):], ".")
	}
	return list
}

// cutElement cuts a path behind its first element: Nodes[1] and .Phase. A path that
// leads to a whole element, or to none, is not cut.
func cutElement(path string) (element, rest string) {
	open := strings.IndexByte(path, '[')
	if open < 0 {
		return "", path
	}
	end := open + indexLength(path[open:])
	if end == open || end == len(path) {
		return "", path
	}
	return path[:end], path[end:]
}

// indexLength returns the length of the index in brackets at the start of s, or 0. A key
// of a map may contain brackets, in quotes or not.
func indexLength(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			quoted, err := strconv.QuotedPrefix(s[i:])
			if err != nil {
				return 0
			}
			i += len(quoted) - 1
		case '[', '{', '(':
			depth++
		case ']', '}', ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
