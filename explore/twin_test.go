package explore

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// twin is the slow search that the engine must agree with in every report: one
// queue, one map keyed by text, no bytes, no hashes, no workers. It shares
// nothing with the engine but the types of a report.
type twin[S any] struct {
	m       *model.Model[S]
	o       Options
	actions []model.Action[S]
	nodes   []twinNode[S]
	met     map[string]bool
	r       *Report
	found   map[string]*PropertyReport
	done    bool
}

type twinNode[S any] struct {
	state   S
	parent  int // -1: this is an initial state
	action  string
	answers []int
	depth   int
}

func checkTwin[S any](m *model.Model[S], o Options) *Report {
	t := &twin[S]{m: m, o: o, met: map[string]bool{}, found: map[string]*PropertyReport{}}
	t.r = &Report{Model: m.Name, Parameters: map[string]any{}, Bounds: []string{}}
	for _, a := range m.Actions {
		if a.Fault == "" || !slices.Contains(o.WithoutFaults, a.Fault) {
			t.actions = append(t.actions, a)
			t.r.Actions = append(t.r.Actions, ActionReport{Name: a.Name, Fault: a.Fault})
		}
	}
	var zero S
	t.expand(-1, &zero, 1, []model.Action[S]{{Name: initName, Do: initOf(m)}}, nil)
	t.r.Counts.Initial = t.r.Counts.Distinct
	for i := 0; i < len(t.nodes) && !t.done; i++ {
		n := t.nodes[i]
		if o.MaxDepth > 0 && n.depth == o.MaxDepth {
			t.r.Reason, t.done = reasonDepth(o.MaxDepth), true
			break
		}
		t.expand(i, &n.state, n.depth+1, t.actions, t.r.Actions)
	}
	return t.conclude()
}

// expand makes all successors of a state, and finds out whether there are none.
func (t *twin[S]) expand(parent int, s *S, depth int, actions []model.Action[S], coverage []ActionReport) {
	any := false
	for i, a := range actions {
		var o model.Odometer
		o.Reset()
		for more := true; more; more = o.Next() {
			var c *ActionReport
			if coverage != nil {
				c = &coverage[i]
				c.Attempts++
			}
			next := twinClone(s)
			enabled, panicked := attempt(a.Do, next, &o)
			node := twinNode[S]{*next, parent, a.Name, o.Answers(nil), depth}
			if panicked {
				t.find(Panic, "panic", Violated, t.nodes[parent])
				t.done = true
			}
			if t.done {
				return
			}
			if !enabled {
				continue
			}
			any = true
			t.successor(s, node, c)
			if t.done {
				return
			}
		}
	}
	if !any && parent >= 0 && !t.m.AllowDeadlock && t.o.wants(Deadlock) &&
		(t.m.Terminal == nil || !t.m.Terminal(s)) {
		t.find(Deadlock, "deadlock", Violated, t.nodes[parent])
	}
}

// successor counts, adds and judges one successor.
func (t *twin[S]) successor(before *S, n twinNode[S], c *ActionReport) {
	inside := t.m.Constraint == nil || t.m.Constraint(&n.state)
	key := twinKey(&n.state)
	fresh := !t.met[key]
	if inside && fresh && t.o.MaxStates > 0 && t.r.Counts.Distinct == t.o.MaxStates {
		t.r.Reason = fmt.Sprintf("the limit of %d states was reached", t.o.MaxStates)
		t.done = true
		return
	}
	t.r.Counts.Generated++
	if c != nil {
		c.Enabled++
	}
	if inside && fresh {
		t.add(key, n, c)
	}
	for _, p := range t.m.Properties {
		switch {
		case !t.o.wants(p.Name) || t.found[p.Name] != nil:
		case p.Kind == model.KindAlwaysStep && n.parent >= 0 && !p.Step(before, &n.state),
			p.Kind == model.KindAlways && !p.State(&n.state):
			t.find(p.Name, string(p.Kind), Violated, n)
		case p.Kind == model.KindReachable && p.State(&n.state):
			t.find(p.Name, string(p.Kind), Reached, n)
		}
	}
}

func (t *twin[S]) add(key string, n twinNode[S], c *ActionReport) {
	t.met[key] = true
	t.nodes = append(t.nodes, n)
	k := &t.r.Counts
	k.Distinct++
	if c != nil {
		c.Discovered++
	}
	if n.depth > k.Depth {
		k.Depth = n.depth
		k.Levels = append(k.Levels, 0)
	}
	k.Levels[n.depth-1]++
}

func (t *twin[S]) find(name, kind string, v Verdict, n twinNode[S]) {
	if t.found[name] != nil {
		return
	}
	t.found[name] = &PropertyReport{Name: name, Kind: kind, Verdict: v, Trace: t.trace(n)}
	if v == Violated && !t.o.KeepGoing {
		t.done = true
	}
}

func (t *twin[S]) trace(n twinNode[S]) *trace.Trace {
	var run trace.Trace
	var nodes []twinNode[S]
	for ; n.parent >= 0; n = t.nodes[n.parent] {
		nodes = append(nodes, n)
	}
	nodes = append(nodes, n)
	slices.Reverse(nodes)
	for _, n := range nodes {
		var o model.Odometer
		o.Record(n.answers)
		from, do := new(S), initOf(t.m)
		if n.parent >= 0 {
			from, do = twinClone(&t.nodes[n.parent].state), t.action(n.action)
		}
		do(from, o.Choice())
		run.Append(n.action, trace.ArgumentsOf(o.Arguments()), trace.ValueOf(twinClone(&n.state)))
	}
	return &run
}

func (t *twin[S]) action(name string) func(*S, *model.Choice) bool {
	for _, a := range t.actions {
		if a.Name == name {
			return a.Do
		}
	}
	return nil
}

func (t *twin[S]) conclude() *Report {
	r := t.r
	r.Verdict = Holds
	if r.Reason != "" {
		r.Verdict = Incomplete
	}
	report := func(name, kind string, without Verdict) {
		p := PropertyReport{Name: name, Kind: kind, Verdict: without}
		if t.found[name] != nil {
			p = *t.found[name]
		} else if t.done {
			p.Verdict = Unknown
		}
		if p.Verdict == Violated || p.Verdict == Unreached {
			r.Verdict = Violated
		}
		r.Properties = append(r.Properties, p)
	}
	for _, p := range t.m.Properties {
		without := Holds
		if p.Kind == model.KindReachable {
			without = Unreached
		}
		if t.o.wants(p.Name) {
			report(p.Name, string(p.Kind), without)
		}
	}
	if !t.m.AllowDeadlock && t.o.wants(Deadlock) {
		report(Deadlock, "deadlock", Holds)
	}
	if t.found[Panic] != nil {
		report(Panic, "panic", Holds)
	}
	if t.m.Constraint != nil {
		r.Bounds = append(r.Bounds, "the model's constraint")
	}
	if t.o.WithoutFaults != nil {
		r.Bounds = append(r.Bounds, "without faults: "+strings.Join(t.o.WithoutFaults, ", "))
	}
	r.Store = Store{"compact", visited.MissProbability(r.Counts.Distinct)}
	return r
}

// twinClone copies a state deeply, with its unordered collections in the order
// in which a search meets them: that of their elements' bytes.
func twinClone[S any](s *S) *S {
	c := new(S)
	twinCopy(reflect.ValueOf(c).Elem(), reflect.ValueOf(s).Elem(), false)
	return c
}

func twinCopy(dst, src reflect.Value, unordered bool) {
	dst = reflect.NewAt(dst.Type(), dst.Addr().UnsafePointer()).Elem()
	src = reflect.NewAt(src.Type(), src.Addr().UnsafePointer()).Elem()
	switch src.Kind() {
	case reflect.Struct:
		for i := range src.NumField() {
			twinCopy(dst.Field(i), src.Field(i), src.Type().Field(i).Tag.Get("muster") == "unordered")
		}
	case reflect.Slice:
		if src.Len() == 0 {
			return
		}
		dst.Set(reflect.AppendSlice(reflect.MakeSlice(src.Type(), 0, src.Len()), src))
		if unordered {
			slices.Sort(dst.Interface().([]uint8))
		}
	default:
		dst.Set(src)
	}
}

func twinKey[S any](s *S) string { return fmt.Sprintf("%v", *twinClone(s)) }
