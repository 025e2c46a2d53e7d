package trace

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// MarshalJSON writes a struct as an object in field order, a map as one in key
// order, slices and sets as arrays, and the result of a String method as a string.
func (v Value) MarshalJSON() ([]byte, error) { return v.appendJSON(nil), nil }

func (v Value) appendJSON(b []byte) []byte {
	switch v.kind {
	case null:
		return append(b, "null"...)
	case boolean, number:
		return append(b, v.text...)
	case text:
		return appendString(b, v.text)
	}
	opening, closing := v.brackets()
	b = append(b, opening...)
	for i, p := range v.parts {
		if i > 0 {
			b = append(b, ',')
		}
		if v.kind.shape() == record {
			b = append(appendString(b, p.name), ':')
		}
		b = p.value.appendJSON(b)
	}
	return append(b, closing...)
}

func appendString(b []byte, s string) []byte {
	quoted, _ := json.Marshal(s) // marshalling a string never fails
	return append(b, quoted...)
}

// UnmarshalJSON reads any JSON. A value that was marshalled has the same text as before,
// but only the types of JSON.
func (v *Value) UnmarshalJSON(data []byte) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber() // keeps all digits of a uint64
	got, err := parse(d)
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	*v = got
	return nil
}

func parse(d *json.Decoder) (Value, error) {
	token, err := d.Token()
	if err != nil {
		return Value{}, err
	}
	switch t := token.(type) {
	case bool:
		return Value{kind: boolean, text: strconv.FormatBool(t)}, nil
	case json.Number:
		return Value{kind: number, text: t.String()}, nil
	case string:
		return Value{kind: text, text: t}, nil
	case json.Delim:
		return parseParts(d, t)
	}
	return Value{}, nil
}

func parseParts(d *json.Decoder, opening json.Delim) (Value, error) {
	v := Value{kind: list}
	if opening == '{' {
		v.kind = record
	}
	for d.More() {
		p, err := parsePart(d, v.kind, len(v.parts))
		if err != nil {
			return v, err
		}
		v.parts = append(v.parts, p)
	}
	_, err := d.Token() // the closing bracket
	return v, err
}

func parsePart(d *json.Decoder, of kind, i int) (part, error) {
	p := part{step: "[" + strconv.Itoa(i) + "]"}
	if of == record {
		name, err := d.Token()
		if err != nil {
			return p, err
		}
		p.name, _ = name.(string) // the decoder admits only strings as names
		p.step = "." + p.name
	}
	var err error
	p.value, err = parse(d)
	return p, err
}

// MarshalJSON writes one object.
func (as Arguments) MarshalJSON() ([]byte, error) { return as.record().MarshalJSON() }

// UnmarshalJSON reads one object.
func (as *Arguments) UnmarshalJSON(data []byte) error {
	var v Value
	if err := v.UnmarshalJSON(data); err != nil {
		return err
	}
	if v.kind != record {
		return errors.New("trace: arguments must be an object, got " + string(data))
	}
	*as = nil
	for _, p := range v.parts {
		*as = append(*as, Argument{Name: p.name, Value: p.value})
	}
	return nil
}
