// Command budget runs mc check under a hard limit of memory, and reports the memory that
// the run has taken.
//
//	go run ./bench/budget -memory 64MiB twophase --rms 9 --store disk
//
// If the system permits it, the run has its own control group with the limit, and the
// kernel kills a run that exceeds it. Otherwise the command only measures the peak. The
// exit status is 1 if the run exceeded the limit or did not end normally.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/muster-mc/muster/command"
	"github.com/muster-mc/muster/models"
)

// childVariable is the environment variable that marks the limited process.
const childVariable = "MUSTER_BUDGET_CHILD"

func main() {
	if os.Getenv(childVariable) != "" {
		_, _ = io.ReadFull(os.Stdin, make([]byte, 1)) // wait until the limit is set
		os.Exit(command.Main(os.Args[1:], os.Stdout, os.Stderr, models.All...))
	}
	memory := flag.String("memory", "64MiB", "the size of the memory that the run may take")
	flag.Usage = usage
	flag.Parse()
	if flag.NArg() == 0 {
		usage()
		os.Exit(2)
	}
	kept, err := run(*memory, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "budget:", err)
	}
	if !kept {
		os.Exit(1)
	}
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: go run ./bench/budget [-memory SIZE] MODEL [parameters and flags of mc check]")
	flag.PrintDefaults()
}

// run checks a model and reports whether the check stayed within the limit.
func run(memory string, arguments []string) (kept bool, err error) {
	most, err := bytesOf(memory)
	if err != nil {
		return false, err
	}
	c := exec.Command(os.Args[0], append([]string{"check", "--memory", memory}, arguments...)...)
	c.Env = append(os.Environ(), childVariable+"=1")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	start, err := c.StdinPipe()
	if err != nil {
		return false, err
	}
	if err := c.Start(); err != nil {
		return false, err
	}
	limit, release := limited(c.Process.Pid, most)
	defer release()
	if _, err := start.Write([]byte{1}); err != nil {
		return false, err
	}
	failed := c.Wait()
	peak := peakOf(c.ProcessState)
	fmt.Printf("\npeak %.1f MiB of %.1f MiB; limited by %s\n", mebibytes(peak), mebibytes(most), limit)
	return failed == nil && peak <= most, failed
}

func mebibytes(n uint64) float64 { return float64(n) / (1 << 20) }

// bytesOf parses a size such as 64MiB.
func bytesOf(text string) (uint64, error) {
	for i, unit := range []string{"KiB", "MiB", "GiB", "TiB"} {
		digits, ok := strings.CutSuffix(text, unit)
		if !ok {
			continue
		}
		var n float64
		if _, err := fmt.Sscanf(digits, "%g", &n); err == nil && n > 0 {
			return uint64(n * float64(uint64(1024)<<(10*i))), nil
		}
	}
	return 0, fmt.Errorf("-memory %s: want a size such as 64MiB", text)
}
