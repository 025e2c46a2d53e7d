package spec

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/conform"
	"github.com/muster-mc/muster/model"
)

// event is a record as JSON, whose fields mutations change.
type event = map[string]any

// mutation changes the record at a place of a log, or reports that it cannot.
type mutation struct {
	name   string
	change func(r *rand.Rand, log []string, at int) ([]string, bool)
}

var allMutations = []mutation{
	{"a record is dropped", func(_ *rand.Rand, log []string, at int) ([]string, bool) {
		return slices.Delete(log, at, at+1), true
	}},
	{"two records are swapped", func(_ *rand.Rand, log []string, at int) ([]string, bool) {
		if at+1 == len(log) || log[at] == log[at+1] {
			return nil, false
		}
		log[at], log[at+1] = log[at+1], log[at]
		return log, true
	}},
	{"a term is raised", edit(func(r *rand.Rand, e event) bool {
		state := e["state"].(event)
		if m, ok := e["msg"].(event); ok && r.IntN(2) == 0 {
			state = m
		}
		state["term"] = state["term"].(float64) + 1
		return true
	})},
	{"a rejection is flipped", edit(func(_ *rand.Rand, e event) bool {
		m, ok := e["msg"].(event)
		if ok {
			m["reject"] = !m["reject"].(bool)
		}
		return ok
	})},
	{"a vote is changed", edit(func(r *rand.Rand, e event) bool {
		state := e["state"].(event)
		vote := fmt.Sprint(r.IntN(6))
		changed := vote != state["vote"]
		state["vote"] = vote
		return changed
	})},
}

// edit is a mutation of the event in a record.
func edit(change func(r *rand.Rand, e event) bool) func(*rand.Rand, []string, int) ([]string, bool) {
	return func(r *rand.Rand, log []string, at int) ([]string, bool) {
		var whole map[string]any
		if err := json.Unmarshal([]byte(log[at]), &whole); err != nil {
			panic(err)
		}
		changed := change(r, whole["event"].(event))
		text, err := json.Marshal(whole)
		if err != nil {
			panic(err)
		}
		log[at] = string(text)
		return log, changed
	}
}

// Wrong logs are judged as the twin judges them: the same verdict, at the same record, and as
// many states there.
func TestWrongLogs(t *testing.T) {
	var twins []*twin
	for _, log := range logsOf(t, 8, "-steps", "450", "-seed", "101") {
		if tw := newTwin(t, log); len(tw.lines) > 200 { // in others no leader was elected
			twins = append(twins, tw)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	rejected := map[string]int{}
	for i := range *mutations {
		m := allMutations[i%len(allMutations)]
		var tw *twin
		var wrong []string
		at := 0
		for ok := false; !ok; {
			tw = twins[random.IntN(len(twins))]
			at = random.IntN(len(tw.lines))
			wrong, ok = m.change(random, slices.Clone(tw.lines), at)
		}
		verdict, matched, possible := tw.judge(t, wrong, at)
		r := check(t, driven, conform.Input{Name: "wrong.ndjson", Data: []byte(strings.Join(wrong, "\n") + "\n")})
		if r.Verdict != verdict || r.Matched != matched || r.Possible != possible && verdict == conform.Rejected {
			t.Fatalf("%s, record %d of %s: got %s after %d records with %d states, the twin says %s, %d, %d\n%s",
				m.name, at+1, tw.name, r.Verdict, r.Matched, r.Possible, verdict, matched, possible, textOf(r))
		}
		if verdict == conform.Rejected {
			rejected[m.name]++
		}
	}
	for _, m := range allMutations {
		t.Logf("%s: %d of %d rejected", m.name, rejected[m.name], *mutations/len(allMutations))
		if rejected[m.name] == 0 {
			t.Errorf("no log in which %s is rejected", m.name)
		}
	}
}

// twin judges logs the slow way: it keeps all states that the model may be in after each
// record, and tries all combinations of answers. It shares the records' meanings with the
// package conform, and nothing else.
type twin struct {
	name    string
	lines   []string
	records map[string]conform.Record[State]
	actions map[string]func(*State, *model.Choice) bool
	levels  [][]State // of the right log: the states before each record, and at the end
}

func newTwin(t *testing.T, log conform.Input) *twin {
	t.Helper()
	bound := Records(driven)
	tw := &twin{
		name: log.Name, records: bound.Records, actions: map[string]func(*State, *model.Choice) bool{},
		lines: strings.Split(strings.TrimSpace(string(log.Data)), "\n"),
	}
	for _, a := range bound.Model.Actions {
		tw.actions[a.Name] = a.Do
	}
	var begin State
	var o model.Odometer
	o.Reset()
	bound.Model.Init(&begin, o.Choice())
	tw.levels = [][]State{{begin}}
	for _, line := range tw.lines {
		tw.levels = append(tw.levels, tw.after(t, tw.levels[len(tw.levels)-1], line))
	}
	if len(tw.levels[len(tw.lines)]) == 0 {
		t.Fatalf("%s: the twin rejects the right log", log.Name)
	}
	return tw
}

// judge judges a log that is the right one up to a record.
func (tw *twin) judge(t *testing.T, log []string, same int) (verdict conform.Verdict, matched, possible int) {
	level := tw.levels[same]
	for i := same; i < len(log); i++ {
		next := tw.after(t, level, log[i])
		if len(next) == 0 {
			return conform.Rejected, i, len(level)
		}
		level = next
	}
	return conform.Accepted, len(log), len(level)
}

// after are the states after a record.
func (tw *twin) after(t *testing.T, level []State, line string) (next []State) {
	r, err := conform.ParseFields(line)
	if err != nil {
		t.Fatal(err)
	}
	record := tw.records[r.String("event.name")]
	meanings := record.Either
	if len(meanings) == 0 {
		meanings = []conform.Record[State]{record}
	}
	for i := range level {
		for _, m := range meanings {
			if m.When == nil || m.When(r) {
				next = tw.steps(&level[i], m, r, next)
			}
		}
	}
	return next
}

func (tw *twin) steps(from *State, m conform.Record[State], r conform.Fields, next []State) []State {
	if m.Before != nil && len(m.Before(from, r)) > 0 {
		return next
	}
	var o model.Odometer
	o.Reset()
	o.Remember()
	for more := true; more; more = o.Next() {
		to := from.clone()
		if !tw.actions[m.Action](&to, o.Choice()) || o.Void() {
			continue
		}
		given := true
		for _, a := range o.Arguments() {
			if arg := m.Args[a.Name]; arg != nil && !arg(r, a.Value) {
				given = false
			}
		}
		if !given || m.After != nil && len(m.After(&to, r)) > 0 {
			continue
		}
		to.sort()
		if !slices.ContainsFunc(next, func(s State) bool { return reflect.DeepEqual(s, to) }) {
			next = append(next, to)
		}
	}
	return next
}

// clone copies the slices of a state, and leaves out empty ones, which are no other states.
func (s *State) clone() State {
	to := *s
	to.Net = append([]Message(nil), s.Net...)
	for i := range to.Nodes {
		to.Nodes[i].Due = append([]Duty(nil), s.Nodes[i].Due...)
		to.Nodes[i].Outbox = append([]Message(nil), s.Nodes[i].Outbox...)
	}
	return to
}

// sort puts the messages in an order, so that equal networks are equal slices.
func (s *State) sort() {
	slices.SortFunc(s.Net, func(a, b Message) int { return strings.Compare(a.String(), b.String()) })
	*s = s.clone()
}
