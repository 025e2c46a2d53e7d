package main

import (
	"context"
	"os"
	"strings"
	"testing"

	"github.com/muster-mc/muster/audit"
	"github.com/muster-mc/muster/models"
)

func TestPage(t *testing.T) {
	reports, err := auditAll(context.Background(), []string{"storage/batch", "storage/update"}, 100)
	if err != nil {
		t.Fatal(err)
	}
	why := reasons{"storage/update": {
		"Read: it may change only some of its fields": "It is compared.",
		"Commit: it is on fire":                       "It was put out.",
	}}
	var b strings.Builder
	page(&b, reports, why, 100)
	for _, want := range []string{
		"-max-states 100 >",
		"\n| storage/batch | 24 | 12 | 9 | 0 | 0 | 1 | 2 | 100 % | BufferBounded, Deadlock |  |\n",
		"\n| storage/update | 11 | 13 | 10 | 2 | 1 | 1 | 0 | 83 % | Deadlock |  |\n",
		"\nTogether 19 mutants were killed, and 2 survived: 1 are explained, 1 are open.\n",
		"\n## storage/update\n\nOpen:\n\n* Commit: its update of Transactions[].Seen is lost\n" +
			"\nIt is compared.\n\n* Read: it may change only some of its fields\n",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "## storage/batch") {
		t.Error("what has no survivors has a section on them")
	}
	if got := why.outdated(reports); len(got) != 1 || got[0] != "storage/update: Commit: it is on fire" {
		t.Errorf("outdated: %q", got)
	}
}

// Reports of a model in several sizes are named with the size.
func TestSizes(t *testing.T) {
	for _, e := range models.All {
		for _, with := range sizesOf(e) {
			if _, err := auditOne(t.Context(), e, with, 1); err != nil {
				t.Errorf("%s %s: %v", e.Name, flags(with), err)
			}
		}
	}
	for name := range sizes {
		if _, err := byName(name); err != nil {
			t.Error(err)
		}
	}
	r := sized{&audit.Report{Model: "txn"}, sizes["txn"][0]}
	if got, want := name(r), "txn `--values 2`"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	r.with = map[string]string{"b": "true", "a": "1"}
	if got, want := name(r), "txn `--a 1 --b`"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestReasons(t *testing.T) {
	all, err := parseReasons("About it.\n\n# a/b\n\nWhy.\n one\n two\n\nAgain.\n three\n# c\n")
	if err != nil || all["a/b"]["two"] != "Why." || all["a/b"]["three"] != "Again." || len(all["c"]) != 0 {
		t.Errorf("got %v, %v", all, err)
	}
	for text, want := range map[string]string{
		"# a\n one":          `line 2: "one" has no reason`,
		"# a\nx\n one\n one": `line 4: "one" has two reasons`,
		"# a\n# a":           `line 2: there are two of the model "a"`,
	} {
		if _, err := parseReasons(text); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestUnknownModel(t *testing.T) {
	if _, err := auditAll(context.Background(), []string{"storage/bacth"}, 100); err == nil || !strings.Contains(err.Error(), "storage/batch") {
		t.Errorf("got %v", err)
	}
}

// The page in this folder has a line for each model, and all reasons.
func TestThePageIsOfTheWholeCatalogue(t *testing.T) {
	kept, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	page := string(kept)
	for _, e := range models.All {
		for _, with := range sizesOf(e) {
			row := name(sized{&audit.Report{Model: e.Name}, with})
			if !strings.Contains(page, "\n| "+row+" | ") {
				t.Errorf("no line of %s: go run ./bench/audit > bench/audit/README.md", row)
			}
		}
	}
	all, err := parseReasons(judged)
	if err != nil {
		t.Fatal(err)
	}
	for model, why := range all {
		for mutant, reason := range why {
			if !strings.Contains(page, "\n* "+mutant+"\n") || !strings.Contains(page, "\n"+reason+"\n") {
				t.Errorf("%s: %q is not on it: go run ./bench/audit > bench/audit/README.md", model, mutant)
			}
		}
	}
}
