//go:build unix

package spec

import (
	"bytes"
	"fmt"
	"syscall"
	"testing"
	"time"

	"github.com/muster-mc/muster/conform"
)

// Twice the records take twice the time: the parts of one long log are checked, from its
// beginning. The time of the processor is told too, which the load of the machine changes
// less.
//
//	go test ./spec -run '^$' -bench Records -benchtime 3x
func BenchmarkRecords(b *testing.B) {
	log := logsOf(b, 1, "-steps", "12000", "-seed", "11")[0]
	lines := bytes.SplitAfter(log.Data, []byte("\n"))
	for records := 2500; records <= len(lines); records *= 2 {
		part := []conform.Input{{Name: log.Name, Data: bytes.Join(lines[:records], nil)}}
		b.Run(fmt.Sprint(records), func(b *testing.B) {
			began := processorTime()
			for b.Loop() {
				r, err := conform.Check(b.Context(), Records(driven), part, conform.Options{})
				if err != nil || r.Verdict != conform.Accepted {
					b.Fatal(err, r)
				}
			}
			b.ReportMetric(float64((processorTime()-began).Microseconds())/float64(b.N)/float64(records), "cpu-µs/record")
		})
	}
}

func processorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
