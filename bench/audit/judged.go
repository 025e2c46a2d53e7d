package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/audit"
)

// judged.txt has the reasons why survivors are acceptable. Its first lines describe the
// format.
//
//go:embed judged.txt
var judged string

// reasons has the reasons why survivors are acceptable, by model and mutant.
type reasons map[string]map[string]string

// parseReasons parses text in the format of judged.txt. The lines before the first model
// are a comment.
func parseReasons(text string) (reasons, error) {
	all := reasons{}
	var of map[string]string
	reason := ""
	for i, line := range strings.Split(text, "\n") {
		model, isModel := strings.CutPrefix(line, "# ")
		mutant, isMutant := strings.CutPrefix(line, " ")
		switch {
		case isModel && all[model] != nil:
			return nil, fmt.Errorf("line %d: there are two of the model %q", i+1, model)
		case isModel:
			of, reason = map[string]string{}, ""
			all[model] = of
		case of == nil || line == "":
		case !isMutant:
			reason = line
		case reason == "":
			return nil, fmt.Errorf("line %d: %q has no reason", i+1, mutant)
		case of[mutant] != "":
			return nil, fmt.Errorf("line %d: %q has two reasons", i+1, mutant)
		default:
			of[mutant] = reason
		}
	}
	return all, nil
}

// split separates the survivors with a reason from those without.
func (all reasons) split(r *audit.Report) (explained, open []audit.Mutant) {
	for _, m := range r.Mutants {
		switch {
		case m.Outcome != audit.Survived:
		case all[r.Model][m.String()] != "":
			explained = append(explained, m)
		default:
			open = append(open, m)
		}
	}
	return explained, open
}

// outdated returns the reasons of the audited models that have no survivor.
func (all reasons) outdated(list []sized) []string {
	used := map[string]map[string]bool{}
	for _, r := range list {
		if used[r.Model] == nil {
			used[r.Model] = map[string]bool{}
		}
		explained, _ := all.split(r.Report)
		for _, m := range explained {
			used[r.Model][m.String()] = true
		}
	}
	var left []string
	for _, r := range list {
		for mutant := range all[r.Model] {
			if !used[r.Model][mutant] {
				left = append(left, r.Model+": "+mutant)
				used[r.Model][mutant] = true
			}
		}
	}
	return left
}
