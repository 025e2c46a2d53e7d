package explore

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/internal/checkpoint"
)

// Checkpoint says which run a checkpoint is of. A run that resumes it must agree
// in all of this but the limits, which it may move.
type Checkpoint struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"` // Options.Parameters; numbers are of type json.Number

	// The options that decide on the answer.
	Properties    []string `json:"properties,omitempty"`
	WithoutFaults []string `json:"withoutFaults,omitempty"`
	KeepGoing     bool     `json:"keepGoing,omitempty"`
	Seed          uint64   `json:"seed,omitempty"`
	MaxStates     uint64   `json:"maxStates,omitempty"`
	MaxDepth      int      `json:"maxDepth,omitempty"`

	// The options that decide on how the answer is come by. They may be others
	// when the run is resumed.
	Store   StoreKind `json:"store,omitempty"`
	Memory  uint64    `json:"memory,omitempty"`
	WorkDir string    `json:"workDir,omitempty"`

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

// CheckpointError is a directory that cannot keep a checkpoint, or a checkpoint
// that cannot be resumed: because it is damaged, or is that of another run.
type CheckpointError struct {
	Directory string
	Problem   string
}

func (e *CheckpointError) Error() string { return e.Directory + ": " + e.Problem }

func checkpointError(directory string, err error) error {
	if err == nil {
		return nil
	}
	return &CheckpointError{directory, strings.ReplaceAll(err.Error(), "\n", "; ")}
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
	return c, checkpointError(directory, readJSON(r, sectionIdentity, c))
}

// readJSON reads a section that is one JSON object.
func readJSON(r *checkpoint.Reader, section string, into any) error {
	data, _, err := r.Section(section)
	if err != nil {
		return err
	}
	d := json.NewDecoder(data)
	d.UseNumber() // so that a parameter is written as it was
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("the checkpoint is damaged: section %s: %w", section, err)
	}
	return nil
}
