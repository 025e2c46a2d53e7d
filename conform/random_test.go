package conform

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/muster-mc/muster/model"
)

// spot is the state of a random model.
type spot struct{ N, M uint8 }

const spots = 5 // values of each field

// wild is a random model: where an action leads, and whether it is enabled, is drawn by a
// hash of the seed, the action, its answers and the state. Some of its actions leave no
// record, and some records say less than others.
type wild struct {
	seed    uint64
	asks    [4]int // how many answers the question a of each action has, before b
	gives   [4]bool
	shows   [4]string // what a record of the action shows of the state after it: n, m, nm or nothing
	hidden  int       // how often the last action may be taken unseen; Any for any number
	confuse bool      // records of the first two actions have one kind
	files   int
}

func newWild(r *rand.Rand) *wild {
	w := &wild{seed: r.Uint64(), hidden: r.IntN(4) - 1, confuse: r.IntN(2) == 0, files: 1 + r.IntN(2)}
	for i := range w.asks {
		w.asks[i] = 1 + r.IntN(3)
		w.gives[i] = r.IntN(2) == 0
		w.shows[i] = []string{"n", "m", "nm", ""}[r.IntN(4)]
	}
	return w
}

func (w *wild) draw(of ...int) uint64 {
	h := w.seed
	for _, x := range of {
		h = (h ^ uint64(x+1)) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h >> 8
}

// do is one action of the model.
func (w *wild) do(action int) func(*spot, *model.Choice) bool {
	return func(s *spot, c *model.Choice) bool {
		a := c.Int("a", w.asks[action])
		b := model.Pick(c, "b", []string{"x", "y", "z"}[:w.draw(action, int(s.N))%3])
		h := w.draw(action, a, len(b)+int(b0(b)), int(s.N), int(s.M))
		if !c.Guard("some", h%4 != 0) {
			return false
		}
		s.N, s.M = uint8(h>>8%spots), uint8(h>>16%spots)
		return true
	}
}

// b0 is the first byte of an answer, zero for that of a choice from nothing.
func b0(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

func (w *wild) model() *model.Model[spot] {
	m := &model.Model[spot]{Name: "wild", AllowDeadlock: true, Properties: []model.Property[spot]{
		model.Always("Fine", func(*spot) bool { return true }),
	}, Init: func(s *spot, c *model.Choice) bool { s.N = uint8(c.Int("n", 2)); return true }}
	for i := range w.asks {
		m.Actions = append(m.Actions, model.Action[spot]{Name: fmt.Sprint("A", i), Do: w.do(i)})
	}
	return m
}

// log binds the records that lines makes.
func (w *wild) log() Log[spot] {
	l := Log[spot]{Model: w.model(), Kind: "kind", Records: map[string]Record[spot]{
		"note": {After: w.compare("nm")},
	}}
	for i := range w.asks {
		r := Record[spot]{Action: fmt.Sprint("A", i), Args: Args{"b": Field("b")}, After: w.compare(w.shows[i])}
		if w.gives[i] {
			r.Args["a"] = Field("a")
		}
		l.Records[fmt.Sprint("A", i)] = r
	}
	if w.confuse {
		l.Records["A0"] = Record[spot]{Either: []Record[spot]{l.Records["A0"], l.Records["A1"]}}
	}
	l.Records["two"] = Record[spot]{Action: "A2", Then: []Step{{Action: "A1", Args: Args{"a": Field("a")}}}, After: w.compare("n")}
	if w.hidden != 0 {
		l.Hidden = Hidden{"A3": w.hidden}
	}
	return l
}

func (w *wild) compare(shown string) func(*spot, Fields) Mismatch {
	return func(s *spot, r Fields) Mismatch {
		var m Mismatch
		if strings.Contains(shown, "n") {
			m = append(m, Equal("n", s.N, r.Int("n"))...)
		}
		if strings.Contains(shown, "m") {
			m = append(m, Equal("m", s.M, r.Int("m"))...)
		}
		return m
	}
}

// line is a record of a random log.
type line struct {
	Kind string `json:"kind"`
	A    int    `json:"a"`
	B    string `json:"b"`
	N    uint8  `json:"n"`
	M    uint8  `json:"m"`
}

// way is a step of a random model, with its answers.
type way struct {
	action, a int
	b         string
	to        spot
}

// ways are all steps from a state, found by the odometer alone.
func (w *wild) ways(from spot) (list []way) {
	for i := range w.asks {
		var o model.Odometer
		o.Reset()
		o.Remember()
		for more := true; more; more = o.Next() {
			to := from
			if w.do(i)(&to, o.Choice()) && !o.Void() {
				answers := o.Arguments()
				list = append(list, way{i, answers[0].Value.(int), answers[1].Value.(string), to})
			}
		}
	}
	return list
}

// walk is a run at random, as records of each file. Steps of the last action are hidden, and
// no more of them than the bound says come between two records.
func (w *wild) walk(r *rand.Rand, records int) [][]line {
	files := make([][]line, w.files)
	at := spot{N: uint8(r.IntN(2))}
	unseen := 0
	for n := 0; n < records; {
		add := func(l line) {
			f := r.IntN(w.files)
			files[f] = append(files[f], l)
			n, unseen = n+1, 0
		}
		if r.IntN(6) == 0 {
			add(line{Kind: "note", N: at.N, M: at.M})
			continue
		}
		ways := w.ways(at)
		if len(ways) == 0 {
			break
		}
		step := ways[r.IntN(len(ways))]
		if step.action == 3 && (w.hidden == Any || unseen < w.hidden) && r.IntN(2) == 0 {
			at = step.to
			unseen++
			continue
		}
		kind := fmt.Sprint("A", step.action)
		if step.action == 1 && w.confuse {
			kind = "A0"
		}
		if step.action == 2 && r.IntN(3) == 0 {
			if second, ok := w.second(r, step.to); ok {
				at = second.to
				add(line{"two", second.a, "", at.N, at.M})
				continue
			}
		}
		at = step.to
		add(line{kind, step.a, step.b, at.N, at.M})
	}
	return files
}

// second is a step of the second action, for records of two steps.
func (w *wild) second(r *rand.Rand, from spot) (way, bool) {
	var list []way
	for _, x := range w.ways(from) {
		if x.action == 1 {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return way{}, false
	}
	return list[r.IntN(len(list))], true
}

// spoil changes a log: a record is dropped, doubled, swapped with the next one, or says
// something else.
func spoil(r *rand.Rand, files [][]line) {
	f := r.IntN(len(files))
	if len(files[f]) < 2 {
		return
	}
	l := append([]line{}, files[f]...)
	switch i := r.IntN(len(l) - 1); r.IntN(5) {
	case 0:
		l = append(l[:i], l[i+1:]...)
	case 1:
		l[i], l[i+1] = l[i+1], l[i]
	case 2:
		l[i].N = (l[i].N + 1) % spots
	case 3:
		l[i].M = (l[i].M + 1) % spots
	case 4:
		l[i].A, l[i].B = (l[i].A+1)%3, "x"
	}
	files[f] = l
}

func inputs(files [][]line) (list []Input) {
	for i, f := range files {
		var b strings.Builder
		for _, l := range f {
			text, _ := json.Marshal(l)
			b.Write(append(text, '\n'))
		}
		list = append(list, Input{fmt.Sprintf("log%d", i), []byte(b.String())})
	}
	return list
}

// twin is the slow way: all positions and states after each number of records, as sets.
type twin struct {
	*wild
	files [][]line
	cut   bool
}

type station struct {
	at [2]int
	s  spot
}

type unseenState struct {
	s    spot
	used int
}

// judge returns the verdict, the number of records that match, and the number of stations
// there.
func (t *twin) judge() (verdict Verdict, matched, possible int) {
	total := 0
	for _, f := range t.files {
		total += len(f)
	}
	level := map[station]bool{{s: spot{N: 0}}: true, {s: spot{N: 1}}: true}
	for depth := 0; ; depth++ {
		if depth == total {
			return Accepted, depth, len(level)
		}
		next := map[station]bool{}
		for st := range level {
			for _, u := range t.unseen(st.s) {
				for f := range t.files {
					if st.at[f] == len(t.files[f]) {
						continue
					}
					to := st
					to.at[f]++
					for _, s := range t.after(u, t.files[f][st.at[f]]) {
						to.s = s
						next[to] = true
					}
				}
			}
		}
		if len(next) == 0 {
			if t.cut {
				return Incomplete, depth, len(level)
			}
			return Rejected, depth, len(level)
		}
		level = next
	}
}

// unseen are the states that hidden steps lead to. A bound counts as reached if one step
// more leads to a state that is not among them.
func (t *twin) unseen(from spot) (states []spot) {
	met := map[spot]bool{from: true}
	states = []spot{from}
	last := states
	for n := 0; len(last) > 0 && t.hidden != 0; n++ {
		var next []spot
		for _, s := range last {
			for _, w := range t.ways(s) {
				if w.action == 3 && !met[w.to] {
					met[w.to] = true
					next = append(next, w.to)
				}
			}
		}
		if n == t.hidden && t.hidden != Any {
			t.cut = t.cut || len(next) > 0
			return states
		}
		states = append(states, next...)
		last = next
	}
	return states
}

// after are the states after a record.
func (t *twin) after(from spot, l line) (states []spot) {
	agrees := func(s spot, shown string) bool {
		return (!strings.Contains(shown, "n") || s.N == l.N) && (!strings.Contains(shown, "m") || s.M == l.M)
	}
	switch l.Kind {
	case "note":
		if agrees(from, "nm") {
			states = append(states, from)
		}
		return states
	case "two":
		for _, first := range t.ways(from) {
			for _, w := range t.ways(first.to) {
				if first.action == 2 && w.action == 1 && w.a == l.A && agrees(w.to, "n") {
					states = append(states, w.to)
				}
			}
		}
		return states
	}
	for _, w := range t.ways(from) {
		isKind := fmt.Sprint("A", w.action) == l.Kind || t.confuse && w.action == 1 && l.Kind == "A0"
		if t.confuse && l.Kind == "A1" {
			isKind = w.action == 1
		}
		if isKind && w.b == l.B && (!t.gives[w.action] || w.a == l.A) && agrees(w.to, t.shows[w.action]) {
			states = append(states, w.to)
		}
	}
	return states
}

func check(t *testing.T, l Log[spot], logs []Input, o Options) *Report {
	t.Helper()
	r, err := Check(t.Context(), l, logs, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

var randomModels = flag.Int("models", 80, "the number of random models whose logs are checked")

// The logs of random walks are accepted, deep and wide; those that were spoilt are judged as
// the twin judges them: the same verdict, at the same record, with as many states there.
func TestRandomLogs(t *testing.T) {
	verdicts := map[Verdict]int{}
	for seed := range uint64(*randomModels) {
		r := rand.New(rand.NewPCG(seed, 7))
		w := newWild(r)
		files := w.walk(r, 12)
		l := w.log()
		if len(files[0])+len(files[len(files)-1]) == 0 {
			continue
		}
		if got := check(t, l, inputs(files), Options{}); got.Verdict != Accepted || got.Run.Trace().Length != got.Run.Length() {
			t.Fatalf("seed %d: the log of a walk is %s", seed, got.Verdict)
		}
		for range 5 {
			spoil(r, files)
			want := &twin{wild: w, files: files}
			verdict, matched, possible := want.judge()
			verdicts[verdict]++
			for _, all := range []bool{false, true} {
				got := check(t, l, inputs(files), Options{All: all})
				if got.Verdict != verdict || got.Matched != matched || (all || verdict != Accepted) && got.Possible != possible {
					t.Fatalf("seed %d, all %v: got %s after %d records with %d states, want %s, %d, %d",
						seed, all, got.Verdict, got.Matched, got.Possible, verdict, matched, possible)
				}
			}
		}
	}
	for _, v := range []Verdict{Accepted, Rejected, Incomplete} {
		if verdicts[v] < 20 {
			t.Errorf("only %d of the logs were %s", verdicts[v], v)
		}
	}
	t.Log(verdicts)
}
