package explorer

import (
	"context"
	"hash/maphash"
	"iter"
	"net/http"
	"slices"

	"github.com/dgraph-io/ristretto/v2"

	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explorer/steps"
	"github.com/muster-mc/muster/trace"
)

// places finds the place of a run by its steps. It remembers the places of runs and the
// answers about them, by the steps of the run: a step more takes one step, and not all of
// them again. The caches may forget what they like.
type places struct {
	start   *explore.Place
	model   string
	actions []string
	seed    maphash.Seed
	known   *ristretto.Cache[uint64, *spot]
	views   *ristretto.Cache[uint64, view]
	pinned  map[uint64]*spot // that are never forgotten
}

// spot is a place with the steps that led there, as they were typed.
type spot struct {
	place  *explore.Place
	before *spot
	typed  string
	key    uint64
}

// view is the answer about a spot.
type view struct {
	of   *spot
	body []byte
}

// The sizes of the caches, in bytes, and of the filter that says what is worth keeping.
const (
	placeBytes = 64 << 20
	viewBytes  = 64 << 20
	counted    = 200_000
)

func newPlaces(o Options, start *explore.Place) (*places, error) {
	p := &places{start: start, model: o.Name, seed: maphash.MakeSeed(), pinned: map[uint64]*spot{}}
	for _, a := range o.Model.System.Actions {
		p.actions = append(p.actions, a.Name)
	}
	var err error
	p.known, err = ristretto.NewCache(&ristretto.Config[uint64, *spot]{NumCounters: counted, MaxCost: placeBytes, BufferItems: 64})
	if err == nil {
		p.views, err = ristretto.NewCache(&ristretto.Config[uint64, view]{NumCounters: counted, MaxCost: viewBytes, BufferItems: 64})
	}
	return p, err
}

func (p *places) close() {
	p.known.Close()
	p.views.Close()
}

// find takes steps, from the longest part of the run that is known. With an error about a
// step it returns the place before that step too.
func (p *places) find(ctx context.Context, text string) (*spot, error) {
	list, err := steps.Parse(text, p.model, p.actions)
	if err != nil {
		return nil, err
	}
	if len(list) > stepsMax {
		return nil, refuse(http.StatusRequestEntityTooLarge, "the run has %d steps; at most %d are taken", len(list), stepsMax)
	}
	keys := p.keysOf(list)
	at := p.longest(list, keys)
	for i := at.place.Number(); i < len(list); i++ {
		next, err := p.step(ctx, at.place, list[i])
		if err != nil {
			return at, steps.Numbered(i, err)
		}
		at = &spot{next, at, list[i].Text(), keys[i]}
		p.known.Set(keys[i], at, int64(next.Size()))
	}
	return at, nil
}

// pin keeps the places of a run. Its steps may look like others that lead elsewhere: from
// now on they are those of this run.
func (p *places) pin(run []*explore.Place, typed []string) {
	at := &spot{place: p.start}
	for i, key := range p.keys(slices.Values(typed)) {
		at = &spot{run[i], at, typed[i], key}
		p.pinned[key] = at
	}
}

// keysOf are the keys of all beginnings of a run.
func (p *places) keysOf(list []steps.Pattern) []uint64 {
	return p.keys(func(yield func(string) bool) {
		for _, s := range list {
			if !yield(s.Text()) {
				return
			}
		}
	})
}

func (p *places) keys(typed iter.Seq[string]) (keys []uint64) {
	var h maphash.Hash
	h.SetSeed(p.seed)
	for text := range typed {
		_, _ = h.WriteString(text)
		_ = h.WriteByte(0)
		keys = append(keys, h.Sum64())
	}
	return keys
}

// longest is the longest beginning of the run that is pinned, or that the cache knows. Two runs may have one
// key, so the steps are compared.
func (p *places) longest(list []steps.Pattern, keys []uint64) *spot {
	for i := len(keys) - 1; i >= 0; i-- {
		if at, ok := p.pinned[keys[i]]; ok && at.is(list[:i+1]) {
			return at
		}
		if at, ok := p.known.Get(keys[i]); ok && at.is(list[:i+1]) {
			return at
		}
	}
	return &spot{place: p.start}
}

func (s *spot) is(list []steps.Pattern) bool {
	if s.place.Number() != len(list) {
		return false
	}
	for i := len(list) - 1; i >= 0; i-- {
		if s.typed != list[i].Text() {
			return false
		}
		s = s.before
	}
	return true
}

// step takes the step that is meant. Only the moves that it may be are made, which is much
// less work than all; the words of an error need all.
func (p *places) step(ctx context.Context, at *explore.Place, s steps.Pattern) (*explore.Place, error) {
	moves, err := at.MovesOf(ctx, s.Action(), s.MayBe)
	if err != nil {
		return nil, err
	}
	place, err := s.Choose(stepsOf(moves), false)
	if err == nil {
		return moves[place].Place(), nil
	}
	look, lost := at.Look(ctx)
	if lost != nil {
		return nil, lost
	}
	if _, better := s.Choose(stepsOf(look.Moves), look.Bound); better != nil {
		err = better
	}
	return nil, err
}

func stepsOf(moves []explore.Move) []trace.Step {
	list := make([]trace.Step, len(moves))
	for i, m := range moves {
		list[i] = m.Step
	}
	return list
}
