package snapshot

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/visited"
)

// The sections of a checkpoint. A reader finds a section by its name, in any order. The
// sections of other parts, such as an observer's, have names of their own.
const (
	SectionIdentity = "identity" // which run it is
	SectionStanding = "standing" // a Standing
	SectionLog      = "log"      // in the form of package predecessor
	SectionLevel    = "level"    // the states of the level yet to be expanded, in order
	SectionNext     = "next"     // the states of the next level, as far as it was made
	SectionVisited  = "visited"  // all states, in the form that the standing names
)

// Standing is where a run stands between two rounds, without the parts that grow with the
// number of states. An unknown field is an error when it is read, and a field that an old
// reader would misread needs a new [checkpoint.Version]. It is small, so it is read
// before the sections that grow, and says how much each of them must have.
type Standing struct {
	Making   int            `json:"making"` // the level that is being made
	First    uint64         `json:"first"`  // the number of the first state yet to be expanded
	Counts   Counts         `json:"counts"`
	Coverage [][3]uint64    `json:"coverage"` // attempts, enabled, discovered by action
	Findings []Finding      `json:"findings"`
	Applied  []uint64       `json:"applied"` // by implication
	Guards   []Guard        `json:"guards"`
	Visited  string         `json:"visited"` // the form of the visited states
	Stores   []visited.Kind `json:"stores"`  // the kinds of set that were in use
}

// Counts is the size of the space that was searched. Distinct is the sum of Levels, and
// Depth their number. Generated counts successors, duplicates included, and Outside those
// of them that do not satisfy the constraint.
type Counts struct {
	Initial   uint64   `json:"initial"` // distinct initial states: the first level
	Distinct  uint64   `json:"distinct"`
	Generated uint64   `json:"generated"`
	Outside   uint64   `json:"outside,omitempty"`
	Depth     int      `json:"depth"`
	Levels    []uint64 `json:"levels"` // distinct states by level

	// Symmetric is the sum of the sizes of the states' orbits, and 0 unless one state of
	// each orbit is searched.
	Symmetric uint64 `json:"symmetric,omitempty"`
}

// Finding is what was found: its kind, and where. Kinds are the places of properties in
// the system and then the other kinds, as in package search; Parent and Sub are a
// search.Position, which this package must not import.
type Finding struct {
	Kind    int    `json:"kind"`
	Parent  uint64 `json:"parent"`
	Sub     uint64 `json:"sub"`
	Initial bool   `json:"initial"`
	Detail  string `json:"detail"`
	Key     uint64 `json:"key,omitempty"`
}

// Guard is a named guard, and whether it ever refused. The report lists the guards that
// never refused in a whole search, so a resumed run must know those of the run before.
type Guard struct {
	Name    string `json:"name"`
	Refused bool   `json:"refused"`
}

// WriteJSON writes a section that is one JSON object. The object is made in memory, because
// the size of a section stands before its data.
func WriteJSON(w *checkpoint.Writer, section string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return w.Section(section, uint64(len(text)), func(to io.Writer) error {
		_, err := to.Write(text)
		return err
	})
}

// ReadJSON reads a section that is one JSON object. Numbers in it that are read into
// an interface are of type json.Number, so that they are written as they were.
func ReadJSON(r *checkpoint.Reader, section string, into any) error {
	data, _, err := r.Section(section)
	if err != nil {
		return err
	}
	d := json.NewDecoder(data)
	d.UseNumber()
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("the checkpoint is damaged: section %s: %w", section, err)
	}
	return nil
}
