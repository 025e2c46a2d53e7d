package run

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search"
)

// recorder notes the keys of the states that the coordinator finds itself, by partition.
type recorder struct {
	form   task.Form
	hasher *fingerprint.Hasher
	keys   [][]byte
}

func newRecorder(s *search.Search, f task.Form, partitions int) *recorder {
	return &recorder{f, s.NewHasher(), make([][]byte, partitions)}
}

// Block completes a [search.Observer].
func (r *recorder) Block(b *search.Block, _ int, _, n uint64) {
	for i := range n {
		state, _ := b.New(i)
		p := r.hasher.Of(state)
		q := task.PartitionOf(p.Hash, len(r.keys))
		r.keys[q] = r.form.AppendKey(r.keys[q], p, state)
	}
}

// Level and Round complete a [search.Observer].
func (r *recorder) Level([]uint64)        {}
func (r *recorder) Round(search.Standing) {}

// take returns the keys of a partition since the last take.
func (r *recorder) take(partition int) []byte {
	keys := r.keys[partition]
	r.keys[partition] = nil
	return keys
}

// atHome makes a level in this process. Now and then it is written down.
func (r *run) atHome(ctx context.Context) error {
	began := time.Now()
	r.ledger.MakeLevel()
	r.cost.phase("home", began)
	if r.ledger.Ended() || r.since(r.saved) < r.SaveEvery {
		return nil
	}
	return r.save(ctx)
}

// save writes down what was found at home since the last manifest.
func (r *run) save(ctx context.Context) error {
	began := time.Now()
	defer r.cost.phase("save", began)
	m := &Manifest{Level: r.ledger.Making(), Home: true, Runs: make([][]task.Run, r.Partitions)}
	m.First = r.search.Counts().Distinct - r.ledger.Waiting()
	h := &homeWriter{run: r, level: m.Level}
	var err error
	if m.States, err = h.states(ctx); err != nil {
		return err
	}
	if err := h.lineage(ctx, m); err != nil {
		return err
	}
	for q := range r.Partitions {
		if m.Runs[q], err = h.runs(ctx, q); err != nil {
			return err
		}
	}
	if err := r.write(ctx, m); err != nil {
		return err // traces of what was found still need the links
	}
	r.ledger.DropLinks()
	r.saved = r.now()
	return nil
}

// homeWriter writes the blobs of levels that were made at home. The coordinator keeps a copy
// of each: no task can make them again.
type homeWriter struct {
	*run
	level int
}

func (h *homeWriter) put(ctx context.Context, what string, data []byte) (task.Ref, error) {
	name := fmt.Sprintf("%s/%d/home-%s", h.id, h.level, what)
	h.homeBlobs[name] = data
	h.cost.wrote(len(data))
	return task.Ref{Name: name, Length: uint64(len(data)), Sum: task.Sum(data)}, h.Bucket.Put(ctx, name, data)
}

// states writes the states of the next level.
func (h *homeWriter) states(ctx context.Context) (list []task.Piece, err error) {
	w := task.PieceWriter{Most: uint64(h.Block)}
	for _, f := range h.ledger.States() {
		if err := h.ledger.EachState(f, w.Add); err != nil {
			return nil, err
		}
	}
	pieces, counts := w.Take()
	for n, data := range pieces {
		ref, err := h.put(ctx, fmt.Sprintf("piece.%d", n), data)
		if err != nil {
			return nil, err
		}
		list = append(list, task.Piece{Ref: ref, States: counts[n]})
	}
	return list, nil
}

// lineage writes how the states since the last manifest were reached.
func (h *homeWriter) lineage(ctx context.Context, m *Manifest) error {
	w := task.LinkWriter{}
	count := uint64(0)
	first, err := h.ledger.Links(func(l predecessor.Link) {
		if count == 0 {
			w.Last = l.Parent
			m.Lineages = []task.Lineage{{Base: l.Parent}}
		}
		w.Add(l)
		count++
	})
	if err != nil || count == 0 {
		return err
	}
	ref, err := h.put(ctx, "lineage.0", w.Data)
	m.Lineages[0] = task.Lineage{Ref: ref, First: first, States: count, Base: m.Lineages[0].Base}
	return err
}

// runs writes the new states of a partition, and returns the runs that the partition has
// then.
func (h *homeWriter) runs(ctx context.Context, partition int) ([]task.Run, error) {
	var before []task.Run
	if last := h.last(); last != nil {
		before = last.Runs[partition]
	}
	keys := h.recorder.take(partition)
	if len(keys) == 0 {
		return before, nil
	}
	merge, rank := task.MergeOf(before)
	kept, merged := before[:len(before)-merge], before[len(before)-merge:]
	lists := make([][]byte, 0, merge+1)
	for _, r := range merged {
		data, err := h.readBlob(ctx, r.Ref)
		if err != nil {
			return nil, err
		}
		lists = append(lists, data)
	}
	lists = append(lists, h.form.Sorted(keys, h.Partitions))
	ref, err := h.put(ctx, fmt.Sprintf("run.%d", partition), h.form.MergeRuns(lists))
	return append(kept[:len(kept):len(kept)], task.Run{Ref: ref, Rank: rank}), err
}

// leaveHome writes everything down and has the workers go on.
func (r *run) leaveHome(ctx context.Context) error {
	if err := r.save(ctx); err != nil {
		return err
	}
	r.ledger.Leave()
	r.home = false
	return nil
}

// goHome reads the visited states, and the states of the next level.
func (r *run) goHome(ctx context.Context) error {
	began := time.Now()
	defer r.cost.phase("home", began)
	last := r.last()
	var states []frontier.Fragment
	for _, p := range last.States {
		data, err := r.readBlob(ctx, p.Ref)
		if err != nil {
			return err
		}
		list, err := task.Fragments(data, p.States)
		if err != nil {
			return err
		}
		states = append(states, list...)
	}
	err := r.ledger.Return(states, func(yield func(fingerprint.Print, []byte)) error {
		for _, runs := range last.Runs {
			for _, one := range runs {
				data, err := r.readBlob(ctx, one.Ref)
				if err != nil {
					return err
				}
				if err := r.form.Each(data, yield); err != nil {
					return err
				}
			}
		}
		return nil
	})
	r.home, r.saved, r.smallAbroad = true, r.now(), 0
	return err
}

// verifyHome reads the blobs of levels that an earlier coordinator made itself, and keeps
// them. It returns how many of the manifests can be gone on from: those whose blobs are
// whole.
func (r *run) verifyHome(ctx context.Context, list []*Manifest) (int, error) {
	for i, m := range list {
		if !m.Home {
			continue
		}
		for _, ref := range homeRefs(m) {
			data, err := task.Read(ctx, r.Bucket, ref)
			if _, ok := errors.AsType[*task.DamagedError](err); ok {
				r.Say("the blob %s is missing or damaged: the run goes on from before it", ref.Name)
				return i, nil
			}
			if err != nil {
				return 0, err
			}
			r.cost.read(len(data))
			r.homeBlobs[ref.Name] = data
		}
	}
	return len(list), nil
}

// homeRefs are the blobs that the coordinator wrote with a manifest.
func homeRefs(m *Manifest) (refs []task.Ref) {
	for _, p := range m.States {
		refs = append(refs, p.Ref)
	}
	for _, l := range m.Lineages {
		refs = append(refs, l.Ref)
	}
	own := manifestName(m.Run, m.Level)
	own = own[:len(own)-len("manifest")]
	for _, runs := range m.Runs {
		for _, one := range runs {
			if len(one.Name) > len(own) && one.Name[:len(own)] == own {
				refs = append(refs, one.Ref)
			}
		}
	}
	return refs
}
