package conform

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/muster-mc/muster/model"
)

// parcels is three nodes that send each other parcels. A node counts what it receives.
type parcels struct {
	Count [3]uint8
	Way   []parcel `muster:"unordered"`
}

type parcel struct{ To, Kind uint8 }

func newParcels() Log[parcels] {
	node := Args{"node": Field("node"), "kind": Field("kind")}
	return Log[parcels]{
		Model: &model.Model[parcels]{
			Name: "parcels", AllowDeadlock: true,
			Actions: []model.Action[parcels]{
				{Name: "Send", Do: func(s *parcels, c *model.Choice) bool {
					node := c.Int("node", 3)
					kind := c.Int("kind", 3)
					to := c.Other("to", 3, node) // which no record says
					s.Way = append(s.Way, parcel{uint8(to), uint8(kind)})
					return true
				}},
				{Name: "Receive", Do: func(s *parcels, c *model.Choice) bool {
					node := c.Int("node", 3)
					i := slices.Index(s.Way, parcel{uint8(node), uint8(c.Int("kind", 3))})
					if i < 0 {
						return false
					}
					s.Way = slices.Delete(s.Way, i, i+1)
					s.Count[node]++
					return true
				}},
			},
			Properties: []model.Property[parcels]{model.Always("Fine", func(*parcels) bool { return true })},
		},
		Records: map[string]Record[parcels]{
			"send": {Action: "Send", Args: node},
			"receive": {Action: "Receive", Args: node, After: func(s *parcels, r Fields) Mismatch {
				return Equal("count", s.Count[r.Int("node")], r.Int("count"))
			}},
		},
	}
}

// walkParcels is a log for each node of a run at random.
func walkParcels(r *rand.Rand) (files [3][]string) {
	var counts [3]int
	var way []parcel
	for range 9 {
		if len(way) == 0 || r.IntN(2) == 0 {
			from := r.IntN(3)
			p := parcel{uint8((from + 1 + r.IntN(2)) % 3), uint8(r.IntN(3))}
			way = append(way, p)
			files[from] = append(files[from], fmt.Sprintf(`{"msg": "send", "node": %d, "kind": %d}`, from, p.Kind))
			continue
		}
		i := r.IntN(len(way))
		p := way[i]
		way = slices.Delete(way, i, i+1)
		counts[p.To]++
		files[p.To] = append(files[p.To], fmt.Sprintf(`{"msg": "receive", "node": %d, "kind": %d, "count": %d}`, p.To, p.Kind, counts[p.To]))
	}
	return files
}

// To try one order of independent files changes no verdict: it is that of all orders, at as
// many records.
func TestOneOrderIsAsGoodAsAll(t *testing.T) {
	verdicts := map[Verdict]int{}
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 9))
		files := walkParcels(r)
		for spoilt := range 3 {
			var logs []Input
			for i, lines := range files {
				text := ""
				for _, line := range lines {
					text += line + "\n"
				}
				logs = append(logs, Input{fmt.Sprint(i), []byte(text)})
			}
			l := newParcels()
			all, err := Check(t.Context(), l, logs, Options{})
			if err != nil {
				t.Fatal(err)
			}
			l.Independent = true
			one, err := Check(t.Context(), l, logs, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if one.Verdict != all.Verdict || one.Matched != all.Matched || spoilt == 0 && one.Verdict != Accepted {
				t.Fatalf("seed %d: one order %s after %d, all orders %s after %d\n%s", seed, one.Verdict, one.Matched, all.Verdict, all.Matched, logs)
			}
			verdicts[one.Verdict]++
			f := r.IntN(3)
			if n := len(files[f]); n > 1 {
				i := r.IntN(n)
				files[f] = slices.Delete(slices.Clone(files[f]), i, i+1)
			}
		}
	}
	if verdicts[Accepted] < 200 || verdicts[Rejected] < 100 {
		t.Errorf("got %v", verdicts)
	}
}
