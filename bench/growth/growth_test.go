package main

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/growth"
)

func TestGrowth(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	if err := write(t.Context(), dir, growth.Options{MaxStates: 10_000}, []string{"twophase", "cluster/election"}); err != nil {
		t.Fatal(err)
	}
	page := read(t, dir, "README.md")
	for _, want := range []string{"## twophase", "| 1 to 5 | 12 to 8,832 |", "| [cluster/election](#clusterelection) |", "(pictures/cluster-election.svg)"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if picture := read(t, dir, "pictures", "twophase.svg"); !strings.Contains(picture, ">rms<") {
		t.Error("the picture of twophase does not name its parameter")
	}
	rows, err := csv.NewReader(strings.NewReader(read(t, dir, "curves.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	has := func(start ...string) bool {
		return slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row[:len(start)], start) })
	}
	if !has("model", "parameter", "value", "states") || !has("twophase", "rms", "5", "8832", "58146", "17") {
		t.Errorf("the data lacks its heading or a size that is known:\n%v", rows)
	}
}

func read(t *testing.T, name ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(name...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestUnknownModel(t *testing.T) {
	err := write(t.Context(), t.TempDir(), growth.Options{}, []string{"twofase"})
	if err == nil || !strings.Contains(err.Error(), "did you mean twophase?") {
		t.Errorf("got %v, want a suggestion", err)
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := write(ctx, t.TempDir(), growth.Options{}, []string{"lease"}); err == nil {
		t.Error("it goes on after an interrupt")
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		p    catalog.Parameter
		want []int
	}{
		{catalog.Parameter{Type: "int", Default: "2", Min: 1, Max: 4}, []int{1, 2, 3, 4}},
		{catalog.Parameter{Type: "int", Default: "100", Min: 0, Max: 1000}, []int{96, 97, 98, 99, 100, 101, 102, 103, 104}},
	} {
		if got := values(c.p); !slices.Equal(got, c.want) {
			t.Errorf("%s in %d to %d: got %v, want %v", c.p.Default, c.p.Min, c.p.Max, got, c.want)
		}
	}
}

func TestQuantile(t *testing.T) {
	all := []trial{{off: 0.5}, {off: 1}, {off: 1.1}, {off: 4}, {off: 1.2}}
	for part, want := range map[float64]string{0: "nothing", 0.5: "20.0 %", 1: "a factor of 4.0"} {
		if got := off(quantile(all, part)); got != want {
			t.Errorf("%g: got %s; want %s", part, got, want)
		}
	}
}
