package bench

import (
	"fmt"
	"testing"

	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
	"github.com/muster-mc/muster/models/lease"
	"github.com/muster-mc/muster/models/twophase"
)

// BenchmarkCanonical measures what it takes to find the representative of a successor, by
// the states that a search of orbits generates.
func BenchmarkCanonical(b *testing.B) {
	for nodes := 2; nodes <= 4; nodes++ {
		b.Run(fmt.Sprint("lease/", nodes), func(b *testing.B) { canonical(b, lease.New(lease.Config{Nodes: nodes})) })
	}
	for _, rms := range []int{4, 8, 12} {
		b.Run(fmt.Sprint("twophase/", rms), func(b *testing.B) { canonical(b, twophase.New(twophase.Config{RMs: rms})) })
	}
	for _, nodes := range []int{3, 4, 6} {
		b.Run(fmt.Sprint("sets/", nodes), func(b *testing.B) { canonical(b, newGossip(nodes)) })
	}
}

// successorsMax is how many successors are measured.
const successorsMax = 50_000

// canonical measures the representatives of the first successors of a search.
func canonical[S any](b *testing.B, m *model.Model[S]) {
	s := system.Of(m)
	orbits, err := s.Orbits()
	if err != nil {
		b.Fatal(err)
	}
	r, space := orbits.NewReducer(), s.Codec.New()
	known := map[string]bool{}
	var generated, queue [][]byte
	p := system.NewStepper(s, s.Actions)
	p.Begin()
	visit := func() {
		p.Successors(func(_ int, _ []int, t system.State) bool {
			encoded := space.Append(nil, t)
			generated = append(generated, encoded)
			c, err := r.Canonical(encoded)
			if err != nil {
				b.Fatal(err)
			}
			if !known[string(c)] {
				known[string(c)] = true
				queue = append(queue, append([]byte(nil), c...))
			}
			return true
		})
	}
	for visit(); len(queue) > 0 && len(generated) < successorsMax; queue = queue[1:] {
		p.Enter(queue[0])
		visit()
	}
	b.ReportAllocs()
	b.ResetTimer()
	began := cpu()
	for i := range b.N {
		if _, err := r.Canonical(generated[i%len(generated)]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(cpu()-began)/float64(b.N), "cpu-ns/op")
	b.ReportMetric(float64(len(known)), "orbits")
}

// peerID is a peer of a gossip, and the peers are interchangeable.
type peerID uint8

// gossip is peers that tell each other whom they know, in sets and a bag of messages.
type gossip struct {
	Knows [8]model.Set[peerID] `muster:"by=peerID"`
	Mail  model.Bag[rumour]
}

type rumour struct{ To, About peerID }

func newGossip(peers int) *model.Model[gossip] {
	return &model.Model[gossip]{
		Name: "gossip", AllowDeadlock: true,
		Symmetry: []model.Symmetry{model.Scalars[peerID](peers)},
		Actions: []model.Action[gossip]{
			{Name: "Tell", Do: func(s *gossip, c *model.Choice) bool {
				from, to := c.Int("from", peers), c.Int("to", peers)
				if s.Mail.Len() > 2 || from == to {
					return false
				}
				s.Mail.Add(rumour{peerID(to), peerID(from)})
				return true
			}},
			{Name: "Hear", Do: func(s *gossip, c *model.Choice) bool {
				m := model.Pick(c, "rumour", s.Mail.Distinct())
				s.Mail.Remove(m)
				s.Knows[m.To].Add(m.About)
				return true
			}},
		},
		Properties: []model.Property[gossip]{model.Always("KnowsNotItself", func(s *gossip) bool {
			for i := range peers {
				if s.Knows[i].Has(peerID(i)) {
					return false
				}
			}
			return true
		})},
	}
}
