package bench

import (
	"testing"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/model"
)

// form is one of the two forms of a model, explored with one worker.
type form struct {
	search func(b testing.TB) search
	bytes  func(b testing.TB) float64 // of a state in an exact search
}

func formOf[S any](m *model.Model[S]) form {
	return form{
		search: func(b testing.TB) search {
			return stored(b, m, explore.Options{Workers: 1, Store: explore.StoreCompact}, nil)
		},
		bytes: func(b testing.TB) (bytes float64) {
			stored(b, m, explore.Options{Workers: 1, Store: explore.StoreExact}, &bytes)()
			return bytes
		},
	}
}

// pairs are models in their flat form and as one writes them first.
var pairs = []struct {
	name                string
	flat, natural       form
	distinct, generated uint64
}{
	{"queues", formOf(flatQueues()), formOf(naturalQueues()), 132_496, 905_512},
	{"peers", formOf(flatPeers()), formOf(naturalPeers()), 83_521, 1_820_701},
	{"mail", formOf(flatMail()), formOf(naturalMail()), 277_416, 2_676_097},
	{"logs", formOf(flatLogs()), formOf(naturalLogs()), 515_604, 1_745_988},
	{"store", formOf(flatStore()), formOf(naturalStore()), 231_424, 1_710_081},
	{"members", formOf(flatMembers()), formOf(naturalMembers()), 78_125, 843_751},
	{"jobs", formOf(flatJobs()), formOf(naturalJobs()), 109_760, 576_241},
}

// What the form of a state costs in time and memory.
func BenchmarkNatural(b *testing.B) {
	for _, p := range pairs {
		for _, name := range []string{"flat", "natural"} {
			f := p.flat
			if name == "natural" {
				f = p.natural
			}
			b.Run(p.name+"/"+name, func(b *testing.B) {
				measure(b, f.search(b))
				b.ReportMetric(f.bytes(b), "B/state")
			})
		}
	}
}

// Both forms of a model have the same states and steps.
func TestFormsAgree(t *testing.T) {
	for _, p := range pairs {
		for name, f := range map[string]form{"flat": p.flat, "natural": p.natural} {
			if distinct, generated := f.search(t)(); distinct != p.distinct || generated != p.generated {
				t.Errorf("%s, %s: %d distinct and %d generated, want %d and %d",
					p.name, name, distinct, generated, p.distinct, p.generated)
			}
		}
	}
}
