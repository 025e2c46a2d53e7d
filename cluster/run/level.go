package run

import (
	"context"
	"slices"
	"time"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/explore"
)

// blocksOf packs the pieces of a level into blocks: as many pieces that follow each other as
// have no more states than a block may have.
func blocksOf(states []task.Piece, most int) (blocks [][]task.Piece) {
	room := uint64(0)
	for _, p := range states {
		if len(blocks) == 0 || p.States > room {
			blocks, room = append(blocks, nil), uint64(most)
		}
		last := len(blocks) - 1
		blocks[last] = append(blocks[last], p)
		room -= min(room, p.States)
	}
	return blocks
}

func statesIn(block []task.Piece) (n uint64) {
	for _, p := range block {
		n += p.States
	}
	return n
}

// tasksOf are the tasks of a kind that make a level, after the level of the manifest before.
// Those that have nothing to do are nil. M is the manifest of the level as far as it is
// known.
func (r *run) tasksOf(k task.Kind, m, before *Manifest) []*task.Task {
	if k == task.Dedupe {
		return r.dedupeTasks(m, before)
	}
	first := before.First
	blocks := blocksOf(before.States, r.Block)
	list := make([]*task.Task, len(blocks))
	for b, states := range blocks {
		t := &task.Task{Run: r.id, Kind: k, Level: m.Level, Index: b, First: first, States: states, Found: before.Standing.Findings}
		if k == task.Collect {
			t.Origins = m.Origins[b]
			for _, sections := range m.New {
				t.New = append(t.New, at(sections, b))
			}
		}
		first += statesIn(states)
		list[b] = t
	}
	return list
}

// at is a section of a partition that may have had nothing to do.
func at(sections []task.Ref, i int) task.Ref {
	if i < len(sections) {
		return sections[i]
	}
	return task.Ref{}
}

func (r *run) dedupeTasks(m, before *Manifest) []*task.Task {
	list := make([]*task.Task, r.Partitions)
	for q := range list {
		t := &task.Task{Run: r.id, Kind: task.Dedupe, Level: m.Level, Index: q, Runs: before.Runs[q]}
		bytes := uint64(0)
		for _, sections := range m.Prints {
			t.Prints = append(t.Prints, sections[q])
			bytes += sections[q].Length
		}
		if bytes > 0 {
			list[q] = t
		}
	}
	return list
}

// abroad has the workers make a level.
func (r *run) abroad(ctx context.Context) error {
	before := r.last()
	first := r.ledger.Level()
	m := &Manifest{Level: r.ledger.Making(), Results: map[string]uint64{}}
	m.First = first + statesIn(before.States)
	r.making = m
	defer func() { r.making = nil }()
	r.cost.update(func(d *explore.Distribution) { d.Levels++ })
	answers := map[task.Kind][]*task.Answer{}
	for _, k := range task.Kinds() {
		began := time.Now()
		var err error
		if answers[k], err = r.round(ctx, r.tasksOf(k, m, before)); err != nil {
			return err
		}
		r.note(m, before, k, answers[k])
		r.cost.phase(string(k), began)
	}
	ended, err := r.count(ctx, m, before, answers[task.Expand], answers[task.Collect])
	if err != nil || ended {
		return err
	}
	r.ledger.Report()
	if r.ledger.Ended() { // there are no more states
		return nil
	}
	defer r.cost.phase("save", time.Now())
	if err := r.write(ctx, m); err != nil {
		return err
	}
	r.forgetBefore(before)
	return nil
}

// note puts the answers of a round into the manifest.
func (r *run) note(m, before *Manifest, k task.Kind, answers []*task.Answer) {
	if k == task.Dedupe {
		m.New, m.Runs = make([][]task.Ref, r.Partitions), make([][]task.Run, r.Partitions)
		for q := range m.Runs {
			m.Runs[q] = before.Runs[q]
		}
	}
	number := m.First
	for i, a := range answers {
		if a == nil {
			continue
		}
		m.Results[a.ID] = task.Sum([]byte(a.Result()))
		switch k {
		case task.Expand:
			m.Prints, m.Origins = append(m.Prints, a.Prints), append(m.Origins, a.Origins)
		case task.Dedupe:
			m.New[i] = a.New
			if a.Run != nil {
				merge, _ := task.MergeOf(before.Runs[i])
				m.Runs[i] = append(slices.Clone(before.Runs[i][:len(before.Runs[i])-merge]), *a.Run)
			}
		case task.Collect:
			m.States = append(m.States, a.Pieces...)
			if l := a.Lineage; l != nil {
				m.Lineages = append(m.Lineages, task.Lineage{Ref: l.Ref, First: number, States: l.States, Base: l.Base})
				number += l.States
			}
		}
	}
}

// count adds up what the blocks of a level yielded, in order, up to where the search ends.
func (r *run) count(ctx context.Context, m, before *Manifest, expanded, collected []*task.Answer) (ended bool, err error) {
	tasks := r.tasksOf(task.Collect, m, before)
	for b := range tasks {
		for _, a := range []*task.Answer{expanded[b], collected[b]} {
			if a.Yield == nil || !r.ledger.Fits(*a.Yield) {
				return false, errUnlike(a.ID)
			}
		}
		sum := expanded[b].Yield.Plus(*collected[b].Yield)
		if r.ledger.Ends(sum) {
			return true, r.endIn(ctx, tasks[b])
		}
		r.ledger.Add(sum, statesIn(tasks[b].States))
	}
	return false, nil
}

// endIn finds out where exactly in a block the search ends.
func (r *run) endIn(ctx context.Context, t *task.Task) error {
	for {
		part, err := r.doer.PartOf(ctx, t)
		if err == nil {
			var marks *task.Marks
			if marks, err = r.doer.MarksOf(ctx, t); err == nil {
				r.cost.add(r.doer.Spent())
				if !r.ledger.EndIn(part, marks.IsNew) || marks.Over() {
					return errUnlike(t.ID())
				}
				return nil
			}
		}
		if err := r.mendAfter(ctx, err); err != nil {
			return err
		}
	}
}
