package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
)

// Engine searches in place of the engine in this process: see Options.Engine. The module
// cluster has one, for many machines. The report is put together here in any case, and
// each trace is run again here.
type Engine interface {
	// Search does the search that a job describes, and returns what that cost. The error
	// is for what makes a verdict impossible. A search that cannot be finished stops with
	// a reason, and is incomplete.
	Search(ctx context.Context, j Job) (*Distribution, error)
}

// Job is a search that an engine is to do.
type Job struct {
	// Search has the model and the options, and gets the result. Its type is internal.
	Search *search.Search

	// Identity is what decides on the order of the states, and on what is judged, in
	// JSON: the model, its parameters, the options, the layout of states. Limits are not
	// in it.
	Identity []byte
}

// Distribution is what a search on several machines cost.
type Distribution struct {
	Blocks     int    `json:"blockStates"` // the most states of a block
	Partitions int    `json:"partitions"`
	Levels     int    `json:"levels"` // those that were made by tasks; the coordinator made the others
	Tasks      uint64 `json:"tasks"`
	Again      uint64 `json:"tasksDeliveredAgain"`
	Repaired   uint64 `json:"blobsMadeAgain"`

	BytesRead    uint64 `json:"bytesRead"` // of blobs, by workers and the coordinator
	BytesWritten uint64 `json:"bytesWritten"`

	// The time by the clock that the coordinator spent in each phase, and the part of it
	// in which the queue or the bucket could not be reached.
	Phases  map[string]float64 `json:"secondsByPhase"`
	Outages float64            `json:"secondsUnreachable"`
}

// problemOfEngine refuses what another engine cannot do.
func problemOfEngine(m *system.System, o Options) string {
	switch {
	case o.Engine == nil:
		return ""
	case len(m.Code) > 0:
		return "real code cannot be searched on several machines: its states refer to objects, which are in one process"
	case o.Explain:
		return "it cannot be explained by a search on several machines: explain it on one"
	case o.Checkpoint != "":
		return "a search on several machines keeps its checkpoints in the bucket: want no other"
	case o.Symmetry == SymmetryProve:
		return "a symmetry is proved on one machine only"
	case o.Store == StoreDisk:
		return "a search on several machines keeps the set of visited states in the bucket: want auto, compact or exact"
	}
	return ""
}

// wholeRuns is why another engine does not decide a property about whole runs.
const wholeRuns = "it is about whole runs, which a search on several machines does not decide"

// leaveWholeRuns makes the properties about whole runs undecided, if another engine is to
// search.
func (r *run) leaveWholeRuns() {
	if r.options.Engine == nil {
		return
	}
	var left []int
	for _, i := range r.properties {
		if r.system.Properties[i].IsTemporal() {
			r.undecided[i] = wholeRuns
		} else {
			left = append(left, i)
		}
	}
	r.properties = left
}

// undecidedElsewhere is why a run by another engine has not decided everything.
func (r *run) undecidedElsewhere() string {
	var names []string
	for _, i := range r.options.checked(r.system) {
		if r.undecided[i] == wholeRuns {
			names = append(names, r.system.Properties[i].Name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return fmt.Sprintf("a search on several machines does not decide %s, about whole runs; search on one machine for that", strings.Join(names, ", "))
}

// prepareForEngine changes the configuration for another engine: the search in this process
// is its ledger, and makes small levels with one worker.
func prepareForEngine(c *search.Config, o Options) {
	if o.Engine == nil {
		return
	}
	c.Workers = 1
	if o.Store != StoreExact {
		c.Store = visited.KindCompact
	}
}

// runElsewhere has another engine search.
func (r *run) runElsewhere(ctx context.Context) {
	id := r.identity()
	id.MaxStates, id.MaxDepth, id.Memory, id.WorkDir = 0, 0, 0, ""
	text, err := json.Marshal(id)
	if err != nil {
		r.failed = err
		return
	}
	r.distribution, r.failed = r.options.Engine.Search(ctx, Job{Search: r.search, Identity: text})
	r.result = r.search.Result()
}
