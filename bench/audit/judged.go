package main

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/muster-mc/muster/audit"
)

// judged.txt says of survivors why they may live; its first lines say in what form.
//
//go:embed judged.txt
var judged string

// reasons are why survivors may live: by model, and by what is wrong with them.
type reasons map[string]map[string]string

// parseReasons reads text like judged.txt. The lines before the first model are
// about the file itself.
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

// split tells the survivors that have a reason from those that have none.
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

// outdated are the reasons for which no survivor is left, of the models that were
// audited.
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
