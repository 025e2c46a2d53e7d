// Package task is a level of a breadth-first search as three rounds of pure tasks over
// named, immutable blobs.
//
// The states of a level are cut into blocks, in the order of the search, and all states
// into partitions, by their fingerprints. Making level d of the states of level d-1 takes
// three kinds of task:
//
//	expand(d, b)   runs every action on the states of block b, judges the steps, and writes
//	               the fingerprints of the successors that its cache does not drop: a
//	               section for each partition, in order, and where each came from
//	dedupe(d, q)   reads the sections of partition q in the order of the blocks, and the
//	               sorted runs of the fingerprints that the partition has already; writes
//	               into one blob a bit for each fingerprint, 1 for the first one of a new
//	               state, and a new run
//	collect(d, b)  reads which candidates are new, and makes these again from their parents;
//	               judges the new states, and writes them, and how each was reached
//
// The blocks of level d are the pieces that collect wrote, in order, and several small ones
// together. Only fingerprints travel between blocks and partitions, never a state.
//
// A task is pure: the same inputs give the same bytes, wherever and however often it is
// done. So a queue that delivers each task at least once is enough, a lost blob is made
// again, and two answers to one task that differ mean that the model, or the build, is not
// deterministic.
package task

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/search/snapshot"
)

// Kind is a kind of task.
type Kind string

// The kinds, in the order of the rounds of a level.
const (
	Expand  Kind = "expand"
	Dedupe  Kind = "dedupe"
	Collect Kind = "collect"
)

// Kinds lists all kinds.
func Kinds() []Kind { return []Kind{Expand, Dedupe, Collect} }

// Ref names a blob, or a part of one, and says what must be in it.
type Ref struct {
	Name   string `json:"n,omitempty"`
	Offset uint64 `json:"o,omitempty"`
	Length uint64 `json:"l,omitempty"` // in bytes; with 0 nothing is read
	Sum    uint64 `json:"s,omitempty"` // xxHash64 of the bytes
}

// Sum is the checksum of the content of a blob.
func Sum(data []byte) uint64 { return xxhash.Sum64(data) }

// Piece is some states of a level, in a blob.
type Piece struct {
	Ref
	States uint64 `json:"c"`
}

// Run is a sorted list of the fingerprints of a partition, in a blob. Runs of one rank are
// about as large, and eight of them are merged to one of the next rank.
type Run struct {
	Ref
	Rank int `json:"r,omitempty"`
}

// Lineage is how the states that a block led to were reached, in a blob.
type Lineage struct {
	Ref
	First  uint64 `json:"f"` // the number of the first of those states
	States uint64 `json:"c"`
	Base   uint64 `json:"b"` // what the first link's parent counts from
}

// Task is one unit of work, with all that it needs to be done.
type Task struct {
	Run   string `json:"run"`
	Kind  Kind   `json:"kind"`
	Level int    `json:"level"` // the level that is made; the initial states are level 0
	Index int    `json:"index"` // of the block or the partition

	// Of expand and collect: the parents, and the number of the first one.
	First  uint64  `json:"first,omitempty"`
	States []Piece `json:"states,omitempty"`

	Prints []Ref `json:"prints,omitempty"` // of dedupe: by block
	Runs   []Run `json:"runs,omitempty"`   // of dedupe: those of the partition

	New     []Ref `json:"new,omitempty"`    // of collect: by partition
	Origins Ref   `json:"origins,omitzero"` // of collect: where the candidates came from

	// Of expand and collect: what was found before the level.
	Found []snapshot.Finding `json:"found,omitempty"`
}

// Refs are all blobs that the task reads.
func (t *Task) Refs() []Ref {
	var refs []Ref
	for _, p := range t.States {
		refs = append(refs, p.Ref)
	}
	for _, r := range t.Runs {
		refs = append(refs, r.Ref)
	}
	refs = append(append(refs, t.Prints...), t.New...)
	if t.Origins != (Ref{}) {
		refs = append(refs, t.Origins)
	}
	return refs
}

// ID tells the task from all others of its run.
func (t *Task) ID() string { return fmt.Sprintf("%d/%s.%d", t.Level, t.Kind, t.Index) }

// Inputs is a checksum of all that the task needs. An answer is one to this task, and not to
// one of the same name in a run whose levels were cut otherwise, if it has the same.
func (t *Task) Inputs() uint64 {
	text, err := json.Marshal(t)
	if err != nil {
		panic(err) // no part of a task has a type that JSON refuses
	}
	return Sum(text)
}

// name is that of a blob that the task writes.
func (t *Task) name(what string) string {
	return fmt.Sprintf("%s/%d/%s.%d", t.Run, t.Level, what, t.Index)
}

// AnswerName is that of the blob with the answer to the task.
func (t *Task) AnswerName() string { return t.name("answer-" + string(t.Kind)) }

// RunName is that of the blob that dedupe writes: which candidates are new, and the run.
func (t *Task) RunName() string { return t.name("run") }

// Maker finds the task that writes a blob, by the blob's name.
func Maker(name string) (k Kind, level, index int, ok bool) {
	parts := strings.Split(name, "/")
	if len(parts) != 3 {
		return "", 0, 0, false
	}
	level, err := strconv.Atoi(parts[1])
	what := strings.Split(parts[2], ".")
	if err != nil || len(what) < 2 {
		return "", 0, 0, false
	}
	index, err = strconv.Atoi(what[1])
	k, ok = makers[what[0]]
	return k, level, index, ok && err == nil
}

// makers are the kinds of task by what they write.
var makers = map[string]Kind{
	"prints": Expand, "run": Dedupe, "piece": Collect, "lineage": Collect,
}

// Answer is what became of a task.
type Answer struct {
	ID     string `json:"id"`
	Inputs uint64 `json:"inputs"` // [Task.Inputs] of the task
	Worker string `json:"worker,omitempty"`

	Prints  []Ref         `json:"prints,omitempty"`  // of expand: by partition
	Origins Ref           `json:"origins,omitzero"`  // of expand: where the candidates came from
	New     []Ref         `json:"new,omitempty"`     // of dedupe: by block
	Run     *Run          `json:"run,omitempty"`     // of dedupe, if there is a new state
	Pieces  []Piece       `json:"pieces,omitempty"`  // of collect
	Lineage *Lineage      `json:"lineage,omitempty"` // of collect, without First
	Yield   *search.Yield `json:"yield,omitempty"`   // of expand and collect

	// Damaged are inputs that are missing, or are not what they should be, and Failure
	// any other reason why there is no result.
	Damaged []string `json:"damaged,omitempty"`
	Failure string   `json:"failure,omitempty"`

	// Blob has the answer, if that is too large for a message.
	Blob string `json:"blob,omitempty"`

	Cost Cost `json:"cost"`
}

// Cost is what a task took. It is no part of the result.
type Cost struct {
	Read      uint64  `json:"read"` // bytes
	Written   uint64  `json:"written"`
	Seconds   float64 `json:"seconds"`
	Delivered int     `json:"delivered,omitempty"` // times
}

// Result is the part of an answer that the task decides alone: answers to the same task
// have the same result.
func (a Answer) Result() string {
	a.Worker, a.Cost = "", Cost{}
	text, err := json.Marshal(a)
	if err != nil {
		panic(err) // no part of an answer has a type that JSON refuses
	}
	return string(text)
}

// Done reports whether the task was done.
func (a *Answer) Done() bool { return len(a.Damaged) == 0 && a.Failure == "" }
