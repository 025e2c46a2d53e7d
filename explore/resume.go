package explore

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/frontier"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/model"
)

// Resume goes on with the run whose checkpoint is in the directory
// Options.Checkpoint, and keeps its own checkpoints there. The report is that of
// a run which was never interrupted, but for Seconds and Bytes.
//
// The model, Parameters, Properties, WithoutFaults, KeepGoing and Seed must be
// those of the interrupted run, and only a run that was begun with Explain can be
// explained. A checkpoint that is another run's, or is
// damaged, is refused with a [*CheckpointError] that names the difference, and
// is left as it is. What an action does is code, and cannot be compared: after
// the model has changed, begin again. Limits count from the beginning of the
// first run, but for Timeout, and may be others than before.
func Resume[S any](ctx context.Context, m *model.Model[S], o Options) (*Report, error) {
	return Of(m).Resume(ctx, o)
}

// resume puts the engine where a checkpoint says.
func (e *engine) resume() error {
	path := e.options.Checkpoint
	if path == "" {
		return &ModelError{e.model.Name, "there is nothing to resume: no Checkpoint is set"}
	}
	r, err := checkpoint.Read(path)
	if err != nil {
		return checkpointError(path, err)
	}
	defer r.Close()
	if err := e.load(r); err != nil {
		return checkpointError(path, err)
	}
	if err := e.openKeeper(); err != nil {
		return err
	}
	e.keeper.has = true
	return nil
}

func (e *engine) load(r *checkpoint.Reader) error {
	for _, load := range []func(*checkpoint.Reader) error{
		e.loadIdentity, e.loadStanding, e.loadLog, e.loadFrontier, e.loadVisited,
	} {
		if err := load(r); err != nil {
			return err
		}
	}
	for _, w := range e.workers {
		w.forget(&e.found)
	}
	return nil
}

func (e *engine) loadIdentity(r *checkpoint.Reader) error {
	c := &Checkpoint{}
	if err := readJSON(r, sectionIdentity, c); err != nil {
		return err
	}
	if err := c.differs(e.identity()); err != nil {
		return err
	}
	return e.loadObserved(r, c)
}

func (e *engine) loadStanding(r *checkpoint.Reader) error {
	s := &standing{}
	if err := readJSON(r, sectionStanding, s); err != nil {
		return err
	}
	if err := e.admit(s); err != nil {
		return err
	}
	e.making, e.first, e.counts = s.Making, s.First, s.Counts
	e.settledFirst = s.First
	e.takeOver(s)
	for i, c := range s.Coverage {
		e.coverage[i] = coverage{c[0], c[1], c[2]}
	}
	for _, f := range s.Findings {
		e.found.first[f.Kind] = finding{moment{f.Parent, f.Sub}, f.Initial, f.Detail, true}
	}
	copy(e.applied, s.Applied)
	for _, g := range s.Guards {
		e.guards.Add(g.Name, g.Refused)
	}
	return nil
}

var errStanding = errors.New("the checkpoint is damaged: its counts do not agree")

// admit finds out whether a standing can be one of this model's, and within the
// limits of this run.
func (e *engine) admit(s *standing) error {
	sum := uint64(0)
	for _, n := range s.Counts.Levels {
		sum += n
	}
	o, c := e.options, s.Counts
	switch {
	case s.Visited != formStates && s.Visited != formPrints:
		return fmt.Errorf("the checkpoint has the visited states in the form %q; want %q or %q", s.Visited, formStates, formPrints)
	case s.Visited == formPrints && !e.store.may(StoreCompact) && !e.store.may(StoreDisk):
		return errors.New("it has fingerprints of the visited states, of which no exact set can be made; any other store will do")
	case sum != c.Distinct || c.Depth != len(c.Levels) || len(s.Coverage) != len(e.coverage), len(s.Applied) != len(e.applied),
		c.Distinct == 0 || c.Initial != c.Levels[0],
		s.Making < 0 || s.Making > c.Depth || s.Making < c.Depth-1:
		return errStanding
	case o.MaxStates > 0 && c.Distinct > o.MaxStates:
		return fmt.Errorf("it has %d states already, more than the limit of %d", c.Distinct, o.MaxStates)
	case o.MaxDepth > 0 && s.Making >= o.MaxDepth:
		return fmt.Errorf("it has level %d already, beyond the limit of %d", s.Making+1, o.MaxDepth)
	}
	return e.admitFindings(s)
}

func (e *engine) admitFindings(s *standing) error {
	for _, f := range s.Findings {
		if f.Kind < 0 || f.Kind >= len(e.found.first) || !f.Initial && f.Parent >= s.Counts.Distinct {
			return errStanding
		}
	}
	return nil
}

func (e *engine) loadLog(r *checkpoint.Reader) error {
	data, _, err := r.Section(sectionLog)
	if err != nil {
		return err
	}
	trim := func() error { e.trim(); return e.failureOfFiles() }
	switch err := e.log.Load(data, e.counts.Distinct, e.counts.Initial, trim); {
	case e.failureOfFiles() != nil:
		return e.failureOfFiles()
	case err != nil:
		return fmt.Errorf("the checkpoint is damaged: %w", err)
	}
	return atEnd(data)
}

// loadFrontier loads what is left of the level, and what there is of the next.
func (e *engine) loadFrontier(r *checkpoint.Reader) error {
	var err error
	if e.level, err = e.loadStates(r, sectionLevel, e.left()); err != nil {
		return err
	}
	e.turn()
	e.next, err = e.loadStates(r, sectionNext, e.made())
	return err
}

// loadStates cuts so many states anew, into fragments as this run wants them.
func (e *engine) loadStates(r *checkpoint.Reader, section string, want uint64) ([]frontier.Fragment, error) {
	data, size, err := r.Section(section)
	if err != nil {
		return nil, err
	}
	writer := frontier.NewWriter(&e.pool, e.tuning.fragmentStates)
	l := loader{e.codec.New(), e.codec.Make(), size, writer.Add}
	got := uint64(0)
	var list []frontier.Fragment
	for {
		n, err := l.fragment(data)
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		got += n
		taken := len(list)
		list = writer.Take(list)
		e.makeWay()
		e.park(list[taken:])
		if err := e.failureOfFiles(); err != nil {
			return nil, err
		}
	}
	if got != want {
		return nil, fmt.Errorf("the checkpoint is damaged: section %s has %d states; want %d", section, got, want)
	}
	return list, nil
}

// loader reads fragments, and hands on their states.
type loader struct {
	space system.Space
	state system.State
	most  uint64 // bytes of a fragment
	to    func(state []byte)
}

var errStates = errors.New("the checkpoint is damaged: a state in it cannot be decoded")

// fragment reads one and returns how many states it has. At the end of the
// section the error is io.EOF.
func (l *loader) fragment(r *bufio.Reader) (states uint64, err error) {
	if states, err = binary.ReadUvarint(r); err == io.EOF {
		return 0, err
	}
	size, err := binary.ReadUvarint(r)
	if err != nil || size > l.most {
		return 0, errStates
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(r, data); err != nil {
		return 0, errStates
	}
	return states, l.split(data, states)
}

// split hands on so many states, whose encodings are all there is in data.
func (l *loader) split(data []byte, states uint64) error {
	for range states {
		rest, ok := l.space.Decode(l.state, data)
		if !ok {
			return errStates
		}
		l.to(data[:len(data)-len(rest)])
		data = rest
	}
	if len(data) > 0 {
		return errStates
	}
	return nil
}

func atEnd(r *bufio.Reader) error {
	if _, err := r.ReadByte(); err != io.EOF {
		return errors.New("the checkpoint is damaged: there is more in it than there should be")
	}
	return nil
}
