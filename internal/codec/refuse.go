package codec

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// A RefusedError names the part of a type that cannot be part of a state, and
// the reason.
type RefusedError struct {
	State reflect.Type // the state type as a whole
	Path  string       // the refused part of it; empty if it is the whole
	Type  reflect.Type // the type of that part
	Why   string       // the reason, and an alternative
}

// Error names the state type, the path to the refused part, and the reason.
func (e *RefusedError) Error() string {
	if e.Path == "" {
		return fmt.Sprintf("state type %v: %s", e.State, e.Why)
	}
	return fmt.Sprintf("state type %v: field %s: %s", e.State, e.Path, e.Why)
}

// tagKey is the key of the package's struct tags.
const tagKey = "muster"

// The values that a tag can have.
const (
	tagNone      = ""
	tagIgnored   = "-"
	tagUnordered = "unordered"
	tagIndexed   = "by="     // and the types whose values are indices; see model.Symmetry
	tagCounted   = "counted" // the field before counts the elements in use; package orbit reads it
)

// reasons has the reason for each refused kind, and an alternative to it.
var reasons = map[reflect.Kind]string{
	reflect.Float32:       "NaN differs from itself and -0 equals 0: use an integer",
	reflect.Float64:       "NaN differs from itself and -0 equals 0: use an integer",
	reflect.Complex64:     "NaN differs from itself and -0 equals 0: use integers",
	reflect.Complex128:    "NaN differs from itself and -0 equals 0: use integers",
	reflect.Func:          "functions cannot be compared: use an integer that says which one",
	reflect.Chan:          "what a channel holds cannot be seen: use a slice",
	reflect.Interface:     "it can hold a value of any type: use a concrete type",
	reflect.UnsafePointer: "what it points to has no type: use a pointer that has one",
}

// admit refuses a type that cannot be part of a state, apart from the types in
// it.
func (w *walker) admit(t reflect.Type, path string) error {
	if why, bad := reasons[t.Kind()]; bad {
		return w.refuse(t, path, "%v cannot be part of a state: %s", t, why)
	}
	if t.Name() != "" && slices.Contains(w.inner, t) { // a type without a name cannot refer to itself
		return w.refuse(t, path, "%v contains itself: keep the values in a slice, and indices into it instead of pointers", t)
	}
	if w.keys > 0 && t.Kind() == reflect.Pointer {
		return w.refuse(t, path, "%v cannot be part of a map key: keys that point to equal values would be one: use the value itself", t)
	}
	return nil
}

// tag returns the tag of a field, or refuses it.
func (w *walker) tag(f reflect.StructField, path string) (string, error) {
	tag, present := f.Tag.Lookup(tagKey)
	switch {
	case !present:
		return tagNone, nil
	case tag == tagIgnored && w.keys > 0:
		return "", w.refuse(f.Type, path, "a map key cannot ignore a field: keys that differ in nothing else would be one")
	case tag == tagIgnored:
		return tag, nil
	case tag == tagUnordered && f.Type.Kind() != reflect.Slice:
		return "", w.refuse(f.Type, path, `the tag muster:"unordered" is for slices, and %v is none`, f.Type)
	case tag == tagUnordered:
		return tag, nil
	case tag == tagCounted && (f.Type.Kind() == reflect.Array || f.Type.Kind() == reflect.Slice):
		return tagNone, nil
	case strings.HasPrefix(tag, tagIndexed): // changes no encoding; package orbit reads it
		return tagNone, nil
	}
	return "", w.refuse(f.Type, path, `the tag muster:%q is unknown: there are "-", "unordered" and "by=TYPE"`, tag)
}

// refuse returns a RefusedError for the part of the state type at a path.
func (w *walker) refuse(t reflect.Type, path, why string, args ...any) error {
	return &RefusedError{State: w.state, Path: path, Type: t, Why: fmt.Sprintf(why, args...)}
}
