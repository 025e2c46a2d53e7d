package explore

import (
	"fmt"
	"github.com/muster-mc/muster/internal/liveness"
	"github.com/muster-mc/muster/internal/number"
	"slices"
	"strings"
	"time"

	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// report words the result of the run. The order matters. A breach of the contract comes
// first: no count and no verdict of such a model means anything. A model without states
// is an error only if nothing was found, since Init itself may panic. The checkpoint is
// removed last, so that a run whose report fails, for a file with a trace in it, can
// still be resumed.
func (r *run) report(started time.Time) (*Report, error) {
	if f := r.result.Found.Of(search.Breach); f.Exists && r.withoutRuns {
		return nil, &ContractError{Model: r.system.Name, Problem: f.Detail}
	} else if f.Exists {
		return nil, r.breach(f)
	}
	if r.failed != nil {
		return nil, r.failed
	}
	report := &Report{
		Model: r.system.Name, Parameters: r.options.parameters(),
		Counts: publicCounts(r.result.Counts), Symmetry: r.symmetry(), Actions: r.actionReports(), Bounds: r.bounds(),
		Store: r.storeReport(), Code: r.codeReport(), Distribution: r.distribution,
		Bytes: r.result.Bytes,
	}
	report.Vacuity = r.vacuity(report.Actions)
	report.Forecast = r.foreseen()
	report.Explanation = r.explanation()
	err := r.reportProperties(report)
	if err != nil {
		return nil, err
	}
	r.conclude(report)
	if r.result.Counts.Distinct == 0 && r.result.Stop == nil && !report.hasCounterexample() {
		return nil, &ModelError{r.system.Name, r.noStates()}
	}
	if report.Checkpoint, err = r.checkpointer.Conclude(r.isCut() || r.answers.Undecided != ""); err != nil {
		return nil, checkpointError(r.options.Checkpoint, err)
	}
	report.Seconds = time.Since(started).Seconds()
	return report, nil
}

// isCut reports whether a limit or an interrupt ended the search early. A stop without a
// reason is a finding that ended the search.
func (r *run) isCut() bool { return r.result.Stop != nil && r.result.Stop.Reason != "" }

func (r *Report) hasCounterexample() bool {
	return slices.ContainsFunc(r.Properties, func(p PropertyReport) bool { return p.Verdict == Violated })
}

// noStates says why there is nothing to explore.
func (r *run) noStates() string {
	if r.result.Counts.Generated > 0 {
		return "Constraint is false for every initial state"
	}
	return emptyInit(r.system)
}

// initTries is how many attempts to make an initial state are looked at. Init may have
// very many combinations, and the words of an error are not worth trying all of them.
const initTries = 1000

// emptyInit says why Init makes no state.
func emptyInit(m *system.System) string {
	var o model.Odometer
	o.Reset()
	for tries := range initTries {
		if tries > 0 && !o.Next() {
			break
		}
		if system.Attempt(m.Init.Do, m.Codec.Make(), &o); o.Void() {
			return "Init chooses from nothing: there is no initial state"
		}
	}
	return "Init returned false for everything it chose: there is no initial state"
}

// breach returns the contract error with the steps to the state on which the breach was
// seen, so that the reader can repeat it.
func (r *run) breach(f search.Finding) error {
	kind := r.result.Found.Other(search.Breach)
	w, err := r.search.WalkToFinding(kind, f)
	if err != nil && r.search.Orbits() != nil { // the breach itself can make the run impossible
		return &ContractError{Model: r.system.Name, Problem: f.Detail}
	}
	if err != nil {
		return err
	}
	return &ContractError{Model: r.system.Name, Problem: r.search.Detail(kind, f, w), Trace: &w.Run}
}

// conclude draws the overall verdict. A violation outranks a limit: a counterexample is
// right whatever was not searched. A witness that is not reached is no violation if
// faults were left out, because the witness may need one of them.
func (r *run) conclude(report *Report) {
	report.Verdict = Holds
	if r.isCut() {
		report.Verdict, report.Reason = Incomplete, r.result.Stop.Reason
	}
	if r.answers.Undecided != "" {
		report.Verdict, report.Reason = Incomplete, r.answers.Undecided
	}
	for _, reason := range []string{r.undecidedElsewhere(), r.undecidedOnOrbits()} {
		if reason != "" && report.Reason == "" {
			report.Verdict, report.Reason = Incomplete, reason
		}
	}
	for _, p := range report.Properties {
		if p.Verdict == Violated || p.Verdict == Unreached && len(r.options.WithoutFaults) == 0 {
			report.Verdict = Violated
		}
	}
}

func (r *run) actionReports() []ActionReport {
	actions := r.search.Actions()
	list := make([]ActionReport, len(actions))
	for i, a := range actions {
		c := r.result.Coverage[i]
		list[i] = ActionReport{a.Name, a.Fault, c.Attempts, c.Enabled, c.Discovered}
	}
	return list
}

// The answer is as strict as the last kind in use.
func (r *run) storeReport() Store {
	s := Store{MissProbability: r.result.Miss}
	for _, k := range r.result.Kinds {
		s.Kind = StoreKind(k)
		s.Kinds = append(s.Kinds, s.Kind)
	}
	return s
}

// bounds lists the bounds within which the answer holds. A simulation asks for bounds
// too, and has no search.
func (r *run) bounds() []string {
	o, list := r.options, []string{}
	if r.orbits != nil && !r.hasProvedSymmetry() {
		list = append(list, fmt.Sprintf("the symmetry of %v, which was checked on a sample of the states", r.orbits))
	}
	if c := r.result.Counts; c.Outside > 0 {
		list = append(list, fmt.Sprintf("the model's constraint, which left out %s of the %s generated states", number.Commas(c.Outside), number.Commas(c.Generated)))
	}
	if len(o.WithoutFaults) > 0 {
		list = append(list, "without faults: "+strings.Join(o.WithoutFaults, ", "))
	}
	if o.Properties != nil {
		list = append(list, "only properties: "+strings.Join(o.Properties, ", "))
	}
	if r.search != nil {
		list = append(list, r.merged()...)
	}
	if left := r.leftOut(); len(left) > 0 {
		list = append(list, "without properties about whole runs: "+strings.Join(left, ", "))
	}
	return list
}

// merged are the actions whose fairness takes different steps for one.
func (r *run) merged() []string {
	var list []string
	for i, a := range r.search.Actions() {
		if text, ok := r.answers.Merged[i]; ok {
			list = append(list, fmt.Sprintf("the fairness of %s, which takes arguments with one text for one: several are %s", a.Name, text))
		}
	}
	return list
}

// leftOut are the properties about whole runs that SafetyOnly leaves out.
func (r *run) leftOut() []string {
	var names []string
	for i := range r.system.Properties {
		if p := &r.system.Properties[i]; p.IsTemporal() && r.options.SafetyOnly && r.options.wants(p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// reportProperties reports on every property that was checked, in the order of the
// model, and then on deadlocks and panics.
func (r *run) reportProperties(report *Report) error {
	for _, i := range r.options.checked(r.system) {
		p := &r.system.Properties[i]
		if why, is := r.undecided[i]; is {
			report.Properties = append(report.Properties, PropertyReport{Name: p.Name, Kind: string(p.Kind), Verdict: Unknown, Detail: why})
			continue
		}
		if p.IsTemporal() {
			report.Properties = append(report.Properties, r.answerOn(i))
			continue
		}
		if err := r.reportFinding(report, namedKind{i, p.Name, string(p.Kind)}); err != nil {
			return err
		}
		last := &report.Properties[len(report.Properties)-1]
		last.Applied = r.appliedTo(i)
		last.Vacuous = p.IsImplication() && last.Verdict == Holds && last.Applied == 0
	}
	found := r.result.Found
	if r.deadlock {
		if err := r.reportFinding(report, namedKind{found.Other(search.Deadlock), Deadlock, "deadlock"}); err != nil {
			return err
		}
	}
	if found.Of(search.Panic).Exists {
		return r.reportFinding(report, namedKind{found.Other(search.Panic), Panic, "panic"})
	}
	return nil
}

func (r *run) reportFinding(report *Report, k namedKind) error {
	p := PropertyReport{Name: k.name, Kind: k.what, Verdict: r.without(k.kind)}
	if exists := r.result.Found.First[k.kind].Exists; exists && r.withoutRuns {
		p.Detail = "the search has found it, but its trace could not be made"
	} else if exists {
		var err error
		if p, err = r.violation(k); err != nil {
			return err
		}
		if p.Further, err = r.further(k.kind); err != nil {
			return err
		}
	}
	report.Properties = append(report.Properties, p)
	return nil
}

// noteWaits adds to the run to a deadlock who waits for what.
func (r *run) noteWaits(kind int, w *system.Walk) {
	if kind == r.search.Found().Other(search.Deadlock) {
		w.NoteWaits()
	}
}

// further are the violations of a kind after the first, which is in the report itself. Of
// what was to be reached one state is enough, and whether a round finds more depends on the
// workers.
func (r *run) further(kind int) ([]Further, error) {
	if r.search.IsWitness(kind) {
		return nil, nil
	}
	var list []Further
	for _, f := range r.result.Found.All(kind)[1:] {
		w, err := r.search.WalkToFinding(kind, f)
		if err != nil {
			return nil, err
		}
		r.noteWaits(kind, w)
		x := Further{r.search.Detail(kind, f, w), &w.Run}
		if x.Detail == "" && kind < len(r.system.Properties) {
			x.Detail = w.Explain(kind)
		}
		list = append(list, x)
	}
	return list, nil
}

// without is the verdict on a property about which nothing was found. A search that ended
// early has not seen every state, whatever ended it. So a property without a finding is
// unknown beside another's violation.
func (r *run) without(kind int) Verdict {
	switch {
	case r.result.Stop != nil:
		return Unknown
	case r.search.IsWitness(kind):
		return Unreached
	}
	return Holds
}

// answerOn is the report on a property about whole runs. An answer that is missing leaves
// the property unknown: the search was cut, or the graph was not made.
func (r *run) answerOn(property int) PropertyReport {
	p := &r.system.Properties[property]
	report := PropertyReport{Name: p.Name, Kind: string(p.Kind), Verdict: Unknown}
	a, known := r.answers.Of[property]
	switch {
	case !known:
	case a.Violated:
		report.Verdict, report.Detail, report.Trace = Violated, a.Detail, a.Trace
		report.Shortest = shortest(a)
	default:
		report.Verdict, report.Vacuous, report.NoFairRun = Holds, a.Vacuous, a.NoRun
	}
	return report
}

// An exact loop implies an exact stem, so the stronger claim comes first.
func shortest(a liveness.Answer) string {
	switch {
	case a.LoopExact:
		return ShortestLoop
	case a.StemExact:
		return ShortestStem
	}
	return ""
}
