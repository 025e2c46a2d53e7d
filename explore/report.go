package explore

import "github.com/muster-mc/muster/trace"

// Verdict is the answer of a run, or of one property in it.
type Verdict string

// The verdicts. A run holds, is violated or is incomplete. A property holds, is
// violated, or is unknown when the run ended before it was decided; one that
// claims reachability is reached or unreached.
const (
	Holds      Verdict = "holds"
	Violated   Verdict = "violated"
	Incomplete Verdict = "incomplete"
	Reached    Verdict = "reached"
	Unreached  Verdict = "unreached"
	Unknown    Verdict = "unknown"
)

// Report is everything a run found out. But for Seconds and Bytes it is the
// same for every number of workers, and on every run that ends by itself.
type Report struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"`

	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"` // why the run is incomplete

	Counts     Counts           `json:"counts"`
	Properties []PropertyReport `json:"properties"`
	Actions    []ActionReport   `json:"actions"`

	// Vacuity is what was never put to the test; nil unless the whole space was
	// explored.
	Vacuity *Vacuity `json:"vacuity,omitempty"`

	// Forecast is what was foreseen when about half of the states were found, to be
	// compared with Counts; nil unless the whole space was explored, and if there
	// were too few levels for a forecast.
	Forecast *Forecast `json:"forecast,omitempty"`

	// Explanation is where the states come from, if Options.Explain asked for it.
	Explanation *Explanation `json:"explanation,omitempty"`

	// Symmetry is what the answer rests on if the model declares interchangeable values;
	// nil if it declares none, or the options switch symmetry off.
	Symmetry *Symmetry `json:"symmetry,omitempty"`

	// Bounds says what the answer rests on beside the model itself: its
	// constraint, faults that were left out, properties not checked.
	Bounds []string `json:"bounds"`
	Store  Store    `json:"store"`

	// Code is what was done with the real code that the model runs; nil if it runs none.
	Code *Code `json:"code,omitempty"`

	// Checkpoint is the directory with what [Resume] can go on from, if the run
	// is incomplete and has left a checkpoint.
	Checkpoint string `json:"checkpoint,omitempty"`

	// Distribution is what the search cost, if it was on several machines. It differs
	// from run to run, as Seconds does.
	Distribution *Distribution `json:"distribution,omitempty"`

	Seconds float64 `json:"seconds"`
	Bytes   uint64  `json:"bytes"` // the most that the visited set, the frontier and the trace log held together
}

// Counts is the size of the space that was explored. After a violation it
// counts what came before it in breadth-first order.
type Counts struct {
	Initial   uint64   `json:"initial"`           // distinct initial states
	Distinct  uint64   `json:"distinct"`          // distinct states
	Generated uint64   `json:"generated"`         // initial states and successors, duplicates included
	Outside   uint64   `json:"outside,omitempty"` // those of Generated that the constraint leaves out
	Depth     int      `json:"depth"`             // levels; the initial states are level 1
	Levels    []uint64 `json:"levels"`            // distinct states per level
}

// PropertyReport is what became of one property. A deadlock and a panic in the
// model's own code are reported as properties named Deadlock and Panic.
type PropertyReport struct {
	Name    string       `json:"name"`
	Kind    string       `json:"kind"` // that of [model.Kind], or deadlock, or panic
	Verdict Verdict      `json:"verdict"`
	Detail  string       `json:"detail,omitempty"` // the property's explanation, or what the panic said
	Trace   *trace.Trace `json:"trace,omitempty"`  // to the violation, or to the state that was reached

	// Further are the violations after the first that Options.Traces asked for, in the
	// order of the search.
	Further []Further `json:"further,omitempty"`

	// Shortest is the part of a run with a loop that is known to be as short as in any
	// run that violates the property: [ShortestStem], or [ShortestLoop] if the loop is
	// too, among the runs with a stem as short. It is empty if neither is known.
	Shortest string `json:"shortest,omitempty"`

	// Vacuous: what the property is to follow on never happens, or the property
	// claims something of each of nothing, so that it holds and says nothing.
	Vacuous bool `json:"vacuous,omitempty"`

	// NoFairRun: the property is about whole runs, and no fair run stays inside the
	// model's constraint. So any such property would hold.
	NoFairRun bool `json:"noFairRun,omitempty"`

	// Applied is in how many distinct states, or of how many steps, the left side
	// of an implication is true. It is zero also of other properties, and unless the whole space was
	// explored.
	Applied uint64 `json:"applied,omitempty"`
}

// The values of PropertyReport.Shortest.
const (
	ShortestStem = "stem"
	ShortestLoop = "stem and loop"
)

// Further is one more violation of a property.
type Further struct {
	Detail string       `json:"detail,omitempty"`
	Trace  *trace.Trace `json:"trace"`
}

// ActionReport is how often one action was tried, took place, and led to a
// state that was not known.
type ActionReport struct {
	Name       string `json:"name"`
	Fault      string `json:"fault,omitempty"`
	Attempts   uint64 `json:"attempts"`
	Enabled    uint64 `json:"enabled"`
	Discovered uint64 `json:"discovered"`
}

// Store is the set of visited states: its kind when the run ended, all kinds
// that it was in order, and the chance that it took a new state for a known one
// even once, so that some state was missed. That is zero if it was exact from
// beginning to end.
type Store struct {
	Kind            StoreKind   `json:"kind"`
	Kinds           []StoreKind `json:"kinds"`
	MissProbability float64     `json:"missProbability"`
}
