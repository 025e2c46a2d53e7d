package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/muster-mc/muster/bench/internal/mc"
)

// ofTwo are the models of the catalogue whose group has two elements, in their default sizes
// and in some larger ones. There is least to gain: half of the work at most.
func ofTwo() []string {
	return []string{
		"lease", "lease --max-clock 5", "lease --max-clock 9 --max-token 5 --duration 4",
		"linearizability", "linearizability --max-history 6",
		"incident/recoverers", "incident/recoverers --attempts 5",
		"agent", "agent --max-messages 4 --max-iterations 7",
		"activation", "activation --max-version 100",
		"actor/register", "actor/register --clients 3",
		"ownership/zombie", "ownership/skew", "ownership/renewal", "ownership/orphan", "ownership/forwarding",
		"cluster/rpc", "cluster/failover", "cluster/join", "cluster/placement",
		"teleport", "migration", "actorstate", "memory/expiry", "memory/blocks",
		"server/block", "server/search", "server/shutdown",
		"storage/commit", "storage/sequence", "storage/update",
		"sandbox/pause", "sandbox/snapshot",
	}
}

// comparePairs prints a row for each line: runs in pairs, each in random order, the medians of their
// times and of the ratios within the pairs.
func comparePairs(path, only string, pairs int) error {
	fmt.Println("| `mc check` | all states | CPU-ms | orbits | CPU-ms | ratio |")
	fmt.Println("|---|---:|---:|---:|---:|---:|")
	for _, line := range ofTwo() {
		if !strings.HasPrefix(line, only) {
			continue
		}
		var all [2][]mc.Run
		var ratios []float64
		for range pairs {
			var took [2]float64
			for _, i := range rand.Perm(2) {
				mode := []string{"off", "on"}[i]
				r, err := mc.Check(path, []int{1}, append(strings.Fields(line), "--symmetry", mode, "--safety-only")...)
				if err != nil {
					return err
				}
				all[i], took[i] = append(all[i], r), r.Seconds
			}
			ratios = append(ratios, took[1]/took[0])
		}
		slices.Sort(ratios)
		off, on := mc.Median(all[0]), mc.Median(all[1])
		fmt.Printf("| `%s` | %d | %.1f | %d | %.1f | %.2f |\n",
			line, off.Counts.Distinct, off.Seconds*1e3, on.Counts.Distinct, on.Seconds*1e3, ratios[len(ratios)/2])
	}
	return nil
}
