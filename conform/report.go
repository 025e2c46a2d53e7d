package conform

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/trace"
)

// Verdict is the outcome of a check.
type Verdict string

const (
	// Accepted: the model has a run that matches all records.
	Accepted Verdict = "accepted"

	// Rejected: the model has no such run, whatever it does between the records.
	Rejected Verdict = "rejected"

	// Incomplete: no such run was found, and a bound was reached. Reason says which.
	Incomplete Verdict = "incomplete"
)

// Report is the result of a check. It is the same on every run.
type Report struct {
	Model   string  `json:"model"`
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason,omitempty"` // of an incomplete check

	Logs    []LogReport `json:"logs"`
	Records int         `json:"records"` // of all logs
	Matched int         `json:"matched"` // the most that any run of the model matches, as far as was looked
	States  int         `json:"states"`  // states that the model may be in, counted once for each place in the logs

	// Possible is how many states the model may be in after the matched records, as far as
	// was looked. A check that ends with the first run that matches counts one at the end.
	Possible int `json:"possible"`

	// Candidates are the first of those states, and why each leads on with no record; nil
	// if the logs are accepted.
	Candidates []Candidate `json:"candidates,omitempty"`

	// Run is the run that was found: to the end of the logs, or to the first candidate. It
	// is nil if the model has no initial state.
	Run *Run `json:"run,omitempty"`

	// NotTaken are the actions that are no step of the run, and NotRefused the guards that
	// were asked on it and never refused: the log says nothing about them.
	NotTaken   []string `json:"notTaken"`
	NotRefused []string `json:"notRefused"`

	// Violations are the properties of states and steps that the run violates, if the logs
	// are accepted. A run that does not match all records is no behaviour of the system,
	// and is not judged.
	Violations []Violation `json:"violations,omitempty"`
}

// LogReport is one of the logs.
type LogReport struct {
	Name    string `json:"name"`
	Records int    `json:"records"`
	Skipped int    `json:"skipped,omitempty"` // lines that Log.Skip leaves out
	Matched int    `json:"matched"`           // on the way to the first candidate
}

// Place is a record in a log.
type Place struct {
	Log     string `json:"log"`
	Line    int    `json:"line"`
	Ordinal int    `json:"ordinal"` // the record's number in its log, from 1 on
	Kind    string `json:"kind"`
	Text    string `json:"text"` // the line
}

// String is the file and line, such as run.ndjson:17.
func (p Place) String() string { return trace.Escape(p.Log) + ":" + strconv.Itoa(p.Line) }

// Candidate is a state that the model may be in where no record is possible any more.
type Candidate struct {
	Matched []int          `json:"matched"` // records of each log
	State   trace.Value    `json:"state"`
	Why     []Why          `json:"why"`               // for the next record of each log that is not at its end
	Hidden  int            `json:"hidden"`            // the states that hidden steps lead to from here
	Changes []trace.Change `json:"changes,omitempty"` // from the first candidate's state to this one

	Run *Run `json:"-"` // the way to the state
}

// Violation is a property that the run of an accepted log violates.
type Violation struct {
	Property string `json:"property"`
	Step     int    `json:"step"`            // the number of the state in the run, from 1 on
	After    *Place `json:"after,omitempty"` // the record that led there; nil for an initial state
	Detail   string `json:"detail,omitempty"`
}

// Checker is a [Log] without the type of its states.
type Checker struct {
	bound *binding
	err   error
}

// Of makes a Checker. A log that cannot be used is an error of its Check.
func Of[S any](l Log[S]) Checker {
	b, err := bind(l)
	return Checker{b, err}
}

// Check finds out whether the model has a run that matches the logs. The error is a
// [BindingError], a [LogError] or a [HungError].
func Check[S any](ctx context.Context, l Log[S], logs []Input, o Options) (*Report, error) {
	return Of(l).Check(ctx, logs, o)
}

// Check is the function Check.
func (c Checker) Check(ctx context.Context, logs []Input, o Options) (*Report, error) {
	if c.err != nil {
		return nil, c.err
	}
	b := *c.bound
	b.system = b.system.Watched()
	if o.MaxStates < 0 || o.Timeout < 0 || o.Candidates < 0 {
		return nil, &BindingError{b.system.Name, "MaxStates, Timeout and Candidates must not be negative"}
	}
	sources, err := b.readAll(logs)
	if err != nil {
		return nil, err
	}
	if o.Timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.Timeout)
		defer cancel()
	}
	var r *Report
	switch ending, site := system.Attend(ctx, patience, func() { r, err = newSearch(ctx, &b, sources, o).check() }, b.system.Watch.InOneCall()); ending {
	case system.Stuck:
		return nil, &HungError{b.system.Name, b.system.Watch.Hung()}
	case system.Left:
		return nil, &BindingError{b.system.Name, (&system.Exit{Site: site}).Problem()}
	}
	return r, err
}

// check searches, and reports.
func (s *search) check() (*Report, error) {
	var ends []int32
	if s.options.All {
		ends = s.wide()
	} else if end := s.deep(); end >= 0 {
		ends = []int32{end}
	}
	if s.problem != "" {
		return nil, &BindingError{s.binding.system.Name, s.problem}
	}
	return s.report(ends)
}

// readAll reads the logs. Logs without any record would be accepted by every model.
func (b *binding) readAll(logs []Input) (sources []*source, err error) {
	records, skipped := 0, 0
	for _, in := range logs {
		s, err := b.read(in)
		if err != nil {
			return nil, err
		}
		records, skipped = records+len(s.records), skipped+s.skipped
		sources = append(sources, s)
	}
	switch {
	case len(logs) == 0:
		return nil, &BindingError{b.system.Name, "there is no log"}
	case records == 0 && skipped > 0:
		return nil, &LogError{File: logs[0].Name, Problem: "it has no record: Skip leaves out " + number.Count(skipped, "line")}
	case records == 0:
		return nil, &LogError{File: logs[0].Name, Problem: "it has no record"}
	}
	return sources, nil
}

// report describes the end of a search. What it needs to run again, it runs without the
// limits, which the search has already kept or met.
func (s *search) report(ends []int32) (*Report, error) {
	r := &Report{Model: s.binding.system.Name, Records: s.total, States: len(s.nodes), Matched: s.deepest, Possible: len(s.nearest)}
	accepted := len(ends) > 0
	switch {
	case accepted:
		r.Verdict = Accepted
	case s.ended != "":
		r.Verdict, r.Reason = Incomplete, s.ended
	case s.cut:
		r.Verdict, r.Reason = Incomplete, "the bounds on hidden steps were reached: "+s.bounds()
	default:
		r.Verdict = Rejected
	}
	s.stop = func() bool { return false }
	last := int32(-1)
	if len(s.nearest) > 0 {
		last = s.nearest[0]
		r.Run = s.run(last)
	}
	for i, source := range s.sources {
		l := LogReport{Name: source.name, Records: len(source.records), Skipped: source.skipped}
		if last >= 0 {
			l.Matched = int(s.nodes[last].at[i])
		}
		r.Logs = append(r.Logs, l)
	}
	if s.ctx.Err() != nil { // a check that was ended has no time for more
		r.NotTaken, r.NotRefused = []string{}, []string{}
		return r, s.failed()
	}
	s.exercise(r)
	if accepted {
		r.Violations = s.violations(r.Run)
		return r, s.failed()
	}
	r.Candidates = s.candidates()
	return r, s.failed()
}

// failed is a problem of the binding that showed only now: an argument that no action ever
// asked for, or a comparison that fails on a state that is explained.
func (s *search) failed() error {
	if s.problem == "" {
		s.problem = s.unasked()
	}
	if s.problem != "" {
		return &BindingError{s.binding.system.Name, s.problem}
	}
	return nil
}

// candidates are the first states where no record is possible any more.
func (s *search) candidates() (list []Candidate) {
	var first trace.Value
	for i, n := range s.nearest[:min(len(s.nearest), s.options.Candidates)] {
		c := Candidate{State: s.valueOf(s.nodes[n].state), Run: s.run(n)}
		if i == 0 {
			first = c.State
		} else {
			c.Changes = trace.Changes(first, c.State)
		}
		for _, at := range s.nodes[n].at {
			c.Matched = append(c.Matched, int(at))
		}
		shades := s.shadesOf(n)
		c.Hidden = len(shades) - 1
		for source := range s.sources {
			if s.isNext(s.nodes[n].at, source) && !s.isOpen(n, source) {
				c.Why = append(c.Why, s.whyHere(n, source, shades))
			}
		}
		list = append(list, c)
	}
	return list
}

// isOpen reports whether a source's next record is possible: a search that was ended early
// has not gone on from there.
func (s *search) isOpen(n int32, source int) bool {
	return s.ended != "" && len(s.matches(s.nodes[n].state, s.record(s.nodes[n].at, source))) > 0
}

// shadesMax is how many states that hidden steps lead to an explanation looks at.
const shadesMax = 1000

func (s *search) shadesOf(n int32) (shades []shade) {
	c := newClosure(s.nodes[n].state)
	for level := 0; len(shades) < shadesMax; level++ {
		more := c.level(s.prober, level)
		if len(more) == 0 {
			break
		}
		shades = append(shades, more...)
	}
	return shades
}

// whyHere is why the next record of a source is not possible: after those hidden steps with
// which it comes nearest, the fewest of them.
func (s *search) whyHere(n int32, source int, shades []shade) Why {
	r := s.record(s.nodes[n].at, source)
	var best *Why
	var before []taken
	for i := range shades {
		w := s.why(shades[i].state, r)
		if best == nil || nearer(&w, best) < 0 {
			best, before = &w, shades[i].steps
		}
	}
	best.Record.Ordinal = int(s.nodes[n].at[source]) + 1
	best.Hidden = s.labels(s.nodes[n].state, before)
	best.Earlier = s.earlier(n, r)
	return *best
}

// earlierMax is how many records back an explanation looks for a record that came late.
const earlierMax = 100

// earlier is how many records earlier a record was possible on the way to a node.
func (s *search) earlier(n int32, r *record) int {
	back := 0
	for n = s.nodes[n].parent; n >= 0 && back < earlierMax; n = s.nodes[n].parent {
		back++
		if len(s.matches(s.nodes[n].state, r)) > 0 {
			return back
		}
	}
	return 0
}

func (r *record) place() Place {
	return Place{Log: r.file, Line: r.line, Kind: r.Fields.kind, Text: r.text}
}

func (s *search) valueOf(state string) trace.Value {
	s.enter(state)
	return trace.ValueOf(s.parent)
}

// bounds are the bounds on hidden steps in words.
func (s *search) bounds() string {
	words := "at most "
	for i, h := range s.binding.hidden {
		if h.most == Any {
			continue
		}
		if i > 0 && words != "at most " {
			words += ", "
		}
		words += number.Count(h.most, s.binding.system.Actions[h.action].Name+" step")
	}
	return words + " between two records"
}

// unasked is the first argument that a step was taken without, and that no attempt asked
// for: most likely its name is misspelt.
func (s *search) unasked() string {
	for _, name := range slices.Sorted(maps.Keys(s.binding.kinds)) {
		for _, m := range s.binding.kinds[name].meanings {
			for i := range m.steps {
				step := &m.steps[i]
				for j := range step.args {
					if s.took[step] && !s.asked[&step.args[j]] {
						return fmt.Sprintf("the record %q gives the argument %s, for which %s never asked",
							name, step.args[j].name, s.binding.system.Actions[step.action].Name)
					}
				}
			}
		}
	}
	return ""
}
