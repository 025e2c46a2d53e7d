// Package tracefile reads and writes traces: as a trace file, which replay reads,
// as Apalache's ITF, which replay reads too, and for people as text, a Mermaid
// diagram or a page of HTML.
package tracefile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

const (
	formatName    = "muster-trace"
	formatVersion = 1
)

// Recording is a trace, and the model and the settings that it is a trace of.
// The documentation of package command has the schema of its JSON.
type Recording struct {
	Format     string          `json:"format"`
	Version    int             `json:"version"`
	Model      string          `json:"model"`
	Parameters map[string]any  `json:"parameters"`
	Bug        string          `json:"bug,omitempty"`
	Property   string          `json:"property,omitempty"`
	Verdict    explore.Verdict `json:"verdict,omitempty"`
	Trace      *trace.Trace    `json:"trace,omitempty"`
}

// record records the trace of a property.
func record(m catalog.Model, x explore.PropertyReport) Recording {
	s := m.Settings()
	return Recording{
		Format: formatName, Version: formatVersion,
		Model: m.Name(), Parameters: m.Entry().Values(s.With), Bug: s.Bug,
		Property: x.Name, Verdict: x.Verdict, Trace: x.Trace,
	}
}

// Settings are the settings with which the trace was recorded.
func (rec *Recording) Settings() catalog.Settings {
	with := catalog.With{}
	for name, value := range rec.Parameters {
		with[name] = fmt.Sprint(value)
	}
	return catalog.Settings{With: with, Bug: rec.Bug}
}

// Summary is a recording of a run that was replayed, or run by hand, and what is
// found at its end. The documentation of package command has the schema of its
// JSON.
type Summary struct {
	Recording
	Problem    string                   `json:"problem,omitempty"`
	Properties []explore.PropertyReport `json:"properties"`
	Next       []trace.Step             `json:"next"`
}

// Summarize summarizes a walk. The finding is the one that the trace is a
// counterexample to, or the zero value. The problem may be nil.
func Summarize(m catalog.Model, w catalog.Walk, finding explore.PropertyReport, problem error) Summary {
	finding.Trace = w.Trace()
	s := Summary{Recording: record(m, finding), Properties: w.Findings(), Next: w.Next()}
	if problem != nil {
		s.Problem = exit.Message(problem)
	}
	return s
}

// Load reads a trace file. The name - is standard input.
func Load(name string) (*Recording, error) {
	var in io.ReadCloser = os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, errors.New(WithoutCall(err))
		}
		defer f.Close()
		in = f
	}
	rec, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return rec, nil
}

// read reads a trace file in either format.
func read(r io.Reader) (*Recording, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rec, err := parse(data)
	if err != nil {
		return nil, err
	}
	switch {
	case rec.Format != formatName || rec.Trace == nil || len(rec.Trace.Steps) == 0:
		return nil, exit.WithHint("this is no trace file", "check writes one with --trace-out")
	case rec.Version != formatVersion:
		return nil, fmt.Errorf("this is a trace file of version %d; want version %d", rec.Version, formatVersion)
	}
	return rec, nil
}

func parse(data []byte) (*Recording, error) {
	if isITF(data) {
		return parseITF(data)
	}
	var rec Recording
	if err := decode(data, &rec); err != nil {
		return nil, fmt.Errorf("this is no trace file: %v", err)
	}
	return &rec, nil
}

// itfMember is the member of an ITF file's #meta that has the recording without
// its trace.
const itfMember = "muster"

// isITF reports whether a file is in Apalache's format.
func isITF(data []byte) bool {
	var probe struct {
		Vars   json.RawMessage `json:"vars"`
		States json.RawMessage `json:"states"`
	}
	err := json.NewDecoder(bytes.NewReader(data)).Decode(&probe)
	return err == nil && probe.Vars != nil && probe.States != nil
}

func parseITF(data []byte) (*Recording, error) {
	t, meta, err := trace.ReadITF(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	about, ok := meta[itfMember]
	if !ok {
		return nil, exit.WithHint("this ITF trace is of another tool: it does not say which model, and which actions, it is of",
			"check writes one that does with --format itf --trace-out")
	}
	text, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	var rec Recording
	if err := decode(text, &rec); err != nil {
		return nil, fmt.Errorf("its #meta is not as check writes it: %v", err)
	}
	rec.Trace = t
	return &rec, nil
}

// decode reads JSON, and keeps numbers as they are written.
func decode(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(into)
}
