package orbit

import (
	"reflect"
	"slices"
	"strings"

	"github.com/muster-mc/muster/model"
)

// Candidate is a part of a state type that looks as if its values were interchangeable,
// and is not declared. Only its author knows whether they are.
type Candidate struct {
	Path     string // of an array, or of the first value of a type
	Elements int    // of the array; 0 for a type
	Type     string // of the values, if the candidate is a type
}

// identityWords are how the names of types end that tell things apart. Most integer types of
// a state are numbers or phases, and to propose them would hide the few that matter.
var identityWords = []string{"ID", "Id", "Key", "Node", "Client", "Actor"}

// Candidates lists the arrays of two to 20 structs, arrays, sets or bags that no
// interchangeable values index, and the integer types that are named like identities.
func Candidates(state reflect.Type, symmetries []model.Symmetry) []Candidate {
	c := candidates{declared: map[reflect.Type]bool{}}
	for _, s := range symmetries {
		c.declared[s.Type] = true
		for _, set := range s.Sets {
			c.declared[set.Type] = true
		}
	}
	c.walk(state, "", false)
	return c.list
}

// candidates collects the parts of a type, from the outside in.
type candidates struct {
	declared map[reflect.Type]bool
	inner    []reflect.Type // the types around the current one
	list     []Candidate
}

// walk looks at the type at a path. An array that is indexed by values is no candidate.
func (c *candidates) walk(t reflect.Type, path string, indexed bool) {
	// A type that contains itself, by a pointer or a slice, would be walked for ever.
	if c.declared[t] || slices.Contains(c.inner, t) {
		return
	}
	c.inner = append(c.inner, t)
	defer func() { c.inner = c.inner[:len(c.inner)-1] }()
	switch t.Kind() {
	case reflect.Struct:
		for f := range t.Fields() {
			if tag := f.Tag.Get("muster"); tag != "-" && f.Name != "_" {
				at := join(path, f.Name)
				if tag == "unordered" { // the field of a set or a bag is no word of the model's
					at = path
				}
				c.walk(f.Type, at, strings.HasPrefix(tag, byTag) || tag == countedTag)
			}
		}
	case reflect.Array:
		if n := t.Len(); !indexed && n >= 2 && n <= sizeMax && isComposite(t.Elem()) {
			c.list = append(c.list, Candidate{Path: path, Elements: n})
		}
		c.walk(t.Elem(), path+"[]", false)
	case reflect.Slice:
		c.walk(t.Elem(), path+"[]", false)
	case reflect.Pointer:
		c.walk(t.Elem(), join(path, "*"), false)
	case reflect.Map:
		c.walk(t.Key(), path+"[key]", false)
		c.walk(t.Elem(), path+"[value]", false)
	default:
		_, isInteger := widthOf(t)
		// A type is named once, by the first path, however many fields have it.
		isNew := !slices.ContainsFunc(c.list, func(k Candidate) bool { return k.Type == t.Name() })
		named := slices.ContainsFunc(identityWords, func(w string) bool { return strings.HasSuffix(t.Name(), w) })
		if isInteger && t.PkgPath() != "" && named && isNew {
			c.list = append(c.list, Candidate{Path: path, Type: t.Name()})
		}
	}
}

// isComposite reports whether a type has parts: an array of numbers is more often a queue
// or a table than one number for each of several things.
func isComposite(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct, reflect.Array, reflect.Slice, reflect.Map:
		return true
	}
	return false
}
