package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/models"
)

func TestPage(t *testing.T) {
	reports, err := auditAll(context.Background(), []string{"storage/batch", "sandbox/exit"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	page(&b, reports, 100)
	for _, want := range []string{
		"-max-states 100 >",
		"\n| storage/batch | 24 | 12 | 9 | 0 | 1 | 2 | 100 % | BufferBounded, Deadlock |  |\n",
		"\n| sandbox/exit | 4 | 21 | 10 | 5 | 3 | 3 | 67 % | ExitRecorded, Deadlock |  |\n",
		"\nTogether 19 mutants were killed, and 5 survived.\n",
		"\n## sandbox/exit\n\n* ",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "## storage/batch") {
		t.Error("what has no survivors has a section on them")
	}
}

func TestUnknownModel(t *testing.T) {
	if _, err := auditAll(context.Background(), []string{"storage/bacth"}, 100); err == nil || !strings.Contains(err.Error(), "storage/batch") {
		t.Errorf("got %v", err)
	}
}

// The page that is kept here has a line for each model there is.
func TestThePageIsOfTheWholeCatalogue(t *testing.T) {
	kept, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range models.All {
		if !strings.Contains(string(kept), "\n| "+e.Name+" | ") {
			t.Errorf("%s is not in it: go run ./bench/audit > bench/audit/README.md", e.Name)
		}
	}
}
