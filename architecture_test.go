package muster_test

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// arrow says what the packages that match a pattern may import of ours, and
// what their tests may import beyond that. A pattern that ends in /... is the
// folder and everything below it. Of several that match, the first one counts.
type arrow struct {
	from  string
	to    []string
	tests []string
}

// arrows is the house: they point one way, from the command line down to model,
// and every package is in it.
var arrows = []arrow{
	{from: ".", tests: list("catalog", "command", "explore", "models")},
	{from: "model", tests: list("model", "explore", "trace")},
	{from: "goroutine", to: list("model"), tests: list("goroutine", "explore/...")},
	{from: "trace", to: list("model", "internal/markup"), tests: list("trace", "container", "model")},
	{from: "crash", to: list("model", "internal/codec"), tests: list("container", "explore", "crash")},
	{from: "network", to: list("model", "trace"), tests: list("network", "container", "explore/...", "internal/codec")},
	{from: "actor", to: list("model", "crash", "network"), tests: list("actor", "container", "explore/...", "internal/codec", "trace")},
	{from: "actor/raftcore", to: list("model", "container", "network"), tests: list("actor/...", "crash", "explore")},
	{from: "inplace", to: list("model", "trace", "internal/deep"), tests: list("inplace", "explore/...", "network")},
	{from: "container", to: list("model", "trace"), tests: list("container", "explore", "internal/codec")},
	{from: "lin", to: list("model", "container"), tests: list("lin/...", "explore/...", "internal/codec", "trace")},
	{from: "lin/internal/random", to: list("lin")},
	{from: "txn", tests: list("txn", "model", "explore")},

	{from: "internal/number"},
	{from: "internal/checkpoint", to: list("internal/fileerror"), tests: list("internal/...")},
	{from: "internal/spill", to: list("internal/fileerror"), tests: list("internal/...")},
	{from: "internal/visited", to: list("internal/fingerprint", "internal/pages", "internal/spill"), tests: list("internal/...")},
	{from: "internal/digraph", to: list("internal/pages", "internal/spill"), tests: list("internal/...")},
	{from: "internal/frontier", to: list("internal/pages", "internal/spill"), tests: list("internal/...")},
	{from: "internal/predecessor", to: list("internal/pages", "internal/spill"), tests: list("internal/...")},
	{from: "internal/orbit", to: list("model"), tests: list("internal/...")},
	{from: "internal/system", to: list("model", "trace", "internal/codec", "internal/orbit"), tests: list("internal/...")},
	{from: "internal/dedup", to: list("internal/fingerprint", "internal/system"), tests: list("internal/...")},
	{from: "internal/steplog", to: list("internal/digraph", "internal/visited"), tests: list("internal/...")},
	{from: "internal/search/snapshot", to: list("internal/checkpoint", "internal/fingerprint", "internal/frontier", "internal/system", "internal/visited"), tests: list("model", "internal/...")},
	{from: "internal/search", to: list(
		"model", "trace", "internal/budget", "internal/checkpoint", "internal/codec", "internal/dedup", "internal/digraph",
		"internal/fingerprint", "internal/frontier", "internal/number", "internal/orbit", "internal/pages", "internal/predecessor", "internal/search/snapshot",
		"internal/spill", "internal/steplog", "internal/system", "internal/visited",
	), tests: list("internal/...")},
	{from: "internal/liveness", to: list(
		"model", "trace", "internal/buchi", "internal/dedup", "internal/digraph", "internal/fingerprint", "internal/orbit", "internal/search",
		"internal/spill", "internal/steplog", "internal/system",
	), tests: list("internal/...")},
	{from: "internal/simulate", to: list("model", "internal/fingerprint", "internal/system"), tests: list("internal/...")},
	{from: "internal/explain", to: list("trace", "internal/checkpoint", "internal/codec", "internal/frontier", "internal/orbit", "internal/search/...", "internal/system"), tests: list("model", "internal/...")},
	{from: "internal/tour", to: list("model", "trace", "internal/number", "internal/system"), tests: list("internal/...", "models/...")},
	{from: "internal/...", tests: list("internal/...")},

	{from: "explore", to: list(
		"model", "trace", "internal/checkpoint", "internal/explain", "internal/liveness", "internal/number", "internal/orbit", "internal/search/...",
		"internal/simulate", "internal/spill", "internal/system", "internal/visited",
	), tests: list("explore", "actor", "container", "crash", "lin", "network", "txn", "models/...", "catalog", "internal/...")},
	{from: "explore/mctest", to: list("model", "explore", "explorer", "trace", "internal/gotest", "internal/number"), tests: list("explore/...")},
	{from: "drive/suite", to: list("model", "trace", "explore", "internal/tour"), tests: list("drive/suite", "models/...")},
	{from: "drive", to: list("model", "trace", "drive/suite", "internal/gotest", "internal/number", "internal/system", "internal/tour"), tests: list("drive")},
	{from: "audit", to: list("model", "explore", "trace", "internal/codec", "internal/fingerprint", "internal/system"), tests: list("audit")},
	{from: "conform", to: list("model", "trace", "internal/number", "internal/system"), tests: list("conform")},
	{from: "catalog", to: list("model", "explore", "trace", "audit", "conform"), tests: list("catalog")},

	{from: "models", to: list("catalog", "models/..."), tests: list("model", "explore")},
	{from: "models/internal/orbittest", to: list("model", "catalog", "explore/...")},
	{from: "models/internal/clients", to: list("model", "actor", "network", "lin")},
	{from: "models/internal/...", to: list("model", "container", "models/internal/..."), tests: list("explore/...")},
	{from: "models/...", to: list("model", "conform", "container", "crash", "network", "actor/...", "goroutine", "lin", "catalog", "models/internal/..."), tests: list("explore/...", "trace")},

	{from: "growth", to: list("catalog", "explore"), tests: list("model", "growth")},
	{from: "growth/chart", to: list("growth", "internal/markup"), tests: list("growth/chart")},

	{from: "graph", to: list("explore", "trace", "graph/layered"), tests: list("graph")},
	{from: "graph/layered"},

	{from: "explorer", to: list("model", "conform", "explore", "trace", "graph/layered", "explorer/..."), tests: list("catalog", "container", "models")},
	{from: "explorer/expression", to: list("trace"), tests: list("model")},
	{from: "explorer/steps", to: list("catalog", "trace"), tests: list("model")},

	{from: "command", to: list("catalog", "conform", "drive/suite", "explore", "explorer/...", "trace", "audit", "graph", "growth/...", "command/internal/...", "internal/number"), tests: list("model", "command", "models/...")},
	{from: "command/internal/cli", to: list("catalog", "command/internal/exit", "command/internal/flags", "command/internal/output"), tests: list("model")},
	{from: "command/internal/tracefile", to: list("catalog", "explore", "trace", "command/internal/exit", "command/internal/flags", "command/internal/output", "command/internal/report")},
	{from: "command/internal/report", to: list("model", "catalog", "explore", "trace", "command/internal/flags", "command/internal/output", "internal/number")},
	{from: "command/internal/options", to: list("catalog", "explore", "command/internal/exit", "command/internal/flags"), tests: list("model")},
	{from: "command/internal/progress", to: list("explore", "command/internal/exit", "command/internal/output", "internal/number")},
	{from: "command/internal/flags", to: list("catalog", "command/internal/exit")},
	{from: "command/internal/output", to: list("internal/number")},
	{from: "command/internal/exit", to: list("catalog"), tests: list("command/internal/exit")},
	{from: "cmd/mc", to: list("command", "models")},

	{from: "bench", to: list("model"), tests: list("bench", "actor", "catalog", "explore", "models/...", "network", "internal/orbit", "internal/system")},
	{from: "bench/budget", to: list("command", "models")},
	{from: "bench/audit", to: list("audit", "catalog", "models")},
	{from: "bench/growth", to: list("catalog", "explore", "models", "growth/...")},
	{from: "bench/same"},
	{from: "bench/startup"},
	{from: "bench/internal/mc"},
	{from: "bench/symmetry", to: list("bench/internal/mc")},
	{from: "bench/actors", to: list("bench/internal/mc")},
	{from: "bench/startup/empty"},
	{from: "bench/startup/engine", to: list("explore", "models/twophase")},
	{from: "bench/startup/single", to: list("command", "models/twophase")},
	{from: "examples", tests: list("command", "explore/mctest")},
}

// guest says where something from outside may be imported.
type guest struct {
	in      []string
	inTests bool // only in the tests of these packages
}

// guests are the imports from outside that few may use.
var guests = map[string]guest{
	"unsafe":                            {in: list("internal/codec", "internal/pages", "internal/visited")},
	"C":                                 {},
	"html/template":                     {}, // package internal/markup says why
	"text/template":                     {},
	"github.com/cespare/xxhash/v2":      {in: list("internal/checkpoint", "internal/fingerprint", "internal/spill")},
	"github.com/dgraph-io/ristretto/v2": {in: list("explorer", "inplace", "internal/search")},
	"github.com/spf13/pflag":            {in: list("command/internal/flags")},
	"golang.org/x/term":                 {in: list("command/internal/output")},
	"github.com/rogpeppe/go-internal/testscript": {in: list("command"), inTests: true},
	"pgregory.net/rapid":                         {in: list("..."), inTests: true},
}

// reachers read unexported fields of states by their address, which reflection
// refuses otherwise. It is the one thing like unsafe outside of the two packages
// that import it.
var reachers = list("internal/codec", "internal/deep", "model", "trace")

func TestArrowsPointOneWay(t *testing.T) {
	for _, f := range goFiles(t) {
		a, ok := arrowOf(f.dir)
		if !ok {
			t.Errorf("%s: the package %s is not in the house: say in architecture_test.go what it may import", f.path, f.dir)
			continue
		}
		allowed := a.to
		if f.isTest {
			allowed = slices.Concat(a.to, a.tests, []string{f.dir})
		}
		for _, dir := range f.ours() {
			if !matchesAny(allowed, dir) {
				t.Errorf("%s imports %s; %s may import %s", f.path, dir, kindOf(f), orNothing(allowed))
			}
		}
	}
}

func TestFewUseWhatComesFromOutside(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, imported := range f.guests() {
			g, known := guests[imported]
			switch {
			case !known:
				t.Errorf("%s imports %s: say in architecture_test.go who may", f.path, imported)
			case !matchesAny(g.in, f.dir):
				t.Errorf("%s imports %s; that may only be in %s", f.path, imported, orNothing(g.in))
			case g.inTests && !f.isTest:
				t.Errorf("%s imports %s; that may only be in tests", f.path, imported)
			}
		}
	}
}

func TestFewReachUnexportedFields(t *testing.T) {
	for _, f := range goFiles(t) {
		if f.isTest || matchesAny(reachers, f.dir) {
			continue
		}
		ast.Inspect(f.parse(t, 0), func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && slices.Contains(list("UnsafePointer", "UnsafeAddr", "NewAt"), s.Sel.Name) {
				t.Errorf("%s uses %s; that may only be in %s", f.path, s.Sel.Name, strings.Join(reachers, ", "))
			}
			return true
		})
	}
}

// A file is named for what is in it.
func TestNoFileIsCalledForNothing(t *testing.T) {
	for _, f := range goFiles(t) {
		name, _, _ := strings.Cut(strings.TrimSuffix(path.Base(f.path), ".go"), "_")
		if slices.Contains(list("util", "utils", "helper", "helpers", "common", "misc", "types", "base"), name) {
			t.Errorf("%s: name the file for what is in it", f.path)
		}
	}
}

// The patterns are of packages that are there.
func TestTheHouseIsNotLargerThanItIs(t *testing.T) {
	files := goFiles(t)
	has := func(pattern string) bool {
		return slices.ContainsFunc(files, func(f goFile) bool { return matches(pattern, f.dir) })
	}
	for _, a := range arrows {
		for _, pattern := range slices.Concat([]string{a.from}, a.to, a.tests) {
			if !has(pattern) {
				t.Errorf("there is no package %s", pattern)
			}
		}
	}
}

func arrowOf(dir string) (arrow, bool) {
	i := slices.IndexFunc(arrows, func(a arrow) bool { return matches(a.from, dir) })
	if i < 0 {
		return arrow{}, false
	}
	return arrows[i], true
}

func matches(pattern, dir string) bool {
	folder, below := strings.CutSuffix(pattern, "/...")
	return pattern == dir || pattern == "..." || below && (dir == folder || strings.HasPrefix(dir, folder+"/"))
}

func matchesAny(patterns []string, dir string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, dir) })
}

func kindOf(f goFile) string {
	if f.isTest {
		return "a test of " + f.dir
	}
	return f.dir
}

func orNothing(patterns []string) string {
	if len(patterns) == 0 {
		return "nothing"
	}
	return strings.Join(patterns, ", ")
}

func list(items ...string) []string { return items }
