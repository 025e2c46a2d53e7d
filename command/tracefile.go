package command

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/trace"
)

const (
	traceFormat  = "muster-trace"
	traceVersion = 1
)

// recorded is a trace and the configuration that it is a trace of. The package
// comment has the schema.
type recorded struct {
	Format     string          `json:"format"`
	Version    int             `json:"version"`
	Model      string          `json:"model"`
	Parameters map[string]any  `json:"parameters"`
	Bug        string          `json:"bug,omitempty"`
	Property   string          `json:"property,omitempty"`
	Verdict    explore.Verdict `json:"verdict,omitempty"`
	Trace      *trace.Trace    `json:"trace,omitempty"`
}

func record(m catalog.Model, p explore.PropertyReport) recorded {
	s := m.Settings()
	return recorded{
		Format: traceFormat, Version: traceVersion,
		Model: m.Name(), Parameters: m.Entry().Values(s.With), Bug: s.Bug,
		Property: p.Name, Verdict: p.Verdict, Trace: p.Trace,
	}
}

// readRecorded reads a trace file, and refuses what is none.
func readRecorded(r io.Reader) (*recorded, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	rec, err := parseRecorded(data)
	if err != nil {
		return nil, err
	}
	switch {
	case rec.Format != traceFormat || rec.Trace == nil || len(rec.Trace.Steps) == 0:
		return nil, exit.WithHint("this is no trace file", "check writes one with --trace-out")
	case rec.Version != traceVersion:
		return nil, fmt.Errorf("this is a trace file of version %d; want version %d", rec.Version, traceVersion)
	}
	return rec, nil
}

func parseRecorded(data []byte) (*recorded, error) {
	if isITF(data) {
		return readITF(data)
	}
	var rec recorded
	if err := decodeExactly(data, &rec); err != nil {
		return nil, fmt.Errorf("this is no trace file: %v", err)
	}
	return &rec, nil
}

// settings are those that the trace was recorded with.
func (rec *recorded) settings() catalog.Settings {
	with := catalog.With{}
	for name, value := range rec.Parameters {
		with[name] = fmt.Sprint(value)
	}
	return catalog.Settings{With: with, Bug: rec.Bug}
}

// traceFile is where a run's trace goes. It is opened before the run, so that
// a file that cannot be written is known at once. Nil is no file.
type traceFile struct{ *os.File }

func openTraceFile(name string) (*traceFile, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, exit.Errorf("--trace-out %s", explainPath(err))
	}
	return &traceFile{f}, nil
}

// save writes the first trace there is. Without one the file goes: it must not
// be taken for a trace of this run.
func (f *traceFile) save(list []explore.PropertyReport, write func(io.Writer, explore.PropertyReport) error) error {
	if f == nil {
		return nil
	}
	defer f.Close()
	i := slices.IndexFunc(list, hasTrace)
	if i < 0 {
		return f.remove()
	}
	if f.isRegular() {
		if err := f.Truncate(0); err != nil {
			return err
		}
	}
	return write(f, list[i])
}

// remove deletes the file, unless it is a device or a pipe.
func (f *traceFile) remove() error {
	if !f.isRegular() {
		return nil
	}
	return os.Remove(f.Name())
}

// discard is for a run that came to nothing: what was in the file stays there.
func (f *traceFile) discard() {
	if f == nil {
		return
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() == 0 {
		_ = f.remove()
	}
}

func (f *traceFile) isRegular() bool {
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// explainPath is a file error without the name of the system call.
func explainPath(err error) string {
	if p, ok := err.(*os.PathError); ok {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}
