package audit

// Idle are the properties that killed nothing, in the model's order.
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

// Unguarded are the fields of which no lost update was noticed, whichever action
// made it, though some changed what states there are; in the order in which they
// were first met.
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

// Score is the share of the mutants that were killed, of those that were not set
// aside; 1 if there are none.
func (r *Report) Score() float64 {
	killed, survived := r.Count(Killed), r.Count(Survived)
	if killed+survived == 0 {
		return 1
	}
	return float64(killed) / float64(killed+survived)
}
