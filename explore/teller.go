package explore

import (
	"github.com/muster-mc/muster/internal/search"
)

// teller calls Options.Found while the search goes on. The search is between two rounds then:
// the log has the way to each finding, and a later round finds nothing that comes before it.
type teller struct {
	run  *run
	told map[int]bool // by kind of finding
}

func (t *teller) Block(*search.Block, int, uint64, uint64) {}
func (t *teller) Level([]uint64)                           {}

// Round tells of the violations that are new. A run that cannot be taken again is left to the
// report, which says why.
func (t *teller) Round(search.Standing) {
	r := t.run
	for _, k := range r.kinds(r.search.Found()) {
		if f := r.search.Found().First[k.kind]; !f.Exists || t.told[k.kind] || r.search.IsWitness(k.kind) {
			continue
		}
		t.told[k.kind] = true
		p, err := r.violation(k)
		if err == nil && !r.search.IsCancelled() { // the caller may be gone: code that hangs may return late
			r.options.Found(p)
		}
	}
}

// namedKind is a kind of finding with the words for it in a report.
type namedKind struct {
	kind       int
	name, what string
}

// kinds are the kinds of finding that a search reports, in the order of a report.
func (r *run) kinds(found *search.Findings) []namedKind {
	var list []namedKind
	for _, i := range r.options.checked(r.system) {
		p := &r.system.Properties[i]
		if _, is := r.undecided[i]; !is && !p.IsTemporal() {
			list = append(list, namedKind{i, p.Name, string(p.Kind)})
		}
	}
	if r.deadlock {
		list = append(list, namedKind{found.Other(search.Deadlock), Deadlock, "deadlock"})
	}
	return append(list, namedKind{found.Other(search.Panic), Panic, "panic"})
}

// violation is the report on the first finding of a kind, with its trace. The model takes the
// steps to the finding again, so the trace shows only what the model does. Kinds beyond the
// properties, such as deadlock, have their words from the search, and nothing to ask.
func (r *run) violation(k namedKind) (PropertyReport, error) {
	f := r.search.Found().First[k.kind]
	w, err := r.search.WalkToFinding(k.kind, f)
	if err != nil {
		return PropertyReport{}, err
	}
	r.noteWaits(k.kind, w)
	p := PropertyReport{Name: k.name, Kind: k.what, Verdict: Violated, Trace: &w.Run, Detail: r.search.Detail(k.kind, f, w)}
	if r.search.IsWitness(k.kind) {
		p.Verdict = Reached
	} else if p.Detail == "" && k.kind < len(r.system.Properties) {
		p.Detail = w.Explain(k.kind)
	}
	return p, nil
}
