package explore

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// identity is the checkpoint that this run would write.
func (e *engine) identity() *Checkpoint {
	o := e.options
	c := &Checkpoint{
		Model: e.model.Name, Parameters: e.parameters(),
		Properties: o.Properties, WithoutFaults: o.WithoutFaults, KeepGoing: o.KeepGoing, Seed: o.Seed,
		MaxStates: o.MaxStates, MaxDepth: o.MaxDepth,
		Store: o.Store, Memory: o.Memory, WorkDir: o.WorkDir, Explain: o.Explain,
		State: e.codec.Layout(), Machine: machine(),
	}
	for _, a := range e.model.Actions {
		c.Actions = append(c.Actions, withKind(a.Name, a.Fault))
	}
	for _, p := range e.model.Properties {
		kind := string(p.Kind)
		if p.IsImplication() {
			kind += ", implies"
		}
		c.Claims = append(c.Claims, withKind(p.Name, kind))
	}
	c.Claims = append(c.Claims, fmt.Sprintf("%s %v", Deadlock, !e.model.AllowDeadlock))
	return c
}

func withKind(name, kind string) string {
	if kind == "" {
		return name
	}
	return name + " (" + kind + ")"
}

// machine is what decides on the bytes of a number.
func machine() string {
	order := "big-endian"
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		order = "little-endian"
	}
	return fmt.Sprintf("%s, %d bits", order, strconv.IntSize)
}

// aspect is one of the things in which two runs may differ.
type aspect struct {
	name  string
	lines []string
}

// aspects are what must be the same, the most telling ones first.
func (c *Checkpoint) aspects() []aspect {
	return []aspect{
		{"model", []string{c.Model}},
		{"parameter", parameterLines(c.Parameters)},
		{"state type", c.State},
		{"action", c.Actions},
		{"property", c.Claims},
		{"choice of properties", sorted(c.Properties)},
		{"fault left out", sorted(c.WithoutFaults)},
		{"keep-going", []string{fmt.Sprint(c.KeepGoing)}},
		{"seed", []string{fmt.Sprint(c.Seed)}},
		{"kind of machine", []string{c.Machine}},
	}
}

func parameterLines(p map[string]any) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(p)) {
		text, _ := json.Marshal(p[name]) // it was marshalled before
		lines = append(lines, name+"="+string(text))
	}
	return lines
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// differs says in what another run is not this one; nothing if it is.
func (c *Checkpoint) differs(run *Checkpoint) error {
	here := run.aspects()
	for i, there := range c.aspects() {
		if slices.Equal(there.lines, here[i].lines) {
			continue
		}
		return fmt.Errorf("another %s: the checkpoint has %s, this run has %s",
			there.name, onlyIn(there.lines, here[i].lines), onlyIn(here[i].lines, there.lines))
	}
	return nil
}

// onlyIn is the first line that the others have not; if they have all, what is
// different is their number or order, and it is the first line out of place.
func onlyIn(lines, others []string) string {
	for _, line := range lines {
		if !slices.Contains(others, line) {
			return line
		}
	}
	for i, line := range lines {
		if len(lines) >= len(others) && (i >= len(others) || others[i] != line) {
			return line + " in another place"
		}
	}
	return "none"
}
