package explore

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/muster-mc/muster/model"
)

// Random models that treat nodes alike, and jobs: a node is one of the values 1 to n of its
// type, a job one of 0 to m-1. Their actions ask for two nodes and a job, and look at and
// change only what belongs to those.

type (
	peer    uint8               // 0 is none
	peers   uint8               // bit i for the node i+1
	peersBy uint8               // bit v for the node v
	job     uint8               // 9 is none
	jobs    struct{ One uint8 } // bit i for the job i
	mail    struct {
		From, To peer
		Kind     uint8
	}
)

// flatHouse is a state of fixed size. Arrays can be longer than there are values.
type flatHouse struct {
	Turn  uint8
	Chief peer
	Up    peers
	Phase [3]uint8    `muster:"by=peer"`
	Next  [3]peer     `muster:"by=peer"`
	Seen  [3]peers    `muster:"by=peer"`
	Knows [3][3]bool  `muster:"by=peer,peer"`
	Lent  [3][2]uint8 `muster:"by=peer,job"`
	Who   [2]peer     `muster:"by=job"`
	Done  jobs
	Wide  uint64
}

// richHouse is a state of varying size.
type richHouse struct {
	Post  model.Set[mail]
	Twice model.Bag[mail]
	Log   []peer
	Age   map[peer]uint8
	Rows  []uint8           `muster:"by=peer"`
	Inbox [3]model.Set[job] `muster:"by=peer"`
	Best  *peer
	Up    peersBy
	Names map[string]job
	Loose []mail `muster:"unordered"`
	Ghost peer   `muster:"-"`
}

// house is what the builder of models needs to know of a type of states. Questions and
// changes are numbered; they are about two nodes and a job, counted from 0.
type house[S any] struct {
	begin  func(s *S)
	asks   func(s *S, what uint64, i, j, k int) bool
	does   func(s *S, what uint64, i, j, k int, v uint8)
	rename func(s *S, nodes, jobs []int) *S // to whom each node and job goes
}

// toggle changes a bit.
func toggle[T ~uint8](t *T, bit int) { *t ^= 1 << bit }

func flatAsks(s *flatHouse, what uint64, i, j, k int) bool {
	return []bool{
		s.Turn > 0, s.Chief == peer(i+1), s.Chief == 0, s.Up>>i&1 > 0, s.Phase[i] == 0, s.Phase[i] == s.Phase[j],
		s.Next[i] == peer(j+1), s.Next[i] == 0, s.Seen[i]>>j&1 > 0, s.Knows[i][j], s.Lent[i][k] > 0, s.Who[k] == peer(i+1),
		s.Done.One>>k&1 > 0, i == j, s.Who[k] == 0, s.Wide > 0,
	}[what%16]
}

func flatDoes(s *flatHouse, what uint64, i, j, k int, v uint8) {
	switch what % 14 {
	case 0:
		s.Turn = v
	case 1:
		s.Chief = peer(i + 1)
	case 2:
		s.Chief = s.Next[i]
	case 3:
		toggle(&s.Up, i)
	case 4:
		s.Phase[i] = v
	case 5:
		s.Next[i] = peer(j + 1)
	case 6:
		s.Next[i] = 0
	case 7:
		toggle(&s.Seen[i], j)
	case 8:
		s.Knows[i][j] = !s.Knows[i][j]
	case 9:
		s.Lent[i][k] = v
	case 10:
		s.Who[k] = peer(i + 1)
	case 11:
		toggle(&s.Done.One, k)
	case 12:
		s.Phase[i], s.Phase[j] = s.Phase[j], s.Phase[i]
	case 13:
		s.Wide = uint64(v) << 33
	}
}

// to is where an index goes, if it is one of those that are renamed.
func to(p []int, i int) int {
	if i < len(p) {
		return p[i]
	}
	return i
}

func peerTo(p []int, x peer) peer {
	if x == 0 {
		return 0
	}
	return peer(to(p, int(x)-1) + 1)
}

func bitsTo[T ~uint8](p []int, first int, set T) (renamed T) {
	for i := range 8 {
		if set>>i&1 > 0 {
			at := i
			if i >= first {
				at = to(p, i-first) + first
			}
			renamed |= 1 << at
		}
	}
	return renamed
}

func (s *flatHouse) renamed(nodes, tasks []int) *flatHouse {
	r := &flatHouse{Turn: s.Turn, Chief: peerTo(nodes, s.Chief), Up: bitsTo(nodes, 0, s.Up), Done: jobs{bitsTo(tasks, 0, s.Done.One)}, Wide: s.Wide}
	for i := range 3 {
		x := to(nodes, i)
		r.Phase[x], r.Next[x], r.Seen[x] = s.Phase[i], peerTo(nodes, s.Next[i]), bitsTo(nodes, 0, s.Seen[i])
		for j := range 3 {
			r.Knows[x][to(nodes, j)] = s.Knows[i][j]
		}
		for k := range 2 {
			r.Lent[x][to(tasks, k)] = s.Lent[i][k]
		}
	}
	for k := range 2 {
		r.Who[to(tasks, k)] = peerTo(nodes, s.Who[k])
	}
	return r
}

func richAsks(s *richHouse, what uint64, i, j, k int) bool {
	l := mail{peer(i + 1), peer(j + 1), uint8(what / 14 % 2)}
	_, aged := s.Age[peer(i+1)]
	return []bool{
		s.Post.Has(l), s.Twice.Count(l) > 1, len(s.Log) > 0 && s.Log[0] == peer(i+1), slices.Contains(s.Log, peer(j+1)), aged,
		s.Rows[i] > 0, s.Inbox[i].Has(job(k)), s.Best != nil && *s.Best == peer(j+1), s.Up>>(i+1)&1 > 0, s.Names["a"] == job(k),
		slices.Contains(s.Loose, l), i == j, s.Best == nil, s.Rows[i] == s.Rows[j],
	}[what%14]
}

func richDoes(s *richHouse, what uint64, i, j, k int, v uint8) {
	l := mail{peer(i + 1), peer(j + 1), uint8(v % 2)}
	s.Ghost = peer(i + 1)
	switch what % 14 {
	case 0:
		if s.Post.Len() < 2 {
			s.Post.Add(l)
		}
	case 1:
		s.Post.Remove(l)
	case 2:
		if s.Twice.Len() < 2 {
			s.Twice.Add(l)
		}
	case 3:
		s.Twice.Remove(l)
	case 4:
		if len(s.Log) < 2 {
			s.Log = append(s.Log, peer(i+1))
		}
	case 5:
		s.Log = s.Log[len(s.Log)/2:]
	case 6:
		s.Age[peer(i+1)] = v
	case 7:
		delete(s.Age, peer(i+1))
	case 8:
		s.Rows[i] = v
	case 9:
		if s.Inbox[i].Has(job(k)) {
			s.Inbox[i].Remove(job(k))
		} else {
			s.Inbox[i].Add(job(k))
		}
	case 10:
		b := peer(j + 1)
		s.Best = &b
	case 11:
		toggle(&s.Up, i+1)
	case 12:
		s.Names["a"] = job(k)
	case 13:
		if s.Loose = append(s.Loose, l); len(s.Loose) > 2 {
			s.Loose = nil
		}
	}
}

func (s *richHouse) renamed(nodes, tasks []int) *richHouse {
	r := twinClone(s)
	mailTo := func(l mail) mail { return mail{peerTo(nodes, l.From), peerTo(nodes, l.To), l.Kind} }
	r.Post, r.Twice, r.Age, r.Names = model.Set[mail]{}, model.Bag[mail]{}, map[peer]uint8{}, map[string]job{}
	for l := range s.Post.All() {
		r.Post.Add(mailTo(l))
	}
	for l := range s.Twice.All() {
		r.Twice.Add(mailTo(l))
	}
	for i, x := range s.Log {
		r.Log[i] = peerTo(nodes, x)
	}
	for x, v := range s.Age {
		r.Age[peerTo(nodes, x)] = v
	}
	for i := range s.Inbox {
		x := to(nodes, i)
		if i < len(s.Rows) {
			r.Rows[x] = s.Rows[i]
		}
		r.Inbox[x] = model.Set[job]{}
		for k := range s.Inbox[i].All() {
			r.Inbox[x].Add(job(to(tasks, int(k))))
		}
	}
	if s.Best != nil {
		*r.Best = peerTo(nodes, *s.Best)
	}
	for name, k := range s.Names {
		r.Names[name] = job(to(tasks, int(k)))
	}
	r.Up = bitsTo(nodes, 1, s.Up)
	for i, l := range s.Loose {
		r.Loose[i] = mailTo(l)
	}
	return r
}

var flatHouses = house[flatHouse]{func(*flatHouse) {}, flatAsks, flatDoes, (*flatHouse).renamed}

var richHouses = house[richHouse]{func(s *richHouse) {
	s.Rows, s.Age, s.Names = make([]uint8, 3), map[peer]uint8{}, map[string]job{"a": 9}
}, richAsks, richDoes, (*richHouse).renamed}

// question is some of the questions that a house can be asked about two nodes and a job.
// Each answer must be the one that is wanted.
type question struct {
	what []uint64
	want []bool
}

func drawQuestion(t *rapid.T, most int) question {
	var q question
	for range rapid.IntRange(1, most).Draw(t, "questions") {
		q.what = append(q.what, rapid.Uint64Range(0, 223).Draw(t, "what"))
		q.want = append(q.want, rapid.Bool().Draw(t, "want"))
	}
	return q
}

// street is a random model of houses, as numbers.
type street struct {
	nodes, jobs    int
	wholeStart     bool // the initial states are symmetric
	actions        []deed
	questions      [8]question // of the properties
	constraint     *question
	terminal       *question
	allowsDeadlock bool
	progress       bool
	panicsIn       string   // as in recipe
	claims         []uint64 // about whole runs
}

// deed is an action.
type deed struct {
	when question
	does []uint64
	v    uint8
	fair model.Fairness
}

func drawStreet(t *rapid.T, wholeRuns bool) street {
	s := street{
		nodes: rapid.SampledFrom([]int{3, 2, 3}).Draw(t, "nodes"), jobs: rapid.IntRange(1, 2).Draw(t, "jobs"),
		wholeStart: rapid.Bool().Draw(t, "wholeStart"), allowsDeadlock: rapid.Bool().Draw(t, "allowsDeadlock"),
	}
	fair := []model.Fairness{model.Unfair}
	if wholeRuns {
		fair = []model.Fairness{model.Unfair, model.Weak, model.Strong}
		s.progress = rapid.Bool().Draw(t, "progress")
		for range rapid.IntRange(1, 4).Draw(t, "claims") {
			s.claims = append(s.claims, rapid.Uint64Range(0, 7).Draw(t, "claim"))
		}
	}
	for range rapid.IntRange(1, 4).Draw(t, "actions") {
		s.actions = append(s.actions, deed{
			when: drawQuestion(t, 3), v: uint8(rapid.IntRange(0, 2).Draw(t, "v")),
			does: rapid.SliceOfN(rapid.Uint64Range(0, 223), 1, 3).Draw(t, "does"), fair: rapid.SampledFrom(fair).Draw(t, "fair"),
		})
	}
	if !wholeRuns {
		s.panicsIn = rapid.SampledFrom(append([]string{"", "", ""}, panicPlaces...)).Draw(t, "panicsIn")
	}
	for i := range s.questions {
		s.questions[i] = drawQuestion(t, 4)
	}
	for _, q := range []**question{&s.constraint, &s.terminal} {
		if rapid.IntRange(0, 2).Draw(t, "bounded") == 0 {
			drawn := drawQuestion(t, 4)
			*q = &drawn
		}
	}
	return s
}

// some reports whether the questions are answered as wanted for some nodes and some job.
func some[S any](h house[S], r street, s *S, q question) bool {
	for i := range r.nodes {
		for j := range r.nodes {
			for k := range r.jobs {
				if all(h, s, q, i, j, k) {
					return true
				}
			}
		}
	}
	return false
}

func all[S any](h house[S], s *S, q question, i, j, k int) bool {
	for n, what := range q.what {
		if h.asks(s, what, i, j, k) != q.want[n] {
			return false
		}
	}
	return true
}

// trip panics, if this is the place for it, where a state answers the last question. It says
// of whom.
func trip[S any](h house[S], r street, place string, s *S) bool {
	if place != r.panicsIn {
		return true
	}
	for i := range r.nodes {
		for j := range r.nodes {
			for k := range r.jobs {
				if all(h, s, r.questions[7], i, j, k) {
					panic(fmt.Sprint("because of node ", i, " and node ", j))
				}
			}
		}
	}
	return true
}

// build makes the model.
func build[S any](h house[S], r street, symmetries []model.Symmetry) *model.Model[S] {
	holds := func(q question) func(*S) bool { return func(s *S) bool { return some(h, r, s, q) } }
	fails := func(q question) func(*S) bool { return func(s *S) bool { return !some(h, r, s, q) } }
	q := r.questions
	m := &model.Model[S]{
		Name: "street", AllowDeadlock: r.allowsDeadlock, Progress: r.progress, Symmetry: symmetries,
		Init: func(s *S, c *model.Choice) bool {
			i := c.Int("i", r.nodes)
			h.begin(s)
			if i > 0 || r.wholeStart {
				h.does(s, q[0].what[0], i, i, c.Int("k", r.jobs), 1)
			}
			trip(h, r, "Init", s)
			return r.wholeStart || i < 2
		},
		Properties: []model.Property[S]{
			model.Always("Always", fails(q[0])).Explained(func(s *S) string { return twinKey(s) }),
			model.Always("Fragile", func(s *S) bool { return trip(h, r, "Property", s) }),
			model.AlwaysStep("FragileStep", func(_, s *S) bool { return trip(h, r, "Step", s) }),
			model.Always("Again", fails(q[1])), model.Reachable("Reachable", holds(q[2])),
			model.Implies("Implied", holds(q[3]), fails(q[4])),
			model.AlwaysStep("Step", func(a, b *S) bool { return some(h, r, a, q[5]) || !some(h, r, b, q[6]) || some(h, r, a, q[6]) }),
		},
	}
	for n, d := range r.actions {
		m.Actions = append(m.Actions, model.Action[S]{Name: fmt.Sprint("Act", n), Fair: d.fair, Do: func(s *S, c *model.Choice) bool {
			i, j, k := c.Int("i", r.nodes), c.Int("j", r.nodes), c.Int("k", r.jobs)
			if !all(h, s, d.when, i, j, k) {
				return false
			}
			trip(h, r, "Action", s)
			for _, what := range d.does {
				h.does(s, what, i, j, k, d.v)
			}
			return true
		}})
	}
	if r.constraint != nil {
		inside := fails(*r.constraint)
		m.Constraint = func(s *S) bool { return trip(h, r, "Constraint", s) && inside(s) }
	}
	if r.terminal != nil {
		ends := holds(*r.terminal)
		m.Terminal = func(s *S) bool { return trip(h, r, "Terminal", s) && ends(s) }
	}
	for n, claim := range r.claims {
		a, b := q[(n*3)%8], q[(n*3+int(claim))%8]
		name := fmt.Sprint("Claim", n)
		switch claim {
		case 0:
			m.Properties = append(m.Properties, model.Eventually(name, holds(a)))
		case 1:
			m.Properties = append(m.Properties, model.LeadsTo(name, holds(a), holds(b)))
		case 2:
			m.Properties = append(m.Properties, model.Recurs(name, holds(a)))
		case 3:
			m.Properties = append(m.Properties, model.Settles(name, fails(a)))
		case 4:
			m.Properties = append(m.Properties, model.Temporal(name, model.Globally(model.Finally(model.Not(model.Happens[S]("Act0"))))))
		case 5:
			m.Properties = append(m.Properties, model.Temporal(name, model.Globally(model.IfThen(model.Holds(holds(a)), model.Next(model.Or(model.Holds(holds(a)), model.Happens[S]("Act0")))))))
		case 6:
			m.Properties = append(m.Properties, model.Temporal(name, model.IfThen(model.Globally(model.Finally(model.Happens[S]("Act0"))), model.Finally(model.Holds(fails(b))))))
		case 7:
			m.Properties = append(m.Properties, model.Temporal(name, model.Until(model.Holds(fails(a)), model.Holds(holds(b)))))
		}
	}
	return m
}

func (r street) flat() *model.Model[flatHouse] {
	return build(flatHouses, r, []model.Symmetry{
		model.Scalars[peer](r.nodes).From(1).Bits(peers(0)), model.Scalars[job](r.jobs).Bits(jobs{}),
	})
}

func (r street) rich() *model.Model[richHouse] {
	return build(richHouses, r, []model.Symmetry{
		model.Scalars[peer](r.nodes).From(1).BitsByValue(peersBy(0)), model.Scalars[job](r.jobs),
	})
}

// permutations lists those of n values.
func permutations(n int) [][]int {
	if n == 0 {
		return [][]int{nil}
	}
	var list [][]int
	for _, p := range permutations(n - 1) {
		for at := range n {
			list = append(list, slices.Insert(slices.Clone(p), at, n-1))
		}
	}
	return list
}
