package explore

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/search/snapshot"
)

// Checkpoint says which run a checkpoint is of. A run that resumes it must agree in all
// of this but the limits, which it may move. Its JSON is a part of the format of the
// file, so a field keeps its name.
type Checkpoint struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"` // Options.Parameters; numbers are of type json.Number

	// The options that decide on the answer.
	Properties    []string `json:"properties,omitempty"`
	SafetyOnly    bool     `json:"safetyOnly,omitempty"`
	WithoutFaults []string `json:"withoutFaults,omitempty"`
	KeepGoing     bool     `json:"keepGoing,omitempty"`
	Traces        int      `json:"traces,omitempty"`
	Seed          uint64   `json:"seed,omitempty"`
	MaxStates     uint64   `json:"maxStates,omitempty"`
	MaxDepth      int      `json:"maxDepth,omitempty"`

	// The options that decide on how the answer is come by. They may be others
	// when the run is resumed.
	Store   StoreKind `json:"store,omitempty"`
	Memory  uint64    `json:"memory,omitempty"`
	WorkDir string    `json:"workDir,omitempty"`

	// Symmetry is Options.Symmetry, and Orbits the types of which one state of each orbit
	// is searched.
	Symmetry SymmetryMode `json:"symmetry,omitempty"`
	Orbits   string       `json:"orbits,omitempty"`

	// Explain: the checkpoint has what an explanation needs.
	Explain bool `json:"explain,omitempty"`

	// What can be seen of the model: the parts of its state type, its actions
	// and its properties; and how the machine writes numbers.
	State   []string `json:"state"`
	Actions []string `json:"actions"`
	Claims  []string `json:"claims"`
	Machine string   `json:"machine"`

	_ struct{}
}

// ReadCheckpoint says which run the checkpoint in a directory is of. It verifies
// no more of the checkpoint than that. The error is a [*CheckpointError].
func ReadCheckpoint(directory string) (*Checkpoint, error) {
	r, err := checkpoint.Read(directory)
	if err != nil {
		return nil, checkpointError(directory, err)
	}
	defer r.Close()
	c := &Checkpoint{}
	return c, checkpointError(directory, snapshot.ReadJSON(r, snapshot.SectionIdentity, c))
}

// identity is the checkpoint that this run would write. Zero traces and one are the same
// wish, so both are written as one.
func (r *run) identity() *Checkpoint {
	o := r.options
	c := &Checkpoint{
		Model: r.system.Name, Parameters: o.parameters(),
		Properties: o.Properties, SafetyOnly: o.SafetyOnly, WithoutFaults: o.WithoutFaults, KeepGoing: o.KeepGoing, Traces: max(1, o.Traces), Seed: o.Seed,
		MaxStates: o.MaxStates, MaxDepth: o.MaxDepth,
		Store: o.Store, Memory: o.Memory, WorkDir: o.WorkDir, Explain: o.Explain, Symmetry: o.Symmetry,
		State: r.system.Codec.Layout(), Machine: machine(),
	}
	if r.orbits != nil {
		c.Orbits = r.orbits.String()
		if o.Symmetry == SymmetryProve {
			c.Orbits += ", with a proof"
		}
	}
	for _, a := range r.system.Actions {
		c.Actions = append(c.Actions, withKind(a.Name, a.Fault))
	}
	for _, p := range r.system.Properties {
		kind := string(p.Kind)
		if p.IsImplication() {
			kind += ", implies"
		}
		c.Claims = append(c.Claims, withKind(p.Name, kind))
	}
	c.Claims = append(c.Claims, fmt.Sprintf("%s %v", Deadlock, !r.system.AllowDeadlock))
	return c
}

func withKind(name, kind string) string {
	if kind == "" {
		return name
	}
	return name + " (" + kind + ")"
}

// machine is what decides on the bytes of a number. Encoded states are memory in the
// order of the machine, and an int is as wide as a word. On another kind of machine the
// states of a checkpoint would be misread.
func machine() string {
	order := "big-endian"
	if binary.NativeEndian.Uint16([]byte{1, 0}) == 1 {
		order = "little-endian"
	}
	return fmt.Sprintf("%s, %d bits", order, strconv.IntSize)
}

// aspect is one of the things in which two runs may differ. Each aspect is lines of text,
// so that one comparison serves all of them, and the error can show the first line that
// differs.
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
		{"symmetry", []string{orNone(c.Orbits)}},
		{"choice of properties", sorted(c.Properties)},
		{"fault left out", sorted(c.WithoutFaults)},
		{"keep-going", []string{fmt.Sprint(c.KeepGoing)}},
		{"number of traces", []string{fmt.Sprint(max(1, c.Traces))}},
		{"seed", []string{fmt.Sprint(c.Seed)}},
		{"kind of machine", []string{c.Machine}},
	}
}

// Values are compared as JSON, because those of a checkpoint have gone through JSON: a
// number is a json.Number there and an int here.
func parameterLines(p map[string]any) []string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(p)) {
		text, _ := json.Marshal(p[name]) // it was marshalled before
		lines = append(lines, name+"="+string(text))
	}
	return lines
}

// The order in which properties or faults are listed decides nothing.
func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// differs says in what another run is not this one; nothing if it is. One difference is
// enough, because the others often follow from it: another parameter may change the state
// type and the actions.
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

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
