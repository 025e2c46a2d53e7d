package models_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/models"
)

// pictured are states whose picture must say what they are.
var pictured = []struct {
	model, bug, steps string
	texts             []string
}{
	{"lease", "no-check", "Acquire(node=0, actor=0) Acquire(node=1, actor=0) Suspect(node=0)",
		[]string{"actor 0", "registry, token 2", "node 0 runs actor 0", "node 1 runs actor 0", "suspected", `class="bad"`}},
	{"membership", "", "NodeJoin(node=0) NodeJoin(node=1) NodeJoinComplete(node=1, via=0) CreatePartition(a=0, b=1)",
		[]string{"node 0", "Active", "primary, term 1", "view 2 {0 1}", "cut"}},
	{"registry", "", "ClaimActor(node=0, actor=0) NodeCrash(node=0)",
		[]string{"placed nowhere:", "node 0", "Active, missed 0", "down", "thinks actor 0 is with node 0"}},
	{"txn", "", "Begin(transaction=0) Read(transaction=0, key=0) Begin(transaction=1) Write(transaction=1, key=0, value=v1) Commit(transaction=1)",
		[]string{"store", "v1", "Running", "read v0, which is old", "Committed, place 1"}},
	{"wal", "", "Append(client=0, op=Create, data=1) Crash",
		[]string{"server", "Down", "log, 1 of 2", "Pending", "Create 1", "client 0, key 1", "nothing yet"}},
	{"twophase", "", "RMPrepare(rm=0) TMReceivePrepared(rm=0) TMAbort",
		[]string{"transaction manager", "DecidedAbort", "RM 0", "prepared", "working", "marker-end"}},
}

func TestPicturesSayWhatAStateIs(t *testing.T) {
	for _, x := range pictured {
		m := openEntry(t, x.model, catalog.Settings{Bug: x.bug})
		p := start(t, m)
		for _, label := range append([]string{"Init"}, split(x.steps)...) {
			p = follow(t, p, label)
		}
		picture := pictureOf(t, p)
		for _, text := range x.texts {
			if !strings.Contains(picture, text) {
				t.Errorf("%s: the picture lacks %s:\n%s", x.model, text, picture)
			}
		}
	}
}

// Pictures of random states are well-formed, and have nothing in them that a frame
// without scripts would have to keep out.
func TestPicturesAreWellFormed(t *testing.T) {
	names := []string{}
	for _, e := range models.All {
		m := openEntry(t, e.Name, catalog.Settings{})
		if m.Checker().System.Picture == nil {
			continue
		}
		names = append(names, e.Name)
		p := start(t, m)
		random := rand.New(rand.NewPCG(1, 1))
		for range 60 {
			moves, err := p.Moves(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(moves) == 0 {
				p = start(t, m)
				continue
			}
			p = moves[random.IntN(len(moves))].Place()
			wellFormed(t, e.Name, pictureOf(t, p))
		}
	}
	if want := []string{"lease", "membership", "registry", "twophase", "txn", "wal"}; !slices.Equal(slices.Sorted(slices.Values(names)), want) {
		t.Errorf("there are pictures of %v", names)
	}
}

func wellFormed(t *testing.T, model, picture string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v in %s", model, err, picture)
		}
		if e, ok := token.(xml.StartElement); ok && slices.Contains([]string{"script", "style", "image", "foreignObject", "a"}, e.Name.Local) {
			t.Fatalf("%s: the picture has %s", model, e.Name.Local)
		}
	}
}

func openEntry(t *testing.T, name string, s catalog.Settings) catalog.Model {
	t.Helper()
	for _, e := range models.All {
		if e.Name == name {
			m, err := e.Open(s)
			if err != nil {
				t.Fatal(err)
			}
			return m
		}
	}
	t.Fatalf("there is no model %s", name)
	return nil
}

func start(t *testing.T, m catalog.Model) *explore.Place {
	t.Helper()
	p, err := m.Checker().Start()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// follow takes the step with this label.
func follow(t *testing.T, p *explore.Place, label string) *explore.Place {
	t.Helper()
	moves, err := p.Moves(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for _, m := range moves {
		if m.Step.Label() == label {
			return m.Place()
		}
		labels = append(labels, m.Step.Label())
	}
	t.Fatalf("there is no step %s; there are %s", label, strings.Join(labels, " "))
	return nil
}

func pictureOf(t *testing.T, p *explore.Place) string {
	t.Helper()
	v, err := p.Look(t.Context())
	if err != nil || v.PictureFailed != "" {
		t.Fatalf("%v, %s", err, v.PictureFailed)
	}
	return v.Picture
}

// split splits steps at the spaces outside of brackets.
func split(steps string) []string {
	var list []string
	depth := 0
	word := ""
	for _, r := range steps + " " {
		switch {
		case r == '(':
			depth++
		case r == ')':
			depth--
		case r == ' ' && depth == 0:
			list = append(list, word)
			word = ""
			continue
		}
		word += string(r)
	}
	return list
}
