package main

import (
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// unsteady is what differs from run to run: the last two columns.
var unsteady = regexp.MustCompile(`(?m) [0-9.]+ \| [0-9.]+ \|$`)

func TestGrowth(t *testing.T) {
	var b strings.Builder
	if err := growth(t.Context(), &b, explore.Options{MaxStates: 10_000}, []string{"twophase"}); err != nil {
		t.Fatal(err)
	}
	const want = `| default | 1 | 288 | 1146 | 11 | holds |
| ` + "`--rms 1`" + ` | 1 | 12 | 20 | 5 | holds |
| ` + "`--rms 2`" + ` | 1 | 56 | 154 | 8 | holds |
| ` + "`--rms 4`" + ` | 1 | 1568 | 8258 | 14 | holds |
| ` + "`--rms 5`" + ` | 1 | 8832 | 58146 | 17 | holds |
| ` + "`--rms 6`" + ` | 1 | > 10000 |`
	if got := unsteady.ReplaceAllString(b.String(), ""); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant in it\n%s", got, want)
	}
}

func TestUnknownModel(t *testing.T) {
	err := growth(t.Context(), io.Discard, explore.Options{}, []string{"twofase"})
	if err == nil || !strings.Contains(err.Error(), "did you mean twophase?") {
		t.Errorf("got %v, want a suggestion", err)
	}
}

func TestInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := growth(ctx, io.Discard, explore.Options{}, []string{"lease"}); err == nil {
		t.Error("it goes on after an interrupt")
	}
}

func TestValues(t *testing.T) {
	for _, c := range []struct {
		p               catalog.Parameter
		smaller, larger string
	}{
		{catalog.Parameter{Type: "int", Default: "2", Min: 1, Max: 4}, "1", "3 4"},
		{catalog.Parameter{Type: "int", Default: "3", Min: 3, Max: 3}, "", ""},
		{catalog.Parameter{Type: "int", Default: "100", Min: 0, Max: 1000}, "0 50", "101 102 103 105 107 110 114 119"},
	} {
		if got := strings.Join(smaller(c.p), " "); got != c.smaller {
			t.Errorf("%s in %d to %d: smaller %s, want %s", c.p.Default, c.p.Min, c.p.Max, got, c.smaller)
		}
		if got := strings.Join(larger(c.p), " "); got != c.larger {
			t.Errorf("%s in %d to %d: larger %s, want %s", c.p.Default, c.p.Min, c.p.Max, got, c.larger)
		}
	}
}

func TestOtherWords(t *testing.T) {
	if got := otherWords(catalog.Parameter{Type: "bool", Default: "false"}); !slices.Equal(got, []string{"true"}) {
		t.Errorf("of a bool: got %v", got)
	}
	words := catalog.Parameter{Type: "string", Default: "b", OneOf: []string{"a", "b", "c"}}
	if got := otherWords(words); !slices.Equal(got, []string{"a", "c"}) {
		t.Errorf("of words: got %v", got)
	}
}
