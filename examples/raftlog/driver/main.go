// Command driver runs a group of raft nodes of go.etcd.io/raft/v3 under a schedule that a
// seed chooses, with elections, crashes, lost messages and changes of the configuration, and
// writes what the library traces:
//
//	go run -tags with_tla ./driver -seed 1 -steps 2500 > run.ndjson
//	go run -tags with_tla ./driver -seed 1 -logs 20 -out DIR    many logs at once
//	go run -tags with_tla ./driver -fault forget-vote           with a planted fault
//
// Elections begin when the schedule says so and not by the library's timeouts, which are
// drawn from the system's randomness. So the same seed gives the same log.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// schedule is how a run is driven.
type schedule struct {
	seed  uint64
	steps int
	loss  float64 // of messages
	crash float64 // of steps
	fault string  // "", or what is wrong with the application around the library
}

// The faults that can be planted.
const (
	forgetVote = "forget-vote" // a vote is not written to the disk
	applyEarly = "apply-early" // a change is applied before a quorum has it
)

func main() {
	var s schedule
	logs := flag.Int("logs", 1, "how many logs to make, with the seeds from -seed on")
	out := flag.String("out", "", "the `directory` for the logs; without it there is one log, on standard output")
	flag.Uint64Var(&s.seed, "seed", 1, "chooses the schedule")
	flag.IntVar(&s.steps, "steps", 1500, "steps of the schedule; a step makes about three records")
	flag.Float64Var(&s.loss, "loss", 0.1, "the share of messages that are lost")
	flag.Float64Var(&s.crash, "crash", 0.01, "the share of steps that are crashes")
	flag.StringVar(&s.fault, "fault", "", "plants a fault: "+forgetVote+" or "+applyEarly)
	flag.Parse()
	if err := drive(s, *logs, *out); err != nil {
		fmt.Fprintln(os.Stderr, "driver:", err)
		os.Exit(1)
	}
}

// drive makes the logs at the same time, because the library sleeps for a millisecond at
// each message that it receives.
func drive(s schedule, logs int, out string) error {
	switch {
	case s.fault != "" && s.fault != forgetVote && s.fault != applyEarly:
		return fmt.Errorf("there is no fault %q; there are %s and %s", s.fault, forgetVote, applyEarly)
	case out == "" && logs != 1:
		return fmt.Errorf("-logs %d: several logs want -out", logs)
	case out == "":
		return s.run(os.Stdout)
	}
	errs := make([]error, logs)
	var running sync.WaitGroup
	for i := range logs {
		running.Go(func() {
			one := s
			one.seed += uint64(i)
			errs[i] = one.runInto(filepath.Join(out, fmt.Sprintf("%d.ndjson", one.seed)))
		})
	}
	running.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (s schedule) runInto(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	return s.run(io.Writer(f))
}
