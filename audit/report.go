package audit

import "maps"

// Report is the result of an audit. It does not depend on the number of workers.
type Report struct {
	Model      string         `json:"model"`
	Parameters map[string]any `json:"parameters"`
	States     uint64         `json:"states"`   // of the model
	Whole      bool           `json:"whole"`    // the model was explored completely
	Excluded   []string       `json:"excluded"` // properties that the model itself violates; they are not checked on mutants
	Mutants    []Mutant       `json:"mutants"`
	Properties []Score        `json:"properties"`
}

// Count returns the number of mutants with an outcome.
func (r *Report) Count(o Outcome) int {
	n := 0
	for _, m := range r.Mutants {
		if m.Outcome == o {
			n++
		}
	}
	return n
}

// Score is the number of mutants that a property kills, and the number of those that
// no other property kills.
type Score struct {
	Property string `json:"property"`
	Kind     string `json:"kind"`
	Kills    int    `json:"kills"`
	Alone    int    `json:"alone"`
}

// Idle returns the properties that killed no mutant, in the model's order.
func (r *Report) Idle() []string {
	names := []string{}
	for _, p := range r.Properties {
		if p.Kills == 0 && !r.excludes(p.Property) {
			names = append(names, p.Property)
		}
	}
	return names
}

func (r *Report) excludes(property string) bool {
	for _, name := range r.Excluded {
		if name == property {
			return true
		}
	}
	return false
}

// Unguarded returns the fields with a lost update that survived and none that was
// killed, in the order of the mutants. No property depends on their values.
func (r *Report) Unguarded() []string {
	noticed := map[string]bool{}
	for _, m := range r.Mutants {
		if m.Kind == Lost && m.Outcome == Killed {
			noticed[m.Field] = true
		}
	}
	fields := []string{}
	for _, m := range r.Mutants {
		if m.Kind == Lost && m.Outcome == Survived && !noticed[m.Field] {
			fields = append(fields, m.Field)
			noticed[m.Field] = true
		}
	}
	return fields
}

// Score returns the share of killed mutants among the killed and the survivors, or 1
// if there are none.
func (r *Report) Score() float64 {
	killed, survived := r.Count(Killed), r.Count(Survived)
	if killed+survived == 0 {
		return 1
	}
	return float64(killed) / float64(killed+survived)
}

// report counts the kills of each property.
func (a *auditor) report(list []Mutant) *Report {
	r := &Report{
		Model: a.model.Name, Parameters: map[string]any{},
		States: a.base.Counts.Distinct, Whole: a.base.Reason == "",
		Excluded: append([]string{}, a.excluded...), Mutants: list, Properties: []Score{},
	}
	maps.Copy(r.Parameters, a.options.Parameters)
	for _, p := range a.base.Properties {
		if isRecorder(p.Name) {
			continue
		}
		s := Score{Property: p.Name, Kind: p.Kind}
		for _, m := range list {
			if m.killedBy(p.Name) {
				s.Kills++
				if len(m.By) == 1 {
					s.Alone++
				}
			}
		}
		r.Properties = append(r.Properties, s)
	}
	return r
}
