package main

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// subject is a model with the names that the commands about the model need.
type subject struct {
	name       string
	bugs       []string
	fixes      []string
	properties []string
	actions    []string
	faults     []string // kinds
	sweeps     []string // a few values of each parameter that is a number
	clashes    []string // flags of the command that the model has too
	limit      []string // flags that keep the search small; none of a model that is
}

// large are the models of millions of states.
var large = map[string]bool{"membership": true}

// small are the flags of a search that takes a second or so, of any model.
var small = []string{"--max-states", "20000"}

// subjectOf asks the program for all there is to a model.
func subjectOf(ctx context.Context, p program, o options, name string) (subject, error) {
	s := subject{name: name}
	if large[name] && !o.all {
		s.limit = small
	}
	flags, err := p.offers(ctx, o, "check", name, "-")
	if err != nil {
		return s, err
	}
	for _, f := range flags {
		if own, ok := strings.CutPrefix(f, "--run-"); ok {
			s.clashes = append(s.clashes, "--"+own)
		}
	}
	for flag, values := range map[string]*[]string{"--bug": &s.bugs, "--fix": &s.fixes, "--without-fault": &s.faults} {
		if *values, err = p.offers(ctx, o, "check", name, flag, ""); err != nil {
			return s, err
		}
	}
	shown, err := p.answer(ctx, o, "show", name)
	if err != nil {
		return s, err
	}
	s.sweeps = sweepsOf(shown)
	report, err := p.answer(ctx, o, s.line("check", "--max-states", "1", "--json")...)
	if err != nil {
		return s, err
	}
	return s, s.read(report)
}

// line is a command line of the model, with the names that the command's own flags
// have beside the model's.
func (s subject) line(verb string, flags ...string) []string {
	args := []string{verb, s.name}
	for _, f := range flags {
		if slices.Contains(s.clashes, f) {
			f = "--run-" + strings.TrimPrefix(f, "--")
		}
		args = append(args, f)
	}
	return args
}

// read takes the names of properties and actions from a report.
func (s *subject) read(report string) error {
	var r struct {
		Properties, Actions []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(report), &r); err != nil {
		return fmt.Errorf("the report of %s: %w", s.name, err)
	}
	for _, p := range r.Properties {
		s.properties = append(s.properties, p.Name)
	}
	for _, a := range r.Actions {
		s.actions = append(s.actions, a.Name)
	}
	return nil
}

// interval is a line of mc show that tells from where to where a parameter goes.
var interval = regexp.MustCompile(`(?m)^  --(\S+) +(\d+) to (\d+) `)

// stepsMax is how many values of a parameter are swept beyond the first.
const stepsMax = 3

// sweepsOf are flags of mc growth, one for each number that mc show lists.
func sweepsOf(shown string) []string {
	var list []string
	for _, m := range interval.FindAllStringSubmatch(shown, -1) {
		first, _ := strconv.Atoi(m[2]) // digits
		last, _ := strconv.Atoi(m[3])
		list = append(list, fmt.Sprintf("--sweep=%s=%d..%d", m[1], first, min(last, first+stepsMax)))
	}
	return list
}
