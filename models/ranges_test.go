package models

import (
	"context"
	"slices"
	"strconv"
	"testing"

	"github.com/muster-mc/muster/catalog"
	"github.com/muster-mc/muster/explore"
)

// A bound of a parameter is there for an array or a type of the model, not
// because more was not thought of. So these settings are in range.
func TestRangesAreWhatTheModelsCanBear(t *testing.T) {
	for name, with := range map[string]catalog.With{
		"txn":                {"values": "5"},
		"twophase":           {"rms": "16"},
		"lease":              {"duration": "40", "max-clock": "40", "max-token": "100"},
		"cluster/heartbeat":  {"timeout": "20", "beats": "100", "restarts": "10"},
		"cluster/election":   {"max-term": "200"},
		"memory/expiry":      {"capacity": "40", "max-size": "20", "ttl": "50"},
		"ownership/zombie":   {"max-clock": "100", "max-token": "100"},
		"storage/load":       {"requests": "200"},
		"teleport":           {"majors": "5", "minors": "40", "values": "10"},
		"membership":         {"max-view": "50"},
		"actorstate":         {"values": "20"},
		"agent":              {"max-iterations": "100"},
		"sandbox/start":      {"calls": "100"},
		"memory/checkpoint":  {"changes": "100", "crashes": "20"},
		"runtime/dispatcher": {"restarts": "100"},
	} {
		if _, err := entry(t, name).Open(catalog.Settings{With: with}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func entry(t *testing.T, name string) catalog.Entry {
	i := slices.IndexFunc(All, func(e catalog.Entry) bool { return e.Name == name })
	if i < 0 {
		t.Fatalf("there is no model %s", name)
	}
	return All[i]
}

// risky are the parameters with which a model breaks long before their largest
// value, as its manual says, and why that is so.
var risky = map[string]string{
	"ownership/skew --skew":     "the default margin covers the default error of clocks",
	"actor/increment --threads": "the default loses increments, and --atomic does not",
	"actor/lww --replicas":      "the default diverges, and --later does not",
	"actor/lww --bound":         "the default diverges, and --later does not",
	"actor/register --servers":  "servers do not know of each other, so only one of them is linearizable",
	"actor/raft --servers":      "the default forgets votes, and --durable does not",
	"membership --max-view":     "two views get the same number from 4 on, without --unique-numbers",
}

// A number that passes the range of its type begins again at zero, and some
// property breaks. The walks are long enough to count to the largest bounds.
func TestModelsBearTheirLargestParameters(t *testing.T) {
	for _, e := range All {
		for _, p := range e.Parameters() {
			if p.Type != "int" {
				continue
			}
			name := e.Name + " --" + p.Name
			if broken := walk(t, e, p); broken != "" && risky[name] == "" {
				t.Errorf("%s %d breaks %s", name, p.Max, broken)
			}
		}
	}
}

// walk returns the name of a property that random walks break with the
// parameter at its largest.
func walk(t *testing.T, e catalog.Entry, p catalog.Parameter) string {
	m, err := e.Open(catalog.Settings{With: catalog.With{p.Name: strconv.Itoa(p.Max)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := m.Simulate(context.Background(), explore.SimulateOptions{Walks: 3, Depth: 600})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Properties {
		if p.Verdict == explore.Violated {
			return p.Name
		}
	}
	return ""
}
