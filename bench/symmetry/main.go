// Command symmetry measures what it gains to search one state of each orbit. It runs
// mc check with --symmetry on and off on models of the catalogue, in random order, and
// prints a table of processor time and of the most memory that was resident.
//
//	go run ./bench/symmetry [-runs N] [-only TEXT]
//
// With -pairs it compares models whose group has two elements, in pairs of runs.
//
//	go run ./bench/symmetry -pairs N [-only TEXT]
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"

	"github.com/muster-mc/muster/bench/internal/mc"
)

// A size is a model with parameters. Whole says that all states are searched too: the
// largest sizes would take too long for that.
type size struct {
	line  string
	whole bool
}

// sizes are the rows of the table.
func sizes() []size {
	var list []size
	add := func(whole bool, lines ...string) {
		for _, line := range lines {
			list = append(list, size{line, whole})
		}
	}
	add(true, "lease --nodes 2", "lease --nodes 2 --max-clock 9 --max-token 5 --duration 4", "lease --nodes 3", "lease --nodes 4", "lease --nodes 2 --actors 2 --max-token 2")
	add(true, "membership --max-view 2", "membership", "txn", "txn --transactions 3 --keys 1 --values 2 --serializable", "wal")
	for nodes := 2; nodes <= 5; nodes++ {
		add(nodes <= 4, fmt.Sprintf("activation --nodes %d", nodes))
	}
	for rms := 5; rms <= 12; rms++ {
		add(rms <= 9, fmt.Sprintf("twophase --rms %d", rms))
	}
	return list
}

func main() {
	runs := flag.Int("runs", 3, "runs of each kind")
	only := flag.String("only", "", "measure only the lines that begin with this `text`")
	pairs := flag.Int("pairs", 0, "compare models whose group has two elements, in this many pairs of runs")
	flag.Parse()
	if err := run(*runs, *pairs, *only); err != nil {
		fmt.Fprintln(os.Stderr, "symmetry:", err)
		os.Exit(1)
	}
}

func run(runs, pairs int, only string) error {
	path, remove, err := mc.Build()
	if err != nil {
		return err
	}
	defer remove()
	if pairs > 0 {
		return comparePairs(path, only, pairs)
	}
	fmt.Println("| `mc check` | all states | CPU-s | MiB | orbits | CPU-s | MiB |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|")
	for _, s := range sizes() {
		if !strings.HasPrefix(s.line, only) {
			continue
		}
		on, off, err := compare(path, s, runs)
		if err != nil {
			return err
		}
		fmt.Printf("| `%s` | %s | %s |\n", s.line, cells(off), cells(on))
	}
	return nil
}

// compare runs a size with orbits and with all states, in random order.
func compare(path string, s size, runs int) (on, off []mc.Run, err error) {
	var modes []string
	for range runs {
		modes = append(modes, "on")
		if s.whole {
			modes = append(modes, "off")
		}
	}
	rand.Shuffle(len(modes), func(i, j int) { modes[i], modes[j] = modes[j], modes[i] })
	for _, mode := range modes {
		m, err := mc.Check(path, nil, append(strings.Fields(s.line), "--symmetry", mode, "--safety-only")...)
		if err != nil {
			return nil, nil, err
		}
		if mode == "on" {
			on = append(on, m)
		} else {
			off = append(off, m)
		}
	}
	return on, off, nil
}

// cells are the medians of some runs, as cells of the table.
func cells(list []mc.Run) string {
	if len(list) == 0 {
		return "| |"
	}
	m := mc.Median(list)
	return fmt.Sprintf("%d | %.2f | %d", m.Counts.Distinct, m.Seconds, m.Resident>>20)
}
