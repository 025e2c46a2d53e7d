package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"text/tabwriter"
)

// program is a measured program.
type program struct {
	name      string
	source    string
	arguments []string
	path      string // of the binary
	size      int64
	runs      []sample
}

func programs() []*program {
	check := []string{"check", "twophase"}
	return []*program{
		{name: "an empty Go program", source: "./bench/startup/empty"},
		{name: "the engine alone on twophase", source: "./bench/startup/engine"},
		{name: "one model: check twophase", source: "./bench/startup/single", arguments: check},
		{name: "mc check twophase", source: "./cmd/mc", arguments: check},
	}
}

// compare builds all programs and alternates their runs, so that other load of the
// machine influences them equally.
func compare(runs int) error {
	dir, err := os.MkdirTemp("", "startup")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	all := programs()
	for _, p := range all {
		if err := p.build(dir); err != nil {
			return err
		}
	}
	for range runs {
		for _, p := range all {
			if err := p.run(); err != nil {
				return err
			}
		}
	}
	return write(all)
}

func (p *program) build(dir string) error {
	p.path = filepath.Join(dir, filepath.Base(p.source))
	if runtime.GOOS == "windows" {
		p.path += ".exe"
	}
	c := exec.Command("go", "build", "-o", p.path, p.source)
	c.Stderr = os.Stderr
	if err := c.Run(); err != nil {
		return fmt.Errorf("go build %s: %w", p.source, err)
	}
	file, err := os.Stat(p.path)
	if err != nil {
		return err
	}
	p.size = file.Size()
	return nil
}

func (p *program) run() error {
	c := exec.Command(p.path, p.arguments...)
	if err := c.Run(); err != nil {
		return fmt.Errorf("%s: %w", p.name, err)
	}
	p.runs = append(p.runs, sampleOf(c.ProcessState))
	return nil
}

func write(all []*program) error {
	out := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(out, "\tms, least\tms, median\tpage faults\tpeak MiB\tbinary MiB\t")
	for _, p := range all {
		fmt.Fprintf(out, "%s\t%.1f\t%.1f\t%.0f\t%.1f\t%.1f\t\n", p.name,
			p.quantile(0, sample.milliseconds), p.quantile(0.5, sample.milliseconds),
			p.quantile(0.5, sample.pageFaults), p.quantile(0.5, sample.mebibytes), float64(p.size)/(1<<20))
	}
	return out.Flush()
}
