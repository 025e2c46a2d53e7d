package liveness

import (
	"bytes"
	"slices"

	"github.com/muster-mc/muster/internal/orbit"
	"github.com/muster-mc/muster/internal/search"
	"github.com/muster-mc/muster/internal/system"
)

// performReal takes the steps of a run in a graph of orbits, as a run of the model. After
// one round of the loop the real run is in the orbit of the state in which the round began,
// and perhaps in another state of it: the round has renamed values. The next round takes the
// renamed steps. The rounds are over when the first state is back, after as many of them as
// the renaming has to be repeated to rename nothing.
func (g *graph) performReal(found *run) (*system.Walk, error) {
	w, err := g.search.WalkTo(uint64(found.source))
	if err != nil {
		return nil, err
	}
	p := &performer{graph: g, ways: newWays(w), reader: g.newReader(),
		reducer: g.search.Orbits().NewReducer(), space: g.search.System().Codec.New()}
	loop := w.Run.Length + len(found.stem)
	for _, h := range found.stem {
		if err := p.take(h.Label, h.To); err != nil {
			return nil, err
		}
	}
	if len(found.loop) == 0 {
		w.Run.Loop = loop
		return w, nil
	}
	start := bytes.Clone(w.Encoding())
	var round [][]byte // the states after each step of the first round
	for _, h := range found.loop {
		if err := p.take(h.Label, h.To); err != nil {
			return nil, err
		}
		round = append(round, bytes.Clone(w.Encoding()))
	}
	renaming, err := p.between(start, round[len(round)-1])
	if err != nil {
		return nil, err
	}
	for again := renaming; !bytes.Equal(w.Encoding(), start); again = again.Then(renaming) {
		found.loopExact = false // of the rounds, and not of all loops
		for i, h := range found.loop {
			to, err := p.reducer.Permute(nil, round[i], again)
			if err != nil {
				return nil, err
			}
			if !p.takeTo(h.Label, to) {
				return nil, search.Unrepeatable()
			}
		}
	}
	w.Run.Loop = loop
	return w, nil
}

// performer takes real steps that are known by their labels and the orbits that they lead
// to.
type performer struct {
	graph   *graph
	ways    *ways
	reader  *search.ArchiveReader
	reducer *orbit.Reducer
	space   system.Space
}

// take takes the first step with a label into the orbit of a state of the graph. A step of
// the graph changes the state.
func (p *performer) take(label, to uint32) error {
	target := p.reader.Read(uint64(to))
	if target == nil {
		return p.reader.Err()
	}
	target = bytes.Clone(target)
	for _, y := range p.ways.here() {
		if y.action != p.graph.labels.list[label].action || !y.changes {
			continue
		}
		r, err := p.reducer.Canonical([]byte(y.to))
		if err != nil || !bytes.Equal(r, target) {
			continue
		}
		if p.ways.name(y); y.label == p.graph.labels.list[label] && p.ways.walk.Take(y.action, y.answers) {
			return nil
		}
	}
	return search.Unrepeatable()
}

// takeTo takes the step with a label that leads to this very state.
func (p *performer) takeTo(label uint32, state []byte) (ok bool) {
	y := p.ways.labelled(p.graph.labels.list[label], state)
	return y != nil && p.ways.walk.Take(y.action, y.answers)
}

// between returns a renaming that turns one state of an orbit into another.
func (p *performer) between(from, to []byte) (orbit.Permutation, error) {
	if _, err := p.reducer.Canonical(from); err != nil {
		return nil, err
	}
	there := slices.Clone(p.reducer.Renaming())
	if _, err := p.reducer.Canonical(to); err != nil {
		return nil, err
	}
	return there.Then(p.reducer.Renaming().Inverse()), nil
}
