package task

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/predecessor"
	"github.com/muster-mc/muster/internal/search"
)

// Doer does tasks of one run. One goroutine may use it.
type Doer struct {
	Pieces     *search.Pieces
	Bucket     bucket.Bucket
	Form       Form
	Partitions int
	Block      int // the most states of a block

	cost Cost
	// Memory that is used again.
	sections               [][]byte // of expand
	origins                []byte   // the same
	piece, fragment, links []byte   // of collect
	blob                   []byte   // that is being written
}

// Do does a task. An input that is missing or damaged is an answer, and so is a failure. The
// error is for a task that was given up: nothing is known of it then.
func (d *Doer) Do(ctx context.Context, t *Task) (*Answer, error) {
	d.cost = Cost{}
	began := time.Now()
	a := &Answer{}
	var err error
	switch t.Kind {
	case Expand:
		err = d.expand(ctx, t, a)
	case Dedupe:
		err = d.dedupe(ctx, t, a)
	case Collect:
		err = d.collect(ctx, t, a)
	default:
		err = fmt.Errorf("there is no task %q", t.Kind)
	}
	if ctx.Err() != nil || errors.Is(err, search.ErrCancelled) {
		return nil, search.ErrCancelled
	}
	if damaged, ok := errors.AsType[*DamagedError](err); ok {
		a = &Answer{Damaged: []string{damaged.Name}}
	} else if err != nil {
		a = &Answer{Failure: err.Error()}
	}
	d.cost.Seconds = time.Since(began).Seconds()
	a.ID, a.Inputs, a.Cost = t.ID(), t.Inputs(), d.cost
	return a, nil
}

// DamagedError is a blob that is missing, or is not what it was.
type DamagedError struct{ Name string }

func (e *DamagedError) Error() string { return "the blob " + e.Name + " is missing or damaged" }

// Read reads what a reference names, and verifies it.
func Read(ctx context.Context, b bucket.Bucket, r Ref) ([]byte, error) {
	if r.Length == 0 {
		return nil, nil
	}
	data, err := b.Get(ctx, r.Name, int64(r.Offset), int64(r.Length))
	if errors.Is(err, bucket.ErrNotFound) || err == nil && (uint64(len(data)) != r.Length || Sum(data) != r.Sum) {
		return nil, &DamagedError{r.Name}
	}
	return data, err
}

func (d *Doer) read(ctx context.Context, r Ref) ([]byte, error) {
	data, err := Read(ctx, d.Bucket, r)
	d.cost.Read += uint64(len(data))
	return data, err
}

func (d *Doer) readAll(ctx context.Context, list []Ref) ([][]byte, error) {
	all := make([][]byte, len(list))
	for i, r := range list {
		var err error
		if all[i], err = d.read(ctx, r); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// write writes a blob of sections, and returns references to each. Nothing is written if
// all of them are empty.
func (d *Doer) write(ctx context.Context, name string, sections ...[]byte) ([]Ref, error) {
	refs := make([]Ref, len(sections))
	offset := uint64(0)
	for i, s := range sections {
		if len(s) > 0 {
			refs[i] = Ref{Name: name, Offset: offset, Length: uint64(len(s)), Sum: Sum(s)}
		}
		offset += uint64(len(s))
	}
	if offset == 0 {
		return refs, nil
	}
	d.cost.Written += offset
	d.blob = d.blob[:0]
	for _, s := range sections {
		d.blob = append(d.blob, s...)
	}
	return refs, d.Bucket.Put(ctx, name, d.blob)
}

// part reads the parents of a task.
func (d *Doer) part(ctx context.Context, t *Task) (search.Part, error) {
	part := search.Part{First: t.First, Found: t.Found}
	for _, p := range t.States {
		data, err := d.read(ctx, p.Ref)
		if err != nil {
			return part, err
		}
		list, err := Fragments(data, p.States)
		if err != nil {
			return part, &DamagedError{p.Name}
		}
		part.States = append(part.States, list...)
	}
	return part, nil
}

// PartOf reads the parents of a task, for the coordinator.
func (d *Doer) PartOf(ctx context.Context, t *Task) (search.Part, error) { return d.part(ctx, t) }

func (d *Doer) expand(ctx context.Context, t *Task, a *Answer) error {
	part, err := d.part(ctx, t)
	if err != nil {
		return err
	}
	if d.sections == nil {
		d.sections = make([][]byte, d.Partitions)
	}
	sections := d.sections
	for q := range sections {
		sections[q] = sections[q][:0]
	}
	origins := NewOriginWriter(t.First)
	origins.Data = d.origins[:0]
	yield, err := d.Pieces.Expand(part, func(p fingerprint.Print, state []byte, l predecessor.Link) {
		q := PartitionOf(p.Hash, d.Partitions)
		sections[q] = d.Form.AppendKey(sections[q], p, state)
		origins.Add(q, l)
	})
	d.origins = origins.Data
	if err != nil {
		return err
	}
	a.Yield = &yield
	refs, err := d.write(ctx, t.name("prints"), append(sections[:d.Partitions:d.Partitions], d.origins)...)
	a.Prints, a.Origins = refs[:d.Partitions:d.Partitions], refs[d.Partitions]
	return err
}

func (d *Doer) dedupe(ctx context.Context, t *Task, a *Answer) error {
	blocks, err := d.readAll(ctx, t.Prints)
	if err != nil {
		return err
	}
	runs := make([][]byte, len(t.Runs))
	for i, r := range t.Runs {
		if runs[i], err = d.read(ctx, r.Ref); err != nil {
			return err
		}
	}
	merge, rank := MergeOf(t.Runs)
	found := DedupeKeys(d.Form, d.Partitions, blocks, runs, merge)
	refs, err := d.write(ctx, t.RunName(), append(found.New, found.Run)...)
	if err != nil {
		return err
	}
	a.New = refs[:len(blocks):len(blocks)]
	if found.Fresh > 0 {
		a.Run = &Run{refs[len(blocks)], rank}
	}
	return nil
}

func (d *Doer) collect(ctx context.Context, t *Task, a *Answer) error {
	part, err := d.part(ctx, t)
	if err != nil {
		return err
	}
	marks, err := d.marks(ctx, t)
	if err != nil {
		return err
	}
	origins, err := d.read(ctx, t.Origins)
	if err != nil {
		return err
	}
	fresh, err := marks.Fresh(origins, t.First)
	if err != nil {
		return &DamagedError{t.Origins.Name}
	}
	pieces := PieceWriter{Most: uint64(d.Block), piece: d.piece[:0], fragment: d.fragment[:0]}
	links := LinkWriter{Last: t.First, Data: d.links[:0]}
	astray := false
	yield, err := d.Pieces.Collect(part, fresh.Links, func(p fingerprint.Print, state []byte, l predecessor.Link) {
		astray = astray || !fresh.isNext(PartitionOf(p.Hash, d.Partitions))
		pieces.Add(state)
		links.Add(l)
	})
	if err != nil {
		return err
	}
	if astray {
		return search.ErrImpure
	}
	a.Yield = &yield
	list, states := pieces.Take()
	if len(list) > 0 {
		d.piece = list[0]
	}
	d.fragment, d.links = pieces.fragment, links.Data
	for n, data := range list {
		refs, err := d.write(ctx, fmt.Sprintf("%s.%d", t.name("piece"), n), data)
		if err != nil {
			return err
		}
		a.Pieces = append(a.Pieces, Piece{refs[0], states[n]})
	}
	if len(list) == 0 {
		return nil
	}
	refs, err := d.write(ctx, t.name("lineage"), links.Data)
	a.Lineage = &Lineage{Ref: refs[0], States: yield.Distinct, Base: t.First}
	return err
}

// Spent is what the last reads and writes of the doer cost, and forgets it.
func (d *Doer) Spent() Cost {
	c := d.cost
	d.cost = Cost{}
	return c
}
