package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

type options struct {
	parallel int
	timeout  time.Duration
	all      bool
}

// run compares the programs on all models, or on those named, and writes every
// difference. It returns how many commands differ.
func run(ctx context.Context, out io.Writer, o options, oldName, newName string, models []string) (differ int, err error) {
	c := comparison{options: o}
	if c.old, err = programAt(oldName); err != nil {
		return 0, err
	}
	if c.new, err = programAt(newName); err != nil {
		return 0, err
	}
	scripts, err := c.scripts(ctx, models)
	if err != nil {
		return 0, err
	}
	if c.dir, err = os.MkdirTemp("", "same"); err != nil {
		return 0, err
	}
	defer os.RemoveAll(c.dir)
	return c.report(ctx, out, scripts)
}

// comparison is of two programs.
type comparison struct {
	options
	old, new program
	dir      string // for the directories in which scripts run
}

// scripts are those of the models, which are all that the old program has unless
// some are named.
func (c comparison) scripts(ctx context.Context, models []string) ([]script, error) {
	known, err := c.old.offers(ctx, c.options, "check", "")
	if err != nil {
		return nil, err
	}
	var list []script
	if len(models) == 0 {
		verbs, err := c.old.offers(ctx, c.options, "")
		if err != nil {
			return nil, err
		}
		list, models = general(verbs), known
	}
	for _, name := range models {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("%s has no model %q", c.old, name)
		}
		s, err := subjectOf(ctx, c.old, c.options, name)
		if err != nil {
			return nil, err
		}
		list = append(list, s.scripts()...)
	}
	return list, nil
}

// report runs all scripts and writes what differs, in their order. An error ends
// those that run.
func (c comparison) report(ctx context.Context, out io.Writer, scripts []script) (differ int, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	commands := 0
	for _, pending := range c.start(ctx, scripts) {
		v := <-pending
		if v.err != nil && err == nil {
			err = v.err
			cancel()
		}
		for _, line := range v.lines {
			fmt.Fprintln(out, line)
		}
		commands += v.commands
		differ += v.differ
	}
	if err == nil {
		fmt.Fprintf(out, "%d commands, %d differ\n", commands, differ)
	}
	return differ, err
}

// verdict is what came of a script.
type verdict struct {
	commands, differ int
	lines            []string
	err              error
}

// start runs the scripts, some at a time, and returns where the verdict on each
// will be, in their order.
func (c comparison) start(ctx context.Context, scripts []script) []chan verdict {
	verdicts := make([]chan verdict, len(scripts))
	for i := range verdicts {
		verdicts[i] = make(chan verdict, 1)
	}
	next := make(chan int)
	go func() {
		defer close(next)
		for i := range scripts {
			next <- i
		}
	}()
	for range c.parallel {
		go func() {
			for i := range next {
				verdicts[i] <- c.judge(ctx, filepath.Join(c.dir, fmt.Sprint(i)), scripts[i])
			}
		}()
	}
	return verdicts
}

// judge runs a script by both programs, line by line, each in a directory of its
// own.
func (c comparison) judge(ctx context.Context, dir string, s script) (v verdict) {
	defer os.RemoveAll(dir)
	oldDir, newDir := filepath.Join(dir, "old"), filepath.Join(dir, "new")
	for _, d := range []string{oldDir, newDir} {
		if v.err = os.MkdirAll(d, 0o755); v.err != nil {
			return v
		}
	}
	for i, args := range s {
		was, err := c.old.run(ctx, c.timeout, oldDir, args)
		if err != nil {
			return verdict{err: err}
		}
		if was.late {
			v.lines = append(v.lines, "skipped: "+s[:i+1].String())
			break // the rest goes on from where this one ends
		}
		is, err := c.new.run(ctx, c.timeout, newDir, args)
		if err != nil {
			return verdict{err: err}
		}
		v.commands++
		if d := difference(was.blanked(), is.blanked()); d != "" {
			v.differ++
			v.lines = append(v.lines, s[:i+1].String()+": "+d)
		}
	}
	return v
}

// difference says in one line how two outcomes differ; nothing if they do not.
func difference(was, is outcome) string {
	if is.late {
		return "it takes too long now"
	}
	var list []string
	if was.status != is.status {
		list = append(list, fmt.Sprintf("exit status %d, now %d", was.status, is.status))
	}
	if d := firstLine(was.stdout, is.stdout); d != "" {
		list = append(list, "standard output, "+d)
	}
	if d := firstLine(was.stderr, is.stderr); d != "" {
		list = append(list, "standard error, "+d)
	}
	return strings.Join(list, "; ")
}

// firstLine is the first line in which two texts differ.
func firstLine(was, is string) string {
	old, new := strings.SplitAfter(was, "\n"), strings.SplitAfter(is, "\n")
	for i := range max(len(old), len(new)) {
		a, b := "", ""
		if i < len(old) {
			a = old[i]
		}
		if i < len(new) {
			b = new[i]
		}
		if a != b {
			return fmt.Sprintf("line %d: %s, now %s", i+1, excerpt(a, b), excerpt(b, a))
		}
	}
	return ""
}

// excerpt is the part of a line from a little before the place where it differs
// from the other one.
func excerpt(line, other string) string {
	const before, most = 30, 100
	at := 0
	for at < min(len(line), len(other)) && line[at] == other[at] {
		at++
	}
	start := max(0, at-before)
	if len(line) <= most {
		start = 0
	}
	return fmt.Sprintf("%q", line[start:min(len(line), start+most)])
}
