//go:build !race && !purego

package explore

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// draw is what a random test draws.
type draw struct {
	recipe  recipe
	options Options
}

// examples are draws that are the same on every run.
func examples(n int) []draw {
	g := rapid.Custom(func(t *rapid.T) draw {
		r := drawRecipe(t)
		return draw{r, drawOptions(t, r)}
	})
	var list []draw
	for seed := range n {
		list = append(list, g.Example(seed))
	}
	return list
}

// features are what a run shows.
func features(d draw, r *Report) []string {
	if r.Counts.Distinct == 0 && r.Reason == "" && !r.hasCounterexample() {
		return []string{"no initial state"}
	}
	list := []string{"the run " + string(r.Verdict)}
	add := func(feature string, shown bool) {
		if shown {
			list = append(list, feature)
		}
	}
	violated, length := 0, 0
	for _, p := range r.Properties {
		name := p.Name
		if name == Panic {
			name = "Panic in " + d.recipe.panicsIn
		}
		add(name+" "+string(p.Verdict), true)
		if p.Trace != nil {
			length = max(length, p.Trace.Length)
		}
		if p.Verdict == Violated {
			violated++
		}
	}
	for _, a := range r.Actions {
		add("an action that is never enabled", a.Attempts > 0 && a.Enabled == 0)
		add("an action that finds nothing", a.Enabled > 0 && a.Discovered == 0)
		add("an action with choices", a.Attempts > 2*r.Counts.Distinct)
	}
	add("the limit of states", strings.Contains(r.Reason, "state"))
	add("the limit of levels", strings.Contains(r.Reason, "level"))
	add("violated before a limit", r.Verdict == Violated && r.Reason != "")
	add("several violated", violated > 1)
	add("keeping going after a violation", violated > 0 && d.options.KeepGoing)
	add("without faults", len(d.options.WithoutFaults) > 0)
	add("unreached and no violation", r.Verdict == Holds && slices.Contains(list, "Reachable unreached"))
	add("a constraint", r.Counts.Outside > 0)
	add("several initial states", r.Counts.Initial > 1)
	add("a long trace", length > 4)
	add("many levels", r.Counts.Depth > 6)
	add("many states", r.Counts.Distinct > 300)
	add("many duplicates", r.Counts.Generated > 3*r.Counts.Distinct)
	return list
}

// The random tests show nothing about what is never drawn. So of a few hundred
// draws, some must show each of these.
func TestDrawsShowEverything(t *testing.T) {
	t.Parallel()
	shown := map[string]int{}
	for i, d := range examples(400) {
		r := checkTwin(d.recipe.flat(), d.options)
		if i%2 == 1 {
			r = checkTwin(d.recipe.rich(), d.options)
		}
		for _, f := range features(d, r) {
			shown[f]++
		}
	}
	want := []string{
		"no initial state", "the run holds", "the run violated", "the run incomplete",
		"the limit of states", "the limit of levels", "violated before a limit", "several violated",
		"keeping going after a violation", "without faults", "unreached and no violation", "a constraint",
		"an action that is never enabled", "an action that finds nothing", "an action with choices",
		"several initial states", "a long trace", "many levels", "many states", "many duplicates",
		"Reachable reached", "Reachable unreached", "Reachable unknown",
	}
	for _, name := range []string{"Always", "Step", "Again", Deadlock} {
		want = append(want, name+" holds", name+" violated", name+" unknown")
	}
	for _, place := range panicPlaces {
		want = append(want, "Panic in "+place+" violated")
	}
	for _, feature := range want {
		if shown[feature] == 0 {
			t.Errorf("no draw shows: %s", feature)
		}
	}
}
