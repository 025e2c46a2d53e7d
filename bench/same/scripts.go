package main

import (
	"slices"
	"strings"
)

// script is command lines that run one after the other in a directory of their
// own.
type script [][]string

func (s script) String() string {
	var lines []string
	for _, args := range s {
		lines = append(lines, commandLine(args))
	}
	return strings.Join(lines, " && ")
}

// commandLine is the arguments as a shell reads them.
func commandLine(args []string) string {
	words := []string{"mc"}
	for _, a := range args {
		if a == "" || strings.ContainsAny(a, " '()") {
			a = "'" + strings.ReplaceAll(a, "'", `'\''`) + "'"
		}
		words = append(words, a)
	}
	return strings.Join(words, " ")
}

// words are arguments without spaces in them.
func words(line string) []string { return strings.Fields(line) }

// general are the scripts that are of no model, or of a model that is known to be
// of use: the largest runs are here.
func general(verbs []string) []script {
	var list []script
	for _, line := range []string{
		"", "list", "help", "--help", "completion bash", "completion zsh", "completion fish",
		"list --color always", "check twophase --color always",

		"chekc", "check", "check leese", "check lease twophase", "check lease --zork", "check lease --nodes",
		"check lease --nodes 99", "check lease --nodes two", "check lease --bug none", "check lease --fix none",
		"check lease --bug no-check --fix margin", "check lease --property None", "check lease --without-fault none",
		"check lease --store tape", "check lease --memory much", "check lease --memory 1KiB", "check lease --workers -1",
		"check lease --timeout 10", "check lease --max-states many", "check lease --format gif", "check lease --json --format itf",
		"check lease --trace-out nowhere/trace.json", "check lease --work-dir nowhere", "check lease --checkpoint-every 1s",
		"check lease --safety-only --property EventualLeaseResolution",
		"resume", "resume nowhere", "replay", "replay nowhere.json", "replay lease", "replay lease --steps None",
		"simulate lease --walks 0", "audit lease --max-states 0", "graph lease --format gif", "graph twophase --view None",
		"growth lease", "growth lease --sweep nodes", "growth lease --sweep none=1..2", "growth lease --sweep nodes=1..9",

		"check twophase --rms 7 --json", "check twophase --rms 7 --store compact --json --workers 1",
		"check twophase --rms 8 --store disk --memory 64MiB --workers 2 --json", "check twophase --rms 8 --memory 64MiB --workers 2 --json",
		"check twophase --rms 5 --live --json", "check twophase --rms 4 --live --bug lost-commit",
		"check twophase --rms 6 --live --store disk --memory 64MiB --workers 2 --json",
		"check lease --nodes 3 --safety-only --json", "check lease --writes --slow-clocks --json", "check lease --seed 7 --store compact --json",
		"growth twophase --sweep rms=1..6 --ahead 3 --format json",
	} {
		list = append(list, script{words(line)})
	}
	for _, v := range verbs {
		list = append(list, script{{"help", v}}, script{{v, "--help"}}, script{{v, "--zork"}})
	}
	return append(list,
		script{words("check lease --max-depth 9 --checkpoint run --json"), words("check lease --checkpoint run"), words("resume run --nodes 2"), words("resume run --store compact --json")},
		script{words("check lease --bug no-check --trace-out trace.json"), words("replay trace.json --bug no-check"), words("replay ./trace.json --full")},
		script{{"replay", "twophase", "--steps", "RMPrepare(0) RMPrepare(rm=1) RMPrepare TMReceivePrepared(2)", "--json"}},
		script{{"replay", "twophase", "--steps", "RMPrepare(0) TMCommit"}},
	)
}

// check is a command line that explores the model within its limit.
func (s subject) check(flags ...string) []string {
	return s.line("check", slices.Concat(flags, s.limit)...)
}

// partly is a command line that explores a part of the model.
func (s subject) partly(verb string, flags ...string) []string {
	return s.line(verb, slices.Concat(flags, small)...)
}

// scripts are all those of a model.
func (s subject) scripts() []script {
	list := []script{
		{s.line("show")},
		{s.line("check", "--help")},
		{s.check()},
		{s.check("--json")},
		{s.partly("check", "--keep-going", "--strict", "--json")},
		{s.check("--safety-only", "--full")},
		{s.partly("check", "--explain", "--json")},
		{s.partly("check", "--explain")},
		{s.check("--store", "exact", "--workers", "1", "--json")},
		{s.check("--store", "compact", "--workers", "2", "--json")},
		{s.check("--store", "disk", "--memory", "64MiB", "--workers", "2", "--json")},
		{s.check("--workers", "3", "--json")},
		{s.line("simulate", "--seed", "1", "--walks", "200", "--reach", "20000", "--json")},
		{s.line("simulate", "--seed", "2", "--walks", "20", "--depth", "30", "--reach", "0")},
		{s.line("audit", "--max-states", "500", "--json")},
		{s.line("audit", "--max-states", "200", "--all")},
		{s.line("graph", "--max-states", "2000", "--format", "dot")},
		{s.line("graph", "--max-states", "2000", "--format", "json")},
	}
	return slices.Concat(list, s.resumed(), s.choices(), s.defects(), s.sizes())
}

// resumed are runs that a limit ends and that go on from their checkpoint.
func (s subject) resumed() []script {
	var list []script
	for _, flags := range []string{"", "--store exact", "--store compact", "--store disk", "--explain", "--keep-going --workers 1"} {
		begin := s.line("check", words(flags+" --max-depth 4 --checkpoint run --json")...)
		list = append(list, script{begin, slices.Concat(words("resume run --max-depth 1000 --json"), small)})
	}
	return list
}

// choices are parts of the model: single properties, actions without a fault,
// single steps.
func (s subject) choices() []script {
	var list []script
	for _, p := range s.properties {
		list = append(list, script{s.partly("check", "--property", p)})
	}
	for _, kind := range s.faults {
		list = append(list, script{s.check("--without-fault", kind, "--json")})
	}
	for _, a := range append([]string{"Init"}, s.actions...) {
		list = append(list, script{s.line("replay", "--steps", a)}, script{s.line("replay", "--steps", a, "--json")})
	}
	return list
}

// defects are the seeded bugs, their traces and the fixes.
func (s subject) defects() []script {
	var list []script
	for _, bug := range s.bugs {
		list = append(list,
			script{s.check("--bug", bug)},
			script{s.check("--bug", bug, "--json")},
			script{s.partly("check", "--bug", bug, "--keep-going", "--store", "compact", "--json")},
			script{s.check("--bug", bug, "--trace-out", "trace.json"), words("replay trace.json"), words("replay trace.json --json")},
			script{s.check("--bug", bug, "--format", "itf", "--trace-out", "trace.itf.json"), words("replay trace.itf.json --full")},
			script{s.check("--bug", bug, "--format", "mermaid")},
			script{s.check("--bug", bug, "--format", "html")},
			script{s.line("simulate", "--bug", bug, "--seed", "1", "--walks", "100", "--reach", "0", "--json")},
			script{s.line("graph", "--bug", bug, "--max-states", "2000", "--format", "dot")},
		)
	}
	for _, fix := range s.fixes {
		list = append(list, script{s.check("--fix", fix)}, script{s.check("--fix", fix, "--json")})
	}
	if s.limit == nil {
		list = append(list, script{s.line("bugs")})
	}
	return list
}

// sizes are growth in each parameter, and in the first two together.
func (s subject) sizes() []script {
	var list []script
	grow := func(sweeps ...string) {
		list = append(list, script{s.partly("growth", append(sweeps, "--budget", "1000h", "--memory", "1000GiB", "--format", "json")...)})
	}
	for _, sweep := range s.sweeps {
		grow(sweep)
	}
	if len(s.sweeps) > 1 {
		grow(s.sweeps[0], s.sweeps[1])
	}
	return list
}
