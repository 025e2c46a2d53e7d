package main

import (
	"os"
	"slices"
	"time"
)

// sample has the resources that one run took.
type sample struct {
	processor time.Duration
	faults    int64  // page faults, 0 if the system does not report them
	peak      uint64 // bytes of memory, 0 if the system does not report them
}

func sampleOf(p *os.ProcessState) sample {
	s := sample{processor: p.UserTime() + p.SystemTime()}
	s.faults, s.peak = usageOf(p)
	return s
}

func (s sample) milliseconds() float64 { return float64(s.processor) / float64(time.Millisecond) }
func (s sample) pageFaults() float64   { return float64(s.faults) }
func (s sample) mebibytes() float64    { return float64(s.peak) / (1 << 20) }

// quantile returns the largest value among the given share of the lowest runs.
func (p *program) quantile(part float64, of func(sample) float64) float64 {
	var all []float64
	for _, s := range p.runs {
		all = append(all, of(s))
	}
	slices.Sort(all)
	return all[int(part*float64(len(all)-1))]
}
