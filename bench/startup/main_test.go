package main

import (
	"os"
	"os/exec"
	"testing"
	"time"
)

func TestQuantile(t *testing.T) {
	p := &program{}
	for _, n := range []int{30, 10, 20} {
		p.runs = append(p.runs, sample{processor: time.Duration(n) * time.Millisecond})
	}
	for part, want := range map[float64]float64{0: 10, 0.5: 20, 1: 30} {
		if got := p.quantile(part, sample.milliseconds); got != want {
			t.Errorf("%v: got %v ms, want %v", part, got, want)
		}
	}
}

// If the system reports the resources of a process, they are not zero.
func TestAProcessTakesSomething(t *testing.T) {
	c := exec.Command(os.Args[0], "-test.run=^$")
	if err := c.Run(); err != nil {
		t.Fatal(err)
	}
	if s := sampleOf(c.ProcessState); (s.faults == 0) != (s.peak == 0) {
		t.Errorf("got %+v", s)
	}
}
