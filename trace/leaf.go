package trace

import (
	"slices"
	"strings"
)

// Leaf is a part of a state without parts of its own, and its path.
type Leaf struct {
	Path  string `json:"path"` // such as Nodes[1].Phase
	Value string `json:"value"`
}

// Leaves returns the leaves of a value in the order of its fields. A set and a queue are
// leaves, since their elements have no paths.
func (v Value) Leaves() []Leaf { return v.appendLeaves(nil, "") }

func (v Value) appendLeaves(to []Leaf, path string) []Leaf {
	if len(v.parts) == 0 || v.kind == bag || v.kind == queue {
		return append(to, Leaf{strings.TrimPrefix(path, "."), v.String()})
	}
	for _, p := range v.parts {
		to = p.value.appendLeaves(to, path+p.step)
	}
	return to
}

// Field returns the leaf's path without indices and keys, such as Nodes.Phase.
func (l Leaf) Field() string {
	var field strings.Builder
	rest := l.Path
	for {
		before, inside, open := strings.Cut(rest, "[")
		_, after, closed := strings.Cut(inside, "]")
		if !open || !closed {
			field.WriteString(rest)
			return field.String()
		}
		field.WriteString(before)
		rest = after
	}
}

// In reports whether the leaf belongs to a field. The field is a path or a prefix of one
// (Nodes[1]), or one or several names from anywhere in the path (Nodes, Phase,
// Nodes.Phase). Names match all elements.
func (l Leaf) In(field string) bool {
	if strings.Contains(field, "[") {
		rest, ok := strings.CutPrefix(l.Path, field)
		return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
	}
	names, wanted := strings.Split(l.Field(), "."), strings.Split(field, ".")
	for i := range len(names) - len(wanted) + 1 {
		if slices.Equal(names[i:i+len(wanted)], wanted) {
			return true
		}
	}
	return false
}
