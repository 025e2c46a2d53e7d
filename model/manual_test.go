package model_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/trace"
)

// The models of the package comment. A test compares the comment's code, and the
// output that it shows, with this file.

type State struct {
	Counter int8
	Workers [2]struct {
		Phase Phase // Idle, Read or Done
		Seen  int8
	}
}

type Phase uint8

const (
	Idle Phase = iota
	Read
	Done
)

func (p Phase) String() string { return [...]string{"Idle", "Read", "Done"}[p] }

func read(s *State, c *model.Choice) bool {
	w := &s.Workers[c.Int("worker", 2)]
	if w.Phase != Idle {
		return false
	}
	w.Phase, w.Seen = Read, s.Counter
	return true
}

func write(s *State, c *model.Choice) bool {
	w := &s.Workers[c.Int("worker", 2)]
	if w.Phase != Read {
		return false
	}
	w.Phase, s.Counter = Done, w.Seen+1
	return true
}

func bothDone(s *State) bool { return s.Workers[0].Phase == Done && s.Workers[1].Phase == Done }

var counter = &model.Model[State]{
	Name: "counter",
	Actions: []model.Action[State]{
		{Name: "Read", Do: read},
		{Name: "Write", Do: write},
	},
	Properties: []model.Property[State]{
		model.Always("NothingIsLost", func(s *State) bool {
			return !bothDone(s) || s.Counter == 2
		}),
	},
	Terminal: bothDone,
}

func ExampleModel() {
	show(counter)
	// Output:
	// NothingIsLost: violated
	//   1  Init               Workers: [{Phase:Idle} {Phase:Idle}]
	//   2  Read(worker=0)     Workers[0].Phase: Idle -> Read
	//   3  Read(worker=1)     Workers[1].Phase: Idle -> Read
	//   4  Write(worker=0)    Counter: 0 -> 1   Workers[0].Phase: Read -> Done
	//   5  Write(worker=1)    Workers[1].Phase: Read -> Done
}

// Pair is a pair of nodes out of three: one leads, the other stands by.
type Pair struct {
	Leader, Backup Node
	Down           bool // the leader
}

type Node uint8

func (n Node) String() string { return [...]string{"ann", "bob", "cay"}[n] }

var nodes = []Node{0, 1, 2}

func start(s *Pair, c *model.Choice) bool {
	s.Leader, s.Backup = model.Pick(c, "leader", nodes), model.Pick(c, "backup", nodes)
	return s.Leader != s.Backup
}

func promote(s *Pair, c *model.Choice) bool {
	next := model.Pick(c, "backup", nodes)
	if !c.Guard("the leader is down", s.Down) || !c.Guard("it is another node", next != s.Backup) ||
		!c.Guard("leader and backup differ", s.Leader != s.Backup) {
		return false
	}
	s.Leader, s.Backup, s.Down = s.Backup, next, false
	return true
}

func fail(s *Pair, _ *model.Choice) bool {
	if s.Down {
		return false
	}
	s.Down = true
	return true
}

var pair = &model.Model[Pair]{
	Name: "pair",
	Init: start,
	Actions: []model.Action[Pair]{
		{Name: "Promote", Do: promote},
		{Name: "Fail", Do: fail, Fault: "crash"},
	},
	Properties: []model.Property[Pair]{
		model.Reachable("CayLeads", func(s *Pair) bool { return s.Leader == 2 && s.Backup == 0 && s.Down }),
	},
}

// Init chooses among six pairs, and a String method names the nodes.
func ExampleModel_init() {
	report, err := explore.Check(context.Background(), pair, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Counts.Initial, "initial states,", report.Counts.Distinct, "in all")
	_ = report.Properties[0].Trace.Text(os.Stdout, trace.TextOptions{})
	// Output:
	// 6 initial states, 12 in all
	//   1  Init(leader=cay, backup=ann)    Leader: cay   Backup: ann
	//   2  Fail [fault: crash]             Down: false -> true
}

// The last guard is never the reason: leader and backup always differ.
func ExampleChoice_Guard() {
	report, err := explore.Check(context.Background(), pair, explore.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Vacuity.NeverRefused)
	// Output:
	// [leader and backup differ]
}

// Desk serves clients, each with a small job or a large one.
type Desk struct {
	Waiting [clients]bool
	Last    uint8 // the size of the job before
}

const clients = 2

func ask(s *Desk, c *model.Choice) bool {
	client := c.Int("client", clients)
	if s.Waiting[client] {
		return false
	}
	s.Waiting[client] = true
	return true
}

func serve(s *Desk, c *model.Choice) bool {
	client, size := c.Int("client", clients), c.Int("size", 2)
	if !s.Waiting[client] {
		return false
	}
	s.Waiting[client], s.Last = false, uint8(size)
	return true
}

func waiting(s *Desk, client int) bool { return s.Waiting[client] }
func served(s *Desk, client int) bool  { return !s.Waiting[client] }

var desk = &model.Model[Desk]{
	Name: "desk",
	Actions: []model.Action[Desk]{
		{Name: "Ask", Do: ask},
		{Name: "Serve", Do: serve, Fair: model.WeakEach, FairBy: []string{"client"}},
	},
	Properties: []model.Property[Desk]{
		model.LeadsToEach("EachIsServed", "client", clients, waiting, served),
	},
}

// With FairBy each client is served in the end, whatever the size of its job. Without
// Each, one client may be served again and again while the other waits.
func ExampleAction_fairBy() {
	some := *desk
	some.Actions = []model.Action[Desk]{{Name: "Ask", Do: ask}, {Name: "Serve", Do: serve, Fair: model.Weak}}
	for _, m := range []*model.Model[Desk]{desk, &some} {
		report, err := explore.Check(context.Background(), m, explore.Options{})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(m.Actions[1].Fair, m.Actions[1].FairBy, report.Verdict)
	}
	// Output:
	// weak each [client] holds
	// weak [] violated
}

type NodeID uint8 // 0 is none, 1 to 5 are nodes

type Cluster struct {
	Leader NodeID  // is found by its type
	Up     [5]bool `muster:"by=NodeID"`
}

var cluster = &model.Model[Cluster]{
	Name:     "cluster",
	Symmetry: []model.Symmetry{model.Scalars[NodeID](5).From(1)},
	Actions: []model.Action[Cluster]{
		{Name: "Start", Do: func(s *Cluster, c *model.Choice) bool {
			node := c.Int("node", 5)
			isDown := !s.Up[node]
			s.Up[node] = true
			return isDown
		}},
		{Name: "Elect", Do: func(s *Cluster, c *model.Choice) bool {
			node := c.Int("node", 5)
			if s.Leader != 0 || !s.Up[node] {
				return false
			}
			s.Leader = NodeID(node + 1)
			return true
		}},
	},
	Properties: []model.Property[Cluster]{
		model.Always("TheLeaderIsUp", func(s *Cluster) bool { return s.Leader == 0 || s.Up[s.Leader-1] }),
	},
	AllowDeadlock: true,
}

// Of 112 states, 11 differ in more than the names of nodes.
func TestInterchangeableValues(t *testing.T) {
	report, err := explore.Check(t.Context(), cluster, explore.Options{})
	if err != nil || report.Verdict != explore.Holds {
		t.Fatalf("got %+v, %v", report, err)
	}
	if s := report.Symmetry; s == nil || s.Orbits != 11 || s.States != 112 {
		t.Errorf("got %+v, want 11 orbits of 112 states", s)
	}
}

func TestPackageComment(t *testing.T) {
	tests, doc := bare(t, "manual_test.go"), readFile(t, "doc.go")
	comment, _, _ := strings.Cut(doc, "\npackage ")
	for _, block := range blocksOf(comment) {
		if !strings.Contains(tests, block) {
			t.Errorf("manual_test.go has no\n%s", block)
		}
	}
}

// blocksOf are the indented parts of a package comment, without indentation and blank
// lines.
func blocksOf(comment string) []string {
	var list []string
	block := ""
	for line := range strings.Lines(comment + "\n// the end\n") {
		line = strings.TrimPrefix(strings.TrimRight(line, "\n"), "//")
		switch {
		case strings.HasPrefix(line, "\t"):
			block += strings.TrimSpace(line) + "\n"
		case strings.TrimSpace(line) != "" && block != "":
			list = append(list, block)
			block = ""
		}
	}
	return list
}

// bare is a file without indentation, comment marks and blank lines.
func bare(t *testing.T, file string) string {
	var b strings.Builder
	for line := range strings.Lines(readFile(t, file)) {
		line = strings.TrimSpace(line)
		if line = strings.TrimSpace(strings.TrimPrefix(line, "//")); line != "" {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
