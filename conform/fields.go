package conform

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Fields is one record of a log. Its methods take the path of a field: event.state.term is
// the field term of the field state of the field event, and conf.0 the first element of
// the list conf. A field whose own name has dots is found too.
//
// A field that the record does not have, or that is of another kind than the method wants,
// is an error that names the file, the line and the path; it ends the check. A field that
// only some records have is asked for with Has first.
type Fields struct {
	object map[string]any
	file   string
	line   int
	kind   string
}

// Kind is the kind of the record.
func (r Fields) Kind() string { return r.kind }

// Place is the file and the line of the record, such as run.ndjson:17.
func (r Fields) Place() string { return r.file + ":" + strconv.Itoa(r.line) }

// Has reports whether the record has the field.
func (r Fields) Has(path string) bool {
	_, ok := lookUp(r.object, path)
	return ok
}

// Value is the field as encoding/json decodes it, a number as a [json.Number].
func (r Fields) Value(path string) any {
	v, ok := lookUp(r.object, path)
	if !ok {
		panic(fieldProblem(fmt.Sprintf("the record has no field %s", path)))
	}
	return v
}

// Int is a number, or a text that is one, as logs often write the names of nodes.
func (r Fields) Int(path string) int {
	v := r.Value(path)
	if n, ok := integer(v); ok {
		return int(n)
	}
	panic(wrongKind(path, v, "a whole number"))
}

// String is a text. Any other value is its text in JSON.
func (r Fields) String(path string) string {
	switch v := r.Value(path).(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	default:
		text, _ := json.Marshal(v)
		return string(text)
	}
}

// Bool is true or false.
func (r Fields) Bool(path string) bool {
	v := r.Value(path)
	b, ok := v.(bool)
	if !ok {
		panic(wrongKind(path, v, "true or false"))
	}
	return b
}

// Strings is a list of texts, or of values that are read as String reads them. A field
// that is null is an empty list.
func (r Fields) Strings(path string) []string {
	v := r.Value(path)
	list, ok := v.([]any)
	if !ok && v != nil {
		panic(wrongKind(path, v, "a list"))
	}
	texts := make([]string, len(list))
	for i := range list {
		texts[i] = Fields{object: map[string]any{"": list[i]}}.String("")
	}
	return texts
}

// number is a number that need not be whole, for clocks.
func (r Fields) number(path string) (float64, error) {
	v, ok := lookUp(r.object, path)
	if !ok {
		return 0, fmt.Errorf("the record has no field %s", path)
	}
	if n, ok := v.(json.Number); ok {
		if f, err := n.Float64(); err == nil {
			return f, nil
		}
	}
	return 0, fmt.Errorf("%s", wrongKind(path, v, "a number"))
}

// lookUp follows a path. At each object the whole rest of the path may be one name.
func lookUp(v any, path string) (any, bool) {
	switch v := v.(type) {
	case map[string]any:
		if field, ok := v[path]; ok {
			return field, true
		}
		for i := range len(path) {
			if path[i] != '.' {
				continue
			}
			if field, ok := v[path[:i]]; ok {
				if found, ok := lookUp(field, path[i+1:]); ok {
					return found, true
				}
			}
		}
	case []any:
		first, rest, nested := strings.Cut(path, ".")
		i, err := strconv.Atoi(first)
		if err != nil || i < 0 || i >= len(v) {
			return nil, false
		}
		if !nested {
			return v[i], true
		}
		return lookUp(v[i], rest)
	}
	return nil, false
}

// fieldProblem is the panic by which a field that cannot be read ends a comparison.
type fieldProblem string

func wrongKind(path string, v any, want string) fieldProblem {
	got, _ := json.Marshal(v)
	return fieldProblem(fmt.Sprintf("the field %s is %s: want %s", path, shortened(string(got)), want))
}

// shortened is a text of a log that fits in a line of an error.
func shortened(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
