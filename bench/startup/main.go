// Command startup measures the cost of starting with Muster: of running a very short
// check, of building mc, of editing a model and testing it, and the modules that a user's
// program needs.
//
//	go run ./bench/startup
//	go run ./bench/startup -parts edit,modules
//
// The part run alternates a check by mc, by a program with only that model, and by a
// program without a command line with a Go program that does nothing. The number of page
// faults depends least on the machine's speed and its other load. The peak memory is never
// less than that of this command, because a new process starts as a copy of it.
//
// The other parts are rows of one figure, the most that it may be, and the command that it
// stands for. Processor time is that of the user and the system, of the command and of all
// that it starts. All builds are of a copy of the module, with a build cache of their own.
// If a figure is more than it may be, the exit status is 1.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
)

// part is a part of the measurement. Those that build share a workshop.
type part struct {
	name    string
	measure func(*workshop, *table) error
}

// The order matters: the build cache that build fills is the one that edit uses.
var parts = []part{{"build", build}, {"edit", edit}, {"modules", modules}}

func main() {
	runs := flag.Int("runs", 20, "the number of `times` that each program is run")
	chosen := flag.String("parts", "run,build,edit,modules", "the `parts` to measure")
	flag.Parse()
	list := strings.Split(*chosen, ",")
	if flag.NArg() > 0 || *runs < 1 || !known(list) {
		flag.Usage()
		os.Exit(2)
	}
	if err := measure(list, *runs); err != nil {
		fmt.Fprintln(os.Stderr, "startup:", err)
		os.Exit(1)
	}
}

func known(list []string) bool {
	return !slices.ContainsFunc(list, func(name string) bool {
		return name != "run" && !slices.ContainsFunc(parts, func(p part) bool { return p.name == name })
	})
}

func measure(list []string, runs int) error {
	if slices.Contains(list, "run") {
		if err := compare(runs); err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(name string) bool { return name == "run" })
	}
	if len(list) == 0 {
		return nil
	}
	w, err := newWorkshop(".")
	if err != nil {
		return err
	}
	defer w.close()
	var t table
	for _, p := range parts {
		if slices.Contains(list, p.name) {
			if err := p.measure(w, &t); err != nil {
				return err
			}
		}
	}
	return t.write(os.Stdout)
}
