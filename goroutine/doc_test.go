package goroutine_test

import (
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
	"github.com/muster-mc/muster/goroutine"
	"github.com/muster-mc/muster/model"
)

// The code below, without its names for tests, is that of the package comment.

type docState struct {
	Threads [2]goroutine.Thread
	News    goroutine.Chan[bool, [1]bool]
	Done    goroutine.Chan[bool, [1]bool]
	Leader  bool // a variable of the follower
}

func docFollower() []goroutine.Statement[docState] {
	const ( // the places of the follower's statements
		choose = iota
		leave
	)

	follower := []goroutine.Statement[docState]{
		choose: goroutine.Do("select { <-news, <-done }", func(s *docState, g goroutine.G) goroutine.Next {
			switch g.Select(s.News.CanRecv(g), s.Done.CanRecv(g)) {
			case 0:
				return s.News.Recv(g, &s.Leader).Then(goroutine.Goto(choose))
			case 1:
				return s.Done.Recv(g, nil)
			}
			return goroutine.Blocked
		}),
		leave: goroutine.Do("leader = false", func(s *docState, g goroutine.G) goroutine.Next {
			s.Leader = false
			return goroutine.Return
		}),
	}
	return follower
}

func TestTheProgramOfThePackageComment(t *testing.T) {
	p := goroutine.Program[docState]{
		Name:    "follower",
		Threads: func(s *docState) []goroutine.Thread { return s.Threads[:] },
		Init:    func(s *docState, _ *model.Choice) bool { s.News.Make(1); s.Done.Make(0); return true },
		Bodies: []goroutine.Body[docState]{
			{Name: "teller", Code: []goroutine.Statement[docState]{
				goroutine.Do("news <- true", func(s *docState, g G) Next { return s.News.Send(g, true) }),
				goroutine.Do("close(done)", func(s *docState, g G) Next { return s.Done.Close(g) }),
			}},
			{Name: "follower", Code: docFollower()},
		},
		Properties: []model.Property[docState]{
			model.Reachable("Leads", func(s *docState) bool { return s.Leader }),
			model.Always("NeverLeadsInTheEnd", func(s *docState) bool { return s.Threads != [2]goroutine.Thread{} || !s.Leader }),
		},
	}
	mctest.Holds(t, p.Model(), explore.Options{})
}

func TestThePackageCommentShowsThatProgram(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	test, err := os.ReadFile("doc_test.go")
	if err != nil {
		t.Fatal(err)
	}
	code := strings.ReplaceAll(string(test), "docState", "State")
	has := map[string]bool{}
	for line := range strings.Lines(code) {
		has[strings.Join(strings.Fields(line), " ")] = true
	}
	_, shown, _ := strings.Cut(string(doc), "# A program\n")
	shown, _, _ = strings.Cut(shown, "# One statement, one step\n")
	lines := 0
	for line := range strings.Lines(shown) {
		if code, ok := strings.CutPrefix(line, "//\t"); ok {
			lines++
			if !has[strings.Join(strings.Fields(code), " ")] {
				t.Errorf("the package comment shows %q, and no test has it", code)
			}
		}
	}
	if lines < 20 {
		t.Errorf("only %d lines are code", lines)
	}
}
