package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"github.com/cespare/xxhash/v2"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/cluster/bucket/cloud"
	"github.com/muster-mc/muster/cluster/queue/jetstream"
	"github.com/muster-mc/muster/cluster/run"
	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/explore"
)

// place is where a command line searches: the values of its flags.
type place struct {
	cluster, bucket                 string
	block, partitions, local, tasks uint
	patience, ackWait               time.Duration
	keep, once                      bool
	server                          *jetstream.Server // in this process, or nil
	serverDirectory                 string
}

// embedded is the value of --cluster for a queue in the process.
const embedded = "embedded"

// The largest values of flags.
const (
	blockMax      = 1 << 24
	partitionsMax = 4096
	tasksMax      = 1024
)

func (p *place) commonFlags(fs command.FlagSet) {
	fs.StringVar(&p.cluster, "cluster", os.Getenv("NATS_URL"), "the NATS server with JetStream that hands tasks around: its `url`, such as nats://HOST:4222; check takes embedded too, for one in this process (default $NATS_URL)")
	fs.StringVar(&p.bucket, "bucket", "", "where the states are: the `url` s3://BUCKET/PREFIX, or file:///DIRECTORY that all machines share")
	p.patience, p.ackWait = 10*time.Minute, 30*time.Second
	fs.Time(&p.patience, "patience", "the `time` for which queue or bucket may be out of reach (default 10m)")
	fs.Time(&p.ackWait, "ack-wait", "the `time` after which a task of a worker that is silent is given to another one; the same for all (default 30s)")
}

// CheckFlags implements [command.Elsewhere].
func (p *place) CheckFlags(fs command.FlagSet) {
	p.commonFlags(fs)
	fs.UintVar(&p.local, "local-workers", 0, "the `number` of workers in this process")
	fs.UintVar(&p.block, "block", 64<<10, "the `number` of states of a block, which is what one task is about (default 65536)")
	fs.UintVar(&p.partitions, "partitions", 16, "the `number` of parts of the set of visited states (default 16)")
	fs.BoolVar(&p.keep, "keep-blobs", false, "leave the run's blobs in the bucket when it is over")
}

// WorkFlags implements [command.Elsewhere].
func (p *place) WorkFlags(fs command.FlagSet) {
	p.commonFlags(fs)
	fs.UintVar(&p.tasks, "tasks", 0, "the `number` of tasks that are done at the same time; as many as there are processors unless set")
	fs.BoolVar(&p.once, "once", false, "end when the first run that was worked for is over")
}

// problem is what is wrong with the flags.
func (p *place) problem() error {
	switch {
	case p.cluster == "":
		return errors.New("--cluster is missing: want nats://HOST:4222, or embedded to try it in one process")
	case p.bucket == "":
		return errors.New("--bucket is missing: want s3://BUCKET/PREFIX, or file:///DIRECTORY")
	case p.local > tasksMax || p.tasks > tasksMax:
		return fmt.Errorf("want at most %d workers in a process", tasksMax)
	}
	return nil
}

// description is what a worker has to know to make the coordinator's model.
type description struct {
	Model string       `json:"model"`
	With  catalog.With `json:"with,omitempty"`
	Bug   string       `json:"bug,omitempty"`
	Fix   string       `json:"fix,omitempty"`

	Properties    []string             `json:"properties,omitempty"`
	SafetyOnly    bool                 `json:"safetyOnly,omitempty"`
	WithoutFaults []string             `json:"withoutFaults,omitempty"`
	KeepGoing     bool                 `json:"keepGoing,omitempty"`
	Traces        int                  `json:"traces,omitempty"`
	Symmetry      explore.SymmetryMode `json:"symmetry,omitempty"`
	Store         explore.StoreKind    `json:"store,omitempty"`
	Seed          uint64               `json:"seed,omitempty"`
}

func describe(m catalog.Model, o explore.Options) description {
	s := m.Settings()
	return description{
		Model: m.Entry().Name, With: s.With, Bug: s.Bug, Fix: s.Fix,
		Properties: o.Properties, SafetyOnly: o.SafetyOnly, WithoutFaults: o.WithoutFaults, KeepGoing: o.KeepGoing,
		Traces: o.Traces, Symmetry: o.Symmetry, Store: o.Store, Seed: o.Seed,
	}
}

// open has an engine search the model that is described.
func (d description) open(ctx context.Context, entries []catalog.Entry, e explore.Engine) error {
	i := slices.IndexFunc(entries, func(e catalog.Entry) bool { return e.Name == d.Model })
	if i < 0 {
		return fmt.Errorf("this program has no model %q", d.Model)
	}
	m, err := entries[i].Open(catalog.Settings{With: d.With, Bug: d.Bug, Fix: d.Fix})
	if err != nil {
		return err
	}
	_, err = m.Check(ctx, explore.Options{
		Properties: d.Properties, SafetyOnly: d.SafetyOnly, WithoutFaults: d.WithoutFaults, KeepGoing: d.KeepGoing,
		Traces: d.Traces, Symmetry: d.Symmetry, Store: d.Store, Seed: d.Seed, Engine: e,
	})
	if errors.Is(err, run.ErrServed) {
		return nil
	}
	return err
}

// build tells this build of the program from others: it is a hash of the program's file.
var build = sync.OnceValues(func() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := xxhash.New() // a program of this size takes a tenth of a second by SHA-256
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return fmt.Sprintf("%016x", h.Sum64()), nil
})

// garbage is how much the heap may grow, in percent, before garbage is collected, unless GOGC
// says otherwise. Tasks read and write blobs of some megabytes, and little of the heap lives
// on.
const garbage = 300

// open connects to the queue and the bucket.
func (p *place) open(ctx context.Context, name string, say command.Say) (s run.Settings, closeAll func(), err error) {
	s = run.Settings{Block: int(p.block), Partitions: int(p.partitions), Patience: p.patience, AskAgain: max(time.Minute, 2*p.ackWait), Say: say}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	if s.Build, err = build(); err != nil {
		return s, nil, err
	}
	b, err := cloud.Open(ctx, p.bucket)
	if err != nil {
		return s, nil, err
	}
	q, err := p.connect(name)
	if err != nil {
		return s, nil, errors.Join(err, b.Close())
	}
	s.Queue, s.Bucket = q, b
	return s, func() { q.Close(); _ = b.Close() }, nil
}

func (p *place) connect(name string) (*jetstream.Queue, error) {
	o := jetstream.Options{URL: p.cluster, AckWait: p.ackWait, Name: "muster " + name}
	if p.server != nil {
		return p.server.Connect(o)
	}
	return jetstream.Connect(o)
}

// start starts a server in this process, if that was asked for.
func (p *place) start() (stop func(), err error) {
	if p.cluster != embedded {
		return func() {}, nil
	}
	if p.serverDirectory, err = os.MkdirTemp("", "muster-queue-"); err != nil {
		return nil, fmt.Errorf("the queue has no place for its files: %w", err)
	}
	if p.server, err = jetstream.Start(jetstream.ServerOptions{Directory: p.serverDirectory}); err != nil {
		return nil, errors.Join(err, os.RemoveAll(p.serverDirectory))
	}
	return func() {
		p.server.Stop()
		_ = os.RemoveAll(p.serverDirectory) // nothing rests on it
	}, nil
}

// Check implements [command.Elsewhere].
func (p *place) Check(ctx context.Context, m catalog.Model, o explore.Options, say command.Say) (*explore.Report, error) {
	if err := p.problem(); err != nil {
		return nil, err
	}
	switch {
	case p.block < 1 || p.block > blockMax:
		return nil, fmt.Errorf("--block %d: want 1 to %d", p.block, blockMax)
	case p.partitions < 1 || p.partitions > partitionsMax:
		return nil, fmt.Errorf("--partitions %d: want 1 to %d", p.partitions, partitionsMax)
	case p.cluster == embedded && p.local == 0:
		return nil, errors.New("--cluster embedded: no other process can reach this queue: want --local-workers NUMBER")
	}
	stop, err := p.start()
	if err != nil {
		return nil, err
	}
	defer stop()
	s, closeAll, err := p.open(ctx, "coordinator", say)
	if err != nil {
		return nil, err
	}
	defer closeAll()
	text, err := json.Marshal(describe(m, o))
	if err != nil {
		return nil, err
	}
	release, err := p.startLocal(ctx, m.Entry(), s)
	if err != nil {
		return nil, err
	}
	defer release()
	c := &run.Coordinator{Settings: s, Name: processName(), Model: text}
	o.Engine = c
	r, err := m.Check(ctx, o)
	if err == nil && c.IsOver() && !p.keep {
		err = c.Finish(ctx)
	}
	if err == nil && !c.IsOver() {
		say("the same command goes on with run %s: all that is known of it is at %s", c.Run(), cloud.Redacted(p.bucket))
	}
	return r, err
}

// startLocal starts the workers in this process.
func (p *place) startLocal(ctx context.Context, e catalog.Entry, s run.Settings) (release func(), err error) {
	if p.local == 0 {
		return func() {}, nil
	}
	ctx, cancel := context.WithCancel(ctx)
	q, err := p.connect("local workers")
	if err != nil {
		cancel()
		return nil, err
	}
	s.Queue, s.Say = q, nil
	w := p.worker(s, []catalog.Entry{e}, int(p.local))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = w.Serve(ctx) // the coordinator says what went wrong with a task
	}()
	return func() { cancel(); <-done; q.Close() }, nil
}

// processName tells people this process from the others.
func processName() string {
	host, err := os.Hostname()
	if err != nil {
		host = "process"
	}
	return fmt.Sprintf("%s:%d", host, os.Getpid())
}

func (p *place) worker(s run.Settings, entries []catalog.Entry, tasks int) *run.Worker {
	return &run.Worker{
		Settings: s, Name: processName(), Tasks: tasks, AckWait: p.ackWait, Once: p.once,
		Open: func(ctx context.Context, model json.RawMessage, e explore.Engine) error {
			var d description
			if err := json.Unmarshal(model, &d); err != nil {
				return err
			}
			return d.open(ctx, entries, e)
		},
	}
}

// Work implements [command.Elsewhere].
func (p *place) Work(ctx context.Context, entries []catalog.Entry, say command.Say) error {
	if p.cluster == embedded {
		return errors.New("--cluster embedded is a queue that only the coordinator's process can reach: want nats://HOST:4222")
	}
	if err := p.problem(); err != nil {
		return err
	}
	s, closeAll, err := p.open(ctx, "worker", say)
	if err != nil {
		return err
	}
	defer closeAll()
	tasks := int(p.tasks)
	if tasks == 0 {
		tasks = runtime.GOMAXPROCS(0)
	}
	w := p.worker(s, entries, tasks)
	say("worker %s of build %s: waiting for runs", w.Name, s.Build)
	return w.Serve(ctx)
}
