// Package run is a search on several machines: a coordinator, and any number of workers,
// which share a queue and a bucket and nothing else.
//
// # What rests on what
//
// The bucket has everything: blobs, and after each level a manifest with the checksum of
// each of them. The queue only hands tasks and answers on, and may lose all it has: the
// coordinator asks again for what was not answered. A task that is done twice writes the
// same bytes twice. A worker that dies has its task delivered to another one. A coordinator
// that dies leaves the last manifest, from which the next one goes on. A blob that is missing
// or damaged is made again by the task that made it, whose own inputs are made again if they
// must be, and the result has to be what the manifest says.
//
// # At home and abroad
//
// A level of less than a block is made by the coordinator itself: it would cost more to
// hand it around. So a small model never leaves the coordinator. The set of visited states
// is then in the coordinator's memory, and goes to the bucket as a run of each partition
// when a level is large enough to be made by workers.
package run

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/queue"
)

// Settings are what coordinator and workers agree on, or need to reach each other.
type Settings struct {
	Queue  queue.Queue
	Bucket bucket.Bucket

	// Build tells one build of the program from another one. Workers do tasks of their own
	// build only: another one may have another model, or other layouts of states.
	Build string

	// Block is the most states of a block, and Partitions the number of partitions. Zero
	// is 65,536 states and 16 partitions.
	Block, Partitions int

	// HomeStates is the most visited states with which the coordinator makes small levels
	// itself. Zero is 4 million; each takes about 10 bytes of memory.
	HomeStates uint64

	// Beat is how often coordinator and workers say that they are there; zero is a second.
	// SaveEvery is the time between two manifests of levels that the coordinator makes
	// itself; zero is ten seconds.
	Beat, SaveEvery time.Duration

	// Patience is how long queue and bucket may be out of reach, one after the other,
	// before the run ends as incomplete; zero is ten minutes.
	Patience time.Duration

	// AskAgain is how long a task may be without an answer, and without a worker that says
	// it has it, before it is published again; zero is a minute.
	AskAgain time.Duration

	// Say tells people what happens: workers that come and go, what is made again.
	Say func(format string, args ...any)

	now func() time.Time // the clock of this process; nil is time.Now
}

// since is the time that has passed by the clock of this process. No time of another one
// is ever compared with it: none is in any message or blob.
func (s *Settings) since(t time.Time) time.Duration { return s.now().Sub(t) }

// withDefaults returns the settings without zeros.
func (s Settings) withDefaults() Settings {
	orDefault(&s.Block, 64<<10)
	orDefault(&s.Partitions, 16)
	orDefault(&s.HomeStates, 4<<20)
	orDefault(&s.Beat, time.Second)
	orDefault(&s.SaveEvery, 10*time.Second)
	orDefault(&s.Patience, 10*time.Minute)
	orDefault(&s.AskAgain, time.Minute)
	if s.now == nil {
		s.now = time.Now
	}
	if s.Say == nil {
		s.Say = func(string, ...any) {}
	}
	return s
}

func orDefault[T comparable](value *T, otherwise T) {
	var zero T
	if *value == zero {
		*value = otherwise
	}
}

// format changes when runs of an older version of this package cannot be gone on with.
const format = 2

// id tells one run from all others: the model and the options, the build, and how levels
// are cut.
func (s *Settings) id(identity []byte) string {
	text, err := json.Marshal([]any{format, string(identity), s.Build, s.Block, s.Partitions, s.HomeStates})
	if err != nil {
		panic(err) // none of these is of a type that JSON refuses
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// The subjects on which coordinators and workers say that they are there, and the topics of
// a run.
const (
	subjectRuns    = "runs"
	subjectWorkers = "workers"
)

func topicTasks(run string) string   { return "tasks." + run }
func topicAnswers(run string) string { return "answers." + run }

// Announcement is what a coordinator says about its run.
type Announcement struct {
	Run   string `json:"run"`
	Build string `json:"build"`
	Model string `json:"model"`
	By    string `json:"by,omitempty"` // which coordinator
	Over  bool   `json:"over,omitempty"`
}

// presence is what a worker says about itself.
type presence struct {
	Worker string   `json:"worker"`
	Build  string   `json:"build"`
	Run    string   `json:"run"`
	Tasks  []string `json:"tasks,omitempty"` // those that it is doing
	NoJob  bool     `json:"noJob,omitempty"` // the run's job is missing or damaged, so it does nothing
}
