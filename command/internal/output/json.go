package output

import (
	"encoding/json"
	"io"
)

// JSON prints a value as indented JSON, with <, > and & as they are.
func JSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}
