package trace

import (
	"encoding/hex"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ValueOf reads a value by reflection, by the rules in the package comment. The argument
// for a state is its address: the value that p points to is then shown by its parts even
// if it has a String method.
func ValueOf(p any) Value {
	v := reflect.ValueOf(p)
	switch {
	case !v.IsValid():
		return Value{}
	case v.Kind() == reflect.Pointer && !v.IsNil():
		return readParts(v.Elem())
	}
	return read(copyOf(v))
}

// copyOf returns a variable with the value of v. All values are read in variables, since
// open needs their addresses.
func copyOf(v reflect.Value) reflect.Value {
	c := reflect.New(v.Type()).Elem()
	c.Set(v)
	return c
}

// open returns a value that was reached through an unexported field as an ordinary one,
// so that its String method can be called.
func open(v reflect.Value) reflect.Value {
	return reflect.NewAt(v.Type(), v.Addr().UnsafePointer()).Elem()
}

func read(v reflect.Value) Value {
	v = open(v)
	raw, p := readParts(v), planOf(v.Type())
	if !p.isValuer && !p.isStringer {
		return raw
	}
	return p.ask(v, raw)
}

// ask returns what a value says of itself, in place of its parts.
func (p *plan) ask(v reflect.Value, raw Value) Value {
	if p.isValuer {
		if own, ok := ownValue(v); ok {
			fields := raw
			raw = own
			raw.source, raw.zero = behind(v, &fields), fields.zero
		}
	}
	if p.isStringer {
		if s, ok := stringOf(v); ok {
			return Value{kind: text, text: s, behind: &raw, zero: raw.zero}
		}
	}
	return raw
}

// stringOf calls the String method. A method that panics is ignored, since traces are
// needed most when a state is invalid.
func stringOf(v reflect.Value) (s string, ok bool) {
	defer func() {
		if recover() != nil {
			s, ok = "", false
		}
	}()
	return textOf(v.Addr().Interface().(fmt.Stringer).String()), true
}

// readParts reads a value and ignores its own String method.
func readParts(v reflect.Value) Value {
	switch {
	case v.CanInt():
		return Value{kind: number, text: strconv.FormatInt(v.Int(), 10), zero: v.IsZero()}
	case v.CanUint():
		return Value{kind: number, text: strconv.FormatUint(v.Uint(), 10), zero: v.IsZero()}
	}
	switch v.Kind() {
	case reflect.Bool:
		return Value{kind: boolean, text: strconv.FormatBool(v.Bool()), zero: v.IsZero()}
	case reflect.String:
		return Value{kind: text, text: textOf(v.String()), zero: v.IsZero()}
	case reflect.Slice, reflect.Array:
		return readList(v)
	case reflect.Map:
		return readMap(v)
	case reflect.Struct:
		return readStruct(v)
	case reflect.Pointer, reflect.Interface:
		return readPointer(v)
	}
	return readOther(v)
}

var bytesType = reflect.TypeFor[byte]()

func readList(v reflect.Value) Value {
	if v.Kind() == reflect.Slice && v.Type().Elem() == bytesType {
		return Value{kind: text, text: textOfBytes(v.Bytes()), zero: v.Len() == 0}
	}
	n := v.Len()
	l := Value{kind: list, zero: n == 0 || v.Kind() == reflect.Array}
	if n > 0 {
		l.parts = make([]part, 0, n)
	}
	for i := range n {
		item := read(v.Index(i))
		l.parts = append(l.parts, part{step: "[" + strconv.Itoa(i) + "]", value: item})
		l.zero = l.zero && item.zero
	}
	return l
}

// readUnordered reads an unordered slice.
func readUnordered(v reflect.Value) Value {
	b := Value{kind: bag, zero: v.Len() == 0}
	items := make([]reflect.Value, v.Len())
	for i := range items {
		items[i] = v.Index(i)
	}
	slices.SortStableFunc(items, compare)
	for _, item := range items {
		b.parts = append(b.parts, part{value: read(item)})
	}
	return b
}

func readMap(v reflect.Value) Value {
	type entry struct{ key, value reflect.Value }
	var entries []entry
	for it := v.MapRange(); it.Next(); {
		entries = append(entries, entry{copyOf(it.Key()), copyOf(it.Value())})
	}
	slices.SortFunc(entries, func(a, b entry) int { return compare(a.key, b.key) })
	m := Value{kind: mapping, zero: len(entries) == 0}
	for _, e := range entries {
		m.parts = append(m.parts, entryOf(read(e.key), read(e.value)))
	}
	return m
}

// entryOf returns an entry of a map. In its path a string key is quoted, as in Go; the
// text of a String method is not.
func entryOf(key, value Value) part {
	name, step := key.String(), key.String()
	if key.kind == text {
		name = key.text
	}
	if key.kind == text && key.behind == nil {
		step = strconv.Quote(key.text)
	}
	return part{name: name, step: "[" + step + "]", key: &key, value: value}
}

func readStruct(v reflect.Value) Value {
	r, p := Value{kind: record, zero: true}, planOf(v.Type())
	if p.isAlone {
		return readField(v, p.fields[0])
	}
	if len(p.fields) > 0 {
		r.parts = make([]part, 0, len(p.fields))
	}
	for _, f := range p.fields {
		value := readField(v, f)
		r.parts = append(r.parts, part{name: f.name, step: f.step, value: value})
		r.zero = r.zero && value.zero
	}
	return r
}

func readField(of reflect.Value, f field) Value {
	v := of.Field(f.index)
	if f.isUnordered && v.Kind() == reflect.Slice {
		return readUnordered(open(v))
	}
	return read(v)
}

// readPointer reads the value that a pointer points to. The pointer is not nil, so the
// result is not a zero value.
func readPointer(v reflect.Value) Value {
	if v.IsNil() {
		return Value{zero: true}
	}
	to := v.Elem()
	if v.Kind() == reflect.Interface {
		to = copyOf(to)
	}
	pointee := read(to)
	pointee.zero = false
	return pointee
}

// readOther reads values that arguments can contain and states cannot.
func readOther(v reflect.Value) Value {
	if v.CanFloat() {
		return Value{kind: text, text: strconv.FormatFloat(v.Float(), 'g', -1, 64), zero: v.IsZero()}
	}
	return Value{kind: text, text: v.Type().String(), zero: v.IsZero()}
}

// textOf returns a string, or its Go syntax without quotes if JSON cannot carry it. The
// same is done with a string that contains such syntax, so that distinct strings have
// distinct texts.
func textOf(s string) string {
	if utf8.ValidString(s) && !strings.Contains(s, `\x`) {
		return s
	}
	quoted := strconv.Quote(s)
	return quoted[1 : len(quoted)-1]
}

// textOfBytes returns bytes as text if they seem to be text, otherwise as digits.
func textOfBytes(b []byte) string {
	if s := string(b); s == "" || utf8.ValidString(s) && printable(s) && !strings.HasPrefix(s, "0x") {
		return s
	}
	return "0x" + hex.EncodeToString(b)
}
