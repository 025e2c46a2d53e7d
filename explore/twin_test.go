package explore

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/internal/codec"
	"github.com/muster-mc/muster/internal/number"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// twin is the slow search that the engine must agree with in every report: one
// queue, one map keyed by text, no bytes, no hashes, no workers. It shares
// nothing with the engine but the types of a report, and how much memory states
// are said to take.
type twin[S any] struct {
	m       *model.Model[S]
	o       Options
	actions []model.Action[S]
	nodes   []twinNode[S]
	met     map[string]bool
	r       *Report
	found   map[string]*PropertyReport
	done    bool
	guards  model.Guards
}

type twinNode[S any] struct {
	state   S
	parent  int // -1: this is an initial state
	action  string
	answers []int
	depth   int
}

func checkTwin[S any](m *model.Model[S], o Options) *Report { return newTwin(m, o).run() }

func newTwin[S any](m *model.Model[S], o Options) *twin[S] {
	t := &twin[S]{m: m, o: o, met: map[string]bool{}, found: map[string]*PropertyReport{}}
	t.r = &Report{Model: m.Name, Parameters: map[string]any{}, Bounds: []string{}}
	for _, a := range m.Actions {
		if a.Fault == "" || !slices.Contains(o.WithoutFaults, a.Fault) {
			t.actions = append(t.actions, a)
			t.r.Actions = append(t.r.Actions, ActionReport{Name: a.Name, Fault: a.Fault})
		}
	}
	return t
}

func (t *twin[S]) run() *Report {
	m, o := t.m, t.o
	var zero S
	t.expand(-1, &zero, 1, []model.Action[S]{{Name: system.InitName, Do: twinInit(m)}}, nil)
	t.r.Counts.Initial = t.r.Counts.Distinct
	for i := 0; i < len(t.nodes) && !t.done; i++ {
		n := t.nodes[i]
		if o.MaxDepth > 0 && n.depth == o.MaxDepth {
			t.r.Reason, t.done = fmt.Sprintf("the limit of %s was reached", number.Count(o.MaxDepth, "level")), true
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
		o.Watch(&t.guards)
		o.Reset()
		for more := true; more; more = o.Next() {
			var c *ActionReport
			if coverage != nil {
				c = &coverage[i]
				c.Attempts++
			}
			next := twinClone(s)
			enabled, panicked := twinAttempt(a.Do, next, &o)
			if panicked {
				t.panics(parent)
				return
			}
			if !enabled {
				continue
			}
			any = true
			t.successor(s, twinNode[S]{*next, parent, a.Name, o.Answers(nil), depth}, c)
			if t.done {
				return
			}
		}
	}
	if !any && parent >= 0 && !t.m.AllowDeadlock && t.o.wants(Deadlock) {
		t.end(parent, s)
	}
}

// end deals with a state that has no successor.
func (t *twin[S]) end(number int, s *S) {
	terminal, panicked := false, false
	if t.m.Terminal != nil {
		terminal, panicked = twinAsk(func() bool { return t.m.Terminal(s) })
	}
	switch {
	case panicked:
		t.panics(number)
	case !terminal:
		t.find(Deadlock, "deadlock", Violated, &t.nodes[number])
	}
}

// panics notes a panic on the way from a state; -1 is before the first.
func (t *twin[S]) panics(number int) {
	var n *twinNode[S]
	if number >= 0 {
		n = &t.nodes[number]
	}
	t.find(Panic, "panic", Violated, n)
	t.done = true
}

// successor counts, adds and judges one successor. Whatever panics in it ends
// the search when the properties of its step were judged, or those of the state
// that come before the one that panics.
func (t *twin[S]) successor(before *S, n twinNode[S], c *ActionReport) {
	inside, panicked := true, false
	if t.m.Constraint != nil {
		inside, panicked = twinAsk(func() bool { return t.m.Constraint(&n.state) })
	}
	panicked = panicked || t.stepPanics(before, n)
	key := twinKey(&n.state)
	fresh := inside && !panicked && !t.met[key]
	if fresh && t.o.MaxStates > 0 && t.r.Counts.Distinct == t.o.MaxStates {
		t.r.Reason = fmt.Sprintf("the limit of %s was reached", number.Count(int(t.o.MaxStates), "state"))
		t.done = true
		return
	}
	t.r.Counts.Generated++
	if !inside && !panicked {
		t.r.Counts.Outside++
	}
	if c != nil {
		c.Enabled++
	}
	panicked = t.judge(before, n, model.KindAlwaysStep) || panicked
	if !panicked {
		if fresh {
			t.add(key, n, c)
		}
		panicked = t.judge(before, n, model.KindAlways) || t.judge(before, n, model.KindReachable)
	}
	if panicked {
		t.find(Panic, "panic", Violated, &n)
		t.done = true
	}
}

// stepPanics asks the properties of steps, without more ado: a state is not one
// too many if nobody gets so far as to count it.
func (t *twin[S]) stepPanics(before *S, n twinNode[S]) bool {
	without := *t
	without.found, without.o.KeepGoing = maps.Clone(t.found), true
	return without.judge(before, n, model.KindAlwaysStep)
}

// judge asks all properties of one kind, until one panics.
func (t *twin[S]) judge(before *S, n twinNode[S], kind model.Kind) (panicked bool) {
	for _, p := range t.m.Properties {
		if p.Kind != kind || !t.o.wants(p.Name) || t.found[p.Name] != nil || kind == model.KindAlwaysStep && n.parent < 0 {
			continue
		}
		says, panicked := twinAsk(func() bool {
			if kind == model.KindAlwaysStep {
				return p.Step(before, &n.state)
			}
			return p.State(&n.state)
		})
		switch {
		case panicked:
			return true
		case kind == model.KindReachable && says:
			t.find(p.Name, string(kind), Reached, &n)
		case kind != model.KindReachable && !says:
			t.find(p.Name, string(kind), Violated, &n)
		}
	}
	return false
}

func twinAsk(question func() bool) (answer, panicked bool) {
	defer func() { panicked = recover() != nil }()
	return question(), false
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

func (t *twin[S]) find(name, kind string, v Verdict, n *twinNode[S]) {
	if t.found[name] != nil {
		return
	}
	t.found[name] = &PropertyReport{Name: name, Kind: kind, Verdict: v, Trace: t.trace(n)}
	if v == Violated && !t.o.KeepGoing {
		t.done = true
	}
}

// trace is the way to a node, which may not be among the nodes.
func (t *twin[S]) trace(n *twinNode[S]) *trace.Trace {
	var run trace.Trace
	var nodes []*twinNode[S]
	for n != nil {
		nodes = append(nodes, n)
		if n.parent < 0 {
			break
		}
		n = &t.nodes[n.parent]
	}
	for _, n := range slices.Backward(nodes) {
		var o model.Odometer
		o.Record(n.answers)
		from, do := new(S), twinInit(t.m)
		if n.parent >= 0 {
			from, do = twinClone(&t.nodes[n.parent].state), t.action(n.action)
		}
		do(from, o.Choice())
		run.AppendFault(t.fault(n.action), n.action, trace.ArgumentsOf(o.Arguments()), trace.ValueOf(twinClone(&n.state)))
		run.Note(from)
	}
	return &run
}

func (t *twin[S]) fault(action string) string {
	for _, a := range t.m.Actions {
		if a.Name == action {
			return a.Fault
		}
	}
	return "" // Init
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
		if p.Verdict == Violated || p.Verdict == Unreached && len(t.o.WithoutFaults) == 0 {
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
	if !t.done {
		t.vacuity()
		t.forecast()
	}
	if c := r.Counts; c.Outside > 0 {
		r.Bounds = append(r.Bounds, fmt.Sprintf("the model's constraint, which left out %s of the %s generated states", number.Commas(c.Outside), number.Commas(c.Generated)))
	}
	if t.o.WithoutFaults != nil {
		r.Bounds = append(r.Bounds, "without faults: "+strings.Join(t.o.WithoutFaults, ", "))
	}
	r.Store = t.store()
	return r
}

// forecast goes by the engine's curve, from levels that the twin has counted. One
// that foresees nothing is none.
func (t *twin[S]) forecast() {
	levels, half := t.r.Counts.Levels, 0
	for half < len(levels) && total(levels[:half+1]) <= t.r.Counts.Distinct/2 {
		half++
	}
	if f := forecast(levels[:half]); f.Most > 0 || f.Least > f.Found {
		t.r.Forecast = &f
	}
}

// vacuity asks everything again of all states.
func (t *twin[S]) vacuity() {
	v := &Vacuity{NeverEnabled: []string{}, NeverDiscovered: []string{}, NeverApplied: []string{}, NeverRefused: []string{}}
	t.r.Vacuity = v
	for _, a := range t.r.Actions {
		if a.Enabled == 0 {
			v.NeverEnabled = append(v.NeverEnabled, a.Name)
		} else if a.Discovered == 0 {
			v.NeverDiscovered = append(v.NeverDiscovered, a.Name)
		}
	}
	for i, p := range t.m.Properties {
		if !p.IsImplication() || !t.o.wants(p.Name) || t.found[p.Name] != nil {
			continue
		}
		for n := range t.nodes {
			if p.Implication != nil && p.Implication.When(&t.nodes[n].state) {
				t.r.Properties[i].Applied++
			}
		}
		if p.ImplicationStep != nil {
			t.eachStep(func(before, after *S) {
				if p.ImplicationStep.When(before, after) {
					t.r.Properties[i].Applied++
				}
			})
		}
		if t.r.Properties[i].Applied == 0 {
			v.NeverApplied = append(v.NeverApplied, p.Name)
			t.r.Properties[i].Vacuous = true
		}
	}
	for name, refused := range t.guards.All() {
		if !refused {
			v.NeverRefused = append(v.NeverRefused, name)
		}
	}
}

// eachStep takes every step once more.
func (t *twin[S]) eachStep(do func(before, after *S)) {
	for n := range t.nodes {
		before := &t.nodes[n].state
		for _, a := range t.actions {
			var o model.Odometer
			o.Reset()
			for more := true; more; more = o.Next() {
				after := twinClone(before)
				if enabled, _ := twinAttempt(a.Do, after, &o); enabled {
					do(before, after)
				}
			}
		}
	}
}

// store is what the answer rests on. What an exact set takes depends on how long
// the encodings are, which the twin leaves to the codec.
func (t *twin[S]) store() Store {
	n := t.r.Counts.Distinct
	room := search.RoomForSet(search.Memory(t.o.Memory))
	heavy := visited.ExactBytes(n, twinBytes(t.nodes)) > room.Exact
	if t.o.Store == StoreExact || t.o.Store != StoreCompact && t.o.Store != StoreDisk && !heavy {
		return Store{StoreExact, []StoreKind{StoreExact}, 0}
	}
	kinds := []StoreKind{StoreExact, StoreCompact}
	switch {
	case t.o.Store == StoreCompact || t.o.Store == StoreDisk:
		kinds = []StoreKind{t.o.Store}
	case visited.CompactBytes(n) > room.Compact:
		kinds = append(kinds, StoreDisk)
	}
	return Store{kinds[len(kinds)-1], kinds, visited.MissProbability(n)}
}

// twinBytes is how long the encodings of all states are together.
func twinBytes[S any](nodes []twinNode[S]) uint64 {
	c, err := codec.For[S]()
	if err != nil {
		panic(err)
	}
	space, bytes := c.New(), 0
	for i := range nodes {
		bytes += len(space.Append(nil, &nodes[i].state))
	}
	return uint64(bytes)
}

// twinClone copies a state deeply. Collections without order come in the order
// in which a search meets them, that of their elements' bytes; here, of elements
// made of numbers of one byte.
func twinClone[S any](s *S) *S {
	c := new(S)
	twinCopy(reflect.ValueOf(c).Elem(), reflect.ValueOf(s).Elem(), "")
	return c
}

func twinCopy(dst, src reflect.Value, tag string) {
	dst = reflect.NewAt(dst.Type(), dst.Addr().UnsafePointer()).Elem() // unexported fields too
	src = reflect.NewAt(src.Type(), src.Addr().UnsafePointer()).Elem()
	switch src.Kind() {
	case reflect.Struct:
		for i := range src.NumField() {
			if tag := src.Type().Field(i).Tag.Get("muster"); tag != "-" {
				twinCopy(dst.Field(i), src.Field(i), tag)
			}
		}
	case reflect.Array, reflect.Slice:
		if src.Kind() == reflect.Slice {
			dst.Set(reflect.MakeSlice(src.Type(), src.Len(), src.Len()))
		}
		for i := range src.Len() {
			twinCopy(dst.Index(i), src.Index(i), "")
		}
		if tag == "unordered" {
			sort.Slice(dst.Interface(), func(i, j int) bool { return twinText(dst.Index(i)) < twinText(dst.Index(j)) })
		}
	case reflect.Map:
		dst.Set(reflect.MakeMap(src.Type()))
		for entries := src.MapRange(); entries.Next(); {
			dst.SetMapIndex(twinCopyOf(entries.Key()), twinCopyOf(entries.Value()))
		}
	case reflect.Pointer:
		if !src.IsNil() {
			dst.Set(reflect.New(src.Type().Elem()))
			twinCopy(dst.Elem(), src.Elem(), "")
		}
	default:
		dst.Set(src)
	}
}

func twinCopyOf(v reflect.Value) reflect.Value {
	src, dst := reflect.New(v.Type()).Elem(), reflect.New(v.Type()).Elem()
	src.Set(v)
	twinCopy(dst, src, "")
	return dst
}

// twinKey is the same text for two states if and only if they are the same.
func twinKey[S any](s *S) string { return twinText(reflect.ValueOf(twinClone(s)).Elem()) }

// twinText writes small numbers with as many digits each, so that texts are in
// the order of the numbers.
func twinText(v reflect.Value) string {
	var parts []string
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			parts = append(parts, twinText(v.Field(i)))
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			parts = append(parts, twinText(v.Index(i)))
		}
	case reflect.Map:
		for entries := v.MapRange(); entries.Next(); {
			parts = append(parts, twinText(entries.Key())+":"+twinText(entries.Value()))
		}
		slices.Sort(parts)
	case reflect.Pointer:
		if v.IsNil() {
			return "nil"
		}
		return "&" + twinText(v.Elem())
	case reflect.String:
		return strconv.Quote(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool())
	default:
		if v.CanInt() {
			return fmt.Sprintf("%03d", v.Int())
		}
		return fmt.Sprintf("%03d", v.Uint())
	}
	return "(" + strings.Join(parts, " ") + ")"
}

// twinInit is Init as the search runs it: a rejection leaves a zero state.
func twinInit[S any](m *model.Model[S]) func(*S, *model.Choice) bool {
	if m.Init == nil {
		return func(*S, *model.Choice) bool { return true }
	}
	return func(s *S, c *model.Choice) bool {
		if m.Init(s, c) {
			return true
		}
		var zero S
		*s = zero
		return false
	}
}

// twinAttempt runs an action once. A panic after a choice from nothing counts as
// disabled.
func twinAttempt[S any](do func(*S, *model.Choice) bool, s *S, o *model.Odometer) (enabled, panicked bool) {
	defer func() {
		if v := recover(); v != nil {
			enabled, panicked = false, !o.Void()
		}
	}()
	enabled = do(s, o.Choice())
	return enabled && !o.Void(), false
}

// twinArguments are the arguments of the call that the odometer stands at.
func twinArguments[S any](do func(*S, *model.Choice) bool, s *S, o *model.Odometer) []model.Argument {
	var recorder model.Odometer
	recorder.Record(o.Answers(nil))
	twinAttempt(do, s, &recorder)
	return recorder.Arguments()
}
