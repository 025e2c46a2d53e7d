package conform

import (
	"encoding/json"
	"reflect"
	"strconv"

	"github.com/muster-mc/muster/trace"
)

// Difference is an observed field whose value in the log is not that in the model.
type Difference struct {
	Path  string `json:"path"`  // the name that the comparison gave to the field
	Model string `json:"model"` // the model's value
	Log   string `json:"log"`
}

// Mismatch is how a record differs from a state of the model. An empty one means that the
// record agrees.
type Mismatch []Difference

// Equal compares what the model has with what the log says, under a name for reports.
//
//   - Two integers of any type, or an integer and a text that is one, by their value.
//   - A model's value that has a String method and a text in the log by that text.
//   - Everything else by the text that a trace shows: true, {0 2}, [a b].
func Equal(path string, model, log any) Mismatch {
	if same(model, log) {
		return nil
	}
	return Mismatch{{path, textOf(model), textOf(log)}}
}

// All joins comparisons.
func All(comparisons ...Mismatch) Mismatch {
	var all Mismatch
	for _, m := range comparisons {
		all = append(all, m...)
	}
	return all
}

// same is the comparison of Equal. Numbers come first because nearly all comparisons are
// of numbers, and the texts of values take memory.
func same(a, b any) bool {
	if n, ok := integer(a); ok {
		if m, ok := integer(b); ok {
			return n == m
		}
	}
	if s, ok := a.(string); ok {
		if t, ok := b.(string); ok {
			return s == t
		}
	}
	return textOf(a) == textOf(b)
}

// integer returns the value of an integer, or of a text that is written as one. A type
// with a String method is no integer: its text is what people and logs call it.
func integer(v any) (int64, bool) {
	switch v := v.(type) {
	case int:
		return int64(v), true
	case uint64:
		return int64(v), v < 1<<63
	case json.Number:
		n, err := strconv.ParseInt(string(v), 10, 64)
		return n, err == nil
	case string:
		n, err := strconv.ParseInt(v, 10, 64)
		return n, err == nil && strconv.FormatInt(n, 10) == v
	case interface{ String() string }:
		return 0, false
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Int:
		return r.Int(), true
	case reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uint:
		return int64(r.Uint()), r.Uint() < 1<<63
	}
	return 0, false
}

// textOf is the text of a value as traces show it; of a text, the text itself.
func textOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return v
	case json.Number:
		return string(v)
	}
	return trace.ValueOf(v).String()
}
