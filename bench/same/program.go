package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// program is the absolute path of a build of mc.
type program string

// programAt finds the program that a user names.
func programAt(name string) (program, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return "", err
	}
	path, err = filepath.Abs(path)
	return program(path), err
}

// outcome is how a command line ended.
type outcome struct {
	status         int
	stdout, stderr string
	late           bool // it was ended for taking too long; the rest means nothing
}

// run runs one command line in a directory. The program is told that its name is
// mc, which its messages have in them.
func (p program) run(ctx context.Context, timeout time.Duration, dir string, args []string) (outcome, error) {
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var stdout, stderr bytes.Buffer
	c := exec.CommandContext(limited, string(p))
	c.Args = append([]string{"mc"}, args...)
	c.Dir, c.Stdout, c.Stderr = dir, &stdout, &stderr
	err := c.Run()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return outcome{}, err
	}
	return outcome{c.ProcessState.ExitCode(), stdout.String(), stderr.String(), limited.Err() != nil}, nil
}

// answer is what the program prints for a command line that must succeed.
func (p program) answer(ctx context.Context, o options, args ...string) (string, error) {
	got, err := p.run(ctx, o.timeout, "", args)
	switch {
	case err != nil:
		return "", err
	case got.late || got.status != 0 && got.status != statusIncomplete:
		return "", fmt.Errorf("%s %s: exit status %d: %s", p, commandLine(args), got.status, strings.TrimSpace(got.stderr))
	}
	return got.stdout, nil
}

// statusIncomplete is that of mc for a run that a limit ended.
const statusIncomplete = 3

// offers are the words with which the program completes a command line.
func (p program) offers(ctx context.Context, o options, words ...string) ([]string, error) {
	text, err := p.answer(ctx, o, append([]string{"__complete", "--"}, words...)...)
	var list []string
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		list = append(list, word)
	}
	return list, err
}
