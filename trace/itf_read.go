package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// ReadITF reads a trace in the Informal Trace Format, and the trace's #meta. A trace of
// [Trace.ITF] has actions and arguments. A trace of another tool has states only; the
// first action is then Init, and the others have no name.
func ReadITF(r io.Reader) (*Trace, map[string]any, error) {
	var file struct {
		Meta   map[string]any `json:"#meta"`
		Vars   []string       `json:"vars"`
		States []Value        `json:"states"`
		Loop   *int           `json:"loop"`
	}
	d := json.NewDecoder(r)
	d.UseNumber()
	if err := d.Decode(&file); err != nil {
		return nil, nil, fmt.Errorf("trace: this is no ITF: %w", err)
	}
	if len(file.Vars) == 0 || len(file.States) == 0 {
		return nil, nil, errors.New("trace: this is no ITF: want vars and states, at least one of each")
	}
	var t Trace
	for i, raw := range file.States {
		s, err := stepOfITF(raw, file.Vars)
		if err != nil {
			return nil, nil, fmt.Errorf("trace: state %d: %w", i, err)
		}
		if i == 0 && s.Action == "" {
			s.Action = "Init"
		}
		t.AppendFault(s.Fault, s.Action, s.Arguments, s.State)
	}
	if l := file.Loop; l != nil {
		if *l < 0 || *l >= t.Length {
			return nil, nil, fmt.Errorf("trace: loop: there is no state %d", *l)
		}
		t.Loop = *l + 1
	}
	var err error
	if t.Fair, err = alibisOfITF(file.Meta); err != nil {
		return nil, nil, fmt.Errorf("trace: %s: %w", itfFair, err)
	}
	if beyond, ok := file.Meta[itfBeyond].(bool); ok {
		t.Beyond = beyond
		delete(file.Meta, itfBeyond)
	}
	return &t, file.Meta, nil
}

// alibisOfITF removes from the trace's #meta the reasons why the loop is fair, and
// returns them.
func alibisOfITF(meta map[string]any) (list []Alibi, err error) {
	raw, ok := meta[itfFair]
	if !ok {
		return nil, nil
	}
	delete(meta, itfFair)
	text, _ := json.Marshal(raw) // the input was JSON
	err = json.Unmarshal(text, &list)
	return list, err
}

// stepOfITF reads a state, and the step to it from the state's #meta.
func stepOfITF(raw Value, vars []string) (Step, error) {
	var s Step
	if raw.kind != record {
		return s, errors.New("want an object, got " + raw.String())
	}
	meta, _ := raw.member(itfMeta)
	s.State = Value{kind: record}
	for _, name := range vars {
		value, ok := raw.member(name)
		if !ok {
			return s, fmt.Errorf("it has no variable %q", name)
		}
		value, err := valueOfITF(value)
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		s.State.parts = append(s.State.parts, fieldOf(name, value))
	}
	if b, ok := meta.member("bare"); ok && b.text == "true" && len(vars) == 1 {
		s.State = s.State.parts[0].value
	}
	action, _ := meta.member("action")
	fault, _ := meta.member("fault")
	s.Action, s.Fault = action.text, fault.text
	var err error
	s.Arguments, err = argumentsOfITF(meta)
	return s, err
}

func argumentsOfITF(meta Value) (Arguments, error) {
	raw, ok := meta.member("arguments")
	if !ok {
		return nil, nil
	}
	r, err := valueOfITF(raw)
	if err != nil {
		return nil, fmt.Errorf("arguments: %w", err)
	}
	var as Arguments
	for _, p := range r.parts {
		as = append(as, Argument{Name: p.name, Value: p.value})
	}
	return as, nil
}

// member returns the value of a field.
func (v Value) member(name string) (Value, bool) {
	i := slices.IndexFunc(v.parts, func(p part) bool { return p.name == name })
	if v.kind != record || i < 0 {
		return Value{}, false
	}
	return v.parts[i].value, true
}

func fieldOf(name string, value Value) part {
	return part{name: name, step: "." + name, value: value}
}

// valueOfITF converts a value from its JSON form in ITF. It guesses whether the value is
// the zero value of its Go type, which only influences the display of the first state.
func valueOfITF(raw Value) (Value, error) {
	v, err := meantByITF(raw)
	says := func(p part) bool { return !p.value.zero }
	v.zero = slices.Contains([]string{"", "0", "false"}, v.text) && !slices.ContainsFunc(v.parts, says)
	return v, err
}

func meantByITF(raw Value) (Value, error) {
	switch {
	case raw.kind == list:
		return itemsOfITF(list, raw)
	case raw.kind != record:
		return raw, nil
	case len(raw.parts) == 1 && raw.parts[0].name != "" && raw.parts[0].name[0] == '#':
		return markedOfITF(raw.parts[0].name, raw.parts[0].value)
	}
	r := Value{kind: record}
	for _, p := range raw.parts {
		value, err := valueOfITF(p.value)
		if err != nil {
			return r, fmt.Errorf("%s: %w", p.name, err)
		}
		r.parts = append(r.parts, fieldOf(p.name, value))
	}
	return r, nil
}

// markedOfITF reads an object whose only member names the type.
func markedOfITF(mark string, raw Value) (Value, error) {
	switch mark {
	case itfBigint:
		if !isInteger(raw.text) {
			return raw, fmt.Errorf("%s: want digits, got %s", mark, raw)
		}
		return Value{kind: number, text: raw.text}, nil
	case itfTuple:
		return itemsOfITF(tuple, raw)
	case itfSet:
		return itemsOfITF(bag, raw)
	case itfMap:
		return mapOfITF(raw)
	case itfUnknown:
		if raw.text == "nil" {
			return Value{}, nil
		}
		return raw, nil
	}
	return raw, fmt.Errorf("there is no %s in ITF", mark)
}

func itemsOfITF(as kind, raw Value) (Value, error) {
	v := Value{kind: as}
	if raw.kind != list {
		return v, fmt.Errorf("want a list, got %s", raw)
	}
	for i, p := range raw.parts {
		item, err := valueOfITF(p.value)
		if err != nil {
			return v, fmt.Errorf("[%d]: %w", i, err)
		}
		q := part{value: item}
		if as != bag {
			q.step = "[" + strconv.Itoa(i) + "]"
		}
		v.parts = append(v.parts, q)
	}
	return v, nil
}

func mapOfITF(raw Value) (Value, error) {
	pairs, err := itemsOfITF(list, raw)
	if err != nil {
		return pairs, fmt.Errorf("%s: %w", itfMap, err)
	}
	m := Value{kind: mapping}
	for _, p := range pairs.parts {
		if len(p.value.parts) != 2 || p.value.kind.shape() != list {
			return m, fmt.Errorf("%s: want pairs, got %s", itfMap, p.value)
		}
		m.parts = append(m.parts, entryOf(p.value.parts[0].value, p.value.parts[1].value))
	}
	return m, nil
}
