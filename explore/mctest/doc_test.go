package mctest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/model"
)

// The model of the package comment, and its tests: a record says which node holds a
// lock, and a node claims the lock by compare and swap.

type Config struct {
	Nodes int    // 2 unless set
	Bug   string // no-cas: the record is written whatever it says by then
}

type State struct {
	Holder Holder
	Nodes  [3]struct{ Phase Phase } `muster:"by=Holder"`
}

type Holder uint8 // 0 for none, or a node and one

func (h Holder) String() string {
	if h == 0 {
		return "nobody"
	}
	return fmt.Sprint(uint8(h - 1))
}

type Phase uint8

const (
	Idle Phase = iota
	Reading
	Holding
)

func (p Phase) String() string { return [...]string{"Idle", "Reading", "Holding"}[p] }

type lock struct{ Config }

func New(c Config) *model.Model[State] {
	c.Nodes = max(c.Nodes, 2)
	l := &lock{c}
	return &model.Model[State]{
		Name: "lock",
		Actions: []model.Action[State]{
			{Name: "Read", Do: l.read},
			{Name: "Acquire", Do: l.acquire},
			{Name: "Release", Do: l.release},
		},
		Properties: []model.Property[State]{
			model.Always("AtMostOneHolder", func(s *State) bool { return len(holders(s)) < 2 }).Explained(func(s *State) string {
				return fmt.Sprintf("nodes %d and %d both hold it", holders(s)[0], holders(s)[1])
			}),
		},
	}
}

func (l *lock) read(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", l.Nodes)]
	if n.Phase != Idle || s.Holder != 0 {
		return false
	}
	n.Phase = Reading
	return true
}

func (l *lock) acquire(s *State, c *model.Choice) bool {
	node := c.Int("node", l.Nodes)
	n := &s.Nodes[node]
	if n.Phase != Reading {
		return false
	}
	if s.Holder != 0 && l.Bug != "no-cas" {
		n.Phase = Idle
		return true
	}
	n.Phase, s.Holder = Holding, Holder(node+1)
	return true
}

func (l *lock) release(s *State, c *model.Choice) bool {
	n := &s.Nodes[c.Int("node", l.Nodes)]
	if n.Phase != Holding {
		return false
	}
	n.Phase, s.Holder = Idle, 0
	return true
}

func holders(s *State) []int {
	var list []int
	for i, n := range s.Nodes {
		if n.Phase == Holding {
			list = append(list, i)
		}
	}
	return list
}

func TestLock(t *testing.T) {
	r := mctest.Holds(t, New(Config{Nodes: 3}), explore.Options{})
	mctest.Counts(t, r, explore.Counts{Initial: 1, Distinct: 20, Depth: 5})
}

func TestLockWithoutCompareAndSwap(t *testing.T) {
	mctest.Breaks(t, New(Config{Bug: "no-cas"}), explore.Options{}, "AtMostOneHolder", 5)
}

func TestLockIsSymmetric(t *testing.T) {
	m := New(Config{Nodes: 3})
	m.Symmetry = []model.Symmetry{model.Scalars[Holder](3).From(1)}
	mctest.Symmetric(t, m, explore.Options{})
}

// The package comment shows the tests above, how the first of them fails on the model
// with the bug, and the test that is kept of that run.
func TestPackageComment(t *testing.T) {
	tests, err := os.ReadFile("doc_test.go")
	if err != nil {
		t.Fatal(err)
	}
	page := comment(t)
	failure, kept := fail(t, string(tests))
	for _, block := range blocks(page) {
		if !strings.Contains(string(tests), block) && !strings.Contains(failure, block) && !strings.Contains(kept, block) {
			t.Errorf("the package comment has a block\n%s\nwhich is not in the tests of this package, nor in\n%s\nnor in\n%s", block, failure, kept)
		}
	}
	name := regexp.MustCompile(`avoids_\w+_test\.go`)
	if shown, is := name.FindString(page), name.FindString(kept); shown != is {
		t.Errorf("the package comment says %s, and the file is %s", shown, is)
	}
}

// fail runs TestLock on the model with the bug, as a test of a package of its own, and
// returns how that fails and the test that is kept, with the name of its file.
func fail(t *testing.T, tests string) (failure, kept string) {
	t.Chdir(t.TempDir())
	write(t, "doc_test.go", tests)
	t.Setenv("MUSTER_KEEP", "1")
	failure = mctest.FailureOf("TestLock", func(t testing.TB) {
		mctest.Holds(t, New(Config{Bug: "no-cas"}), explore.Options{})
	})
	failure = strings.ReplaceAll(failure, "github.com/muster-mc/muster/explore/mctest", "example.com/lock")
	files, _ := filepath.Glob("avoids_*_test.go")
	if len(files) != 1 {
		t.Fatalf("%d tests are kept: %v", len(files), files)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	return failure, files[0] + "\n" + string(text)
}

// comment is the package comment.
func comment(t *testing.T) string {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(string(text), "\npackage ")
	return before
}

// blocks are the indented parts of a package comment.
func blocks(comment string) []string {
	var list []string
	var block strings.Builder
	for line := range strings.Lines(comment + "\n") {
		line = strings.TrimPrefix(line, "//")
		switch text, indented := strings.CutPrefix(line, "\t"); {
		case indented:
			block.WriteString(text)
		case strings.TrimSpace(line) == "" && block.Len() > 0:
			block.WriteString("\n")
		case block.Len() > 0:
			list = append(list, strings.TrimSpace(block.String()))
			block.Reset()
		}
	}
	return list
}

func write(t *testing.T, name, text string) {
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
