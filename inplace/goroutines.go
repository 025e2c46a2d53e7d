package inplace

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync/atomic"
	"time"
)

// watched numbers the calls that are watched for goroutines.
var watched atomic.Uint64

// closely is how many calls are looked at whether the number of goroutines has grown or
// not: with several workers the number says little.
const closely = 64

// patience is how long a goroutine that is about to end may take for that. A machine that is
// busy may leave the goroutine waiting for a processor.
const patience = time.Second

// leftBehind runs f and names the function of a goroutine that f has started and that has
// not ended, or nothing. Goroutines have the labels of the one that started them, so that
// those of f are found among all others.
func leftBehind(name string, f func()) (function string) {
	n := watched.Add(1)
	label := fmt.Sprintf("%s-%d", name, n)
	before := runtime.NumGoroutine()
	pprof.Do(context.Background(), pprof.Labels("muster-step", label), func(context.Context) { f() })
	if runtime.NumGoroutine() <= before && n > closely {
		return ""
	}
	for pause := 50 * time.Microsecond; ; pause *= 2 {
		if function = labelled(label); function == "" || pause > patience {
			return function
		}
		time.Sleep(pause)
	}
}

var frame = regexp.MustCompile(`(?m)^#\t0x[0-9a-f]+\t(\S+)\+0x[0-9a-f]+\t`)

// labelled returns the function with which a goroutine with a label began, or nothing.
func labelled(label string) (function string) {
	var b bytes.Buffer
	if err := pprof.Lookup("goroutine").WriteTo(&b, 1); err != nil {
		return ""
	}
	quoted := fmt.Sprintf("%q", label)
	for _, record := range strings.Split(b.String(), "\n\n") {
		if !strings.Contains(record, `"muster-step":`+quoted) {
			continue
		}
		all := frame.FindAllStringSubmatch(record, -1)
		if len(all) == 0 {
			return "a function without a name"
		}
		return all[len(all)-1][1]
	}
	return ""
}
