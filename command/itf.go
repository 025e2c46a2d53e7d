package command

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/muster-mc/muster/command/internal/exit"
	"github.com/muster-mc/muster/trace"
)

// itfAbout is the member of an ITF file's #meta in which we keep what a trace
// file has around its trace.
const itfAbout = "muster"

// isITF reports whether a file is in Apalache's format.
func isITF(data []byte) bool {
	var probe struct {
		Vars   json.RawMessage `json:"vars"`
		States json.RawMessage `json:"states"`
	}
	err := json.NewDecoder(bytes.NewReader(data)).Decode(&probe)
	return err == nil && probe.Vars != nil && probe.States != nil
}

// readITF reads a trace in Apalache's format, if it is one of ours.
func readITF(data []byte) (*recorded, error) {
	t, meta, err := trace.ReadITF(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	about, ok := meta[itfAbout]
	if !ok {
		return nil, exit.WithHint("this ITF trace is of another tool: it does not say which model, and which actions, it is of",
			"check writes one that does with --format itf --trace-out")
	}
	text, err := json.Marshal(about)
	if err != nil {
		return nil, err
	}
	var rec recorded
	if err := decodeExactly(text, &rec); err != nil {
		return nil, fmt.Errorf("its #meta is not as check writes it: %v", err)
	}
	rec.Trace = t
	return &rec, nil
}

// decodeExactly reads JSON whose numbers stay as they are written.
func decodeExactly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return d.Decode(into)
}
