// Command actors compares the models of actors with the counts of states that are known of them,
// and measures what the searches take. It runs mc check on each, prints a table of processor time,
// of the system's part of that, and of the most memory that was resident, and fails where a count
// differs.
//
//	go run ./bench/actors [-runs N] [-only TEXT] [-large]
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/muster-mc/muster/bench/internal/mc"
)

func main() {
	runs := flag.Int("runs", 1, "runs of each; the row has the median by time")
	only := flag.String("only", "", "only the lines that begin with this `text`")
	large := flag.Bool("large", false, "also what takes more than a minute")
	flag.Parse()
	if err := run(*runs, *only, *large); err != nil {
		fmt.Fprintln(os.Stderr, "actors:", err)
		os.Exit(1)
	}
}

func run(runs int, only string, large bool) error {
	var chosen []known
	for _, k := range counts {
		if strings.HasPrefix(k.line, only) && (large || !k.large) {
			chosen = append(chosen, k)
		}
	}
	if len(chosen) == 0 || runs < 1 {
		return fmt.Errorf("nothing to do with -only %q and -runs %d", only, runs)
	}
	path, remove, err := mc.Build()
	if err != nil {
		return err
	}
	defer remove()
	fmt.Println("| `mc check` | states | generated | depth | CPU-s | system | MiB |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---:|")
	differ := 0
	for _, k := range chosen {
		var list []mc.Run
		for range runs {
			r, err := mc.Check(path, []int{1, 3}, strings.Fields(k.line)...)
			if err != nil {
				return err
			}
			list = append(list, r)
		}
		m := mc.Median(list)
		c, note := m.Counts, ""
		if c != k.Counts {
			differ++
			note = fmt.Sprintf(" want %d, %d, %d |", k.Distinct, k.Generated, k.Depth)
		}
		fmt.Printf("| `%s` | %d | %d | %d | %.2f | %.2f | %d |%s\n", k.line, c.Distinct, c.Generated, c.Depth, m.Seconds, m.System, m.Resident>>20, note)
	}
	if differ > 0 {
		return fmt.Errorf("%d of %d counts differ", differ, len(chosen))
	}
	return nil
}
