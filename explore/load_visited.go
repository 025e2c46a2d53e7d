package explore

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/muster-mc/muster/internal/checkpoint"
	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/visited"
)

// takeOver makes ready for the visited states of a checkpoint: a set that can be
// made of them, and as much room in it as they had.
func (e *engine) takeOver(s *standing) {
	e.loading = s.Visited
	if set, ok := e.store.Set.(*visited.Exact); ok {
		switch {
		case s.Visited == formPrints:
			set.Free()
			e.store.become(visited.NewCompact(), StoreCompact)
			e.changeFilters()
		case e.hasNumbers():
			set.UseNumbers() // nobody needs them any more, but it turns compact when it would have
		}
	}
	e.store.goOn(s.Stores)
}

// loadTogether is how many fingerprints are inserted at once.
const loadTogether = 4096

var errTwice = errors.New("the checkpoint is damaged: it has a visited state twice")

func (e *engine) loadVisited(r *checkpoint.Reader) error {
	data, size, err := r.Section(sectionVisited)
	switch {
	case err != nil:
		return err
	case e.loading == formStates:
		err = e.loadVisitedStates(data, size)
	default:
		err = e.loadVisitedPrints(data, size)
	}
	if err != nil {
		return err
	}
	return e.settleLoaded(e.counts.Distinct)
}

// loadVisitedStates puts states into whichever set there is.
func (e *engine) loadVisitedStates(data *bufio.Reader, size uint64) error {
	hasher, loaded := e.newHasher(), uint64(0)
	b := newBlock(1, 0, 0, e.codec.Size())
	l := loader{e.codec.New(), e.codec.Make(), size, func(state []byte) {
		b.candidates[0] = append(b.candidates[0], visited.NewCandidate(hasher.Of(state), uint64(len(b.candidates[0]))))
		b.states.Add(state)
		e.stateBytes += uint64(len(state))
	}}
	for {
		b.begin(0, 0)
		n, err := l.fragment(data)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if err := e.loadCandidates(&b, loaded); err != nil {
			return err
		}
		loaded += n
	}
	if loaded != e.counts.Distinct {
		return fmt.Errorf("the checkpoint is damaged: it has %d visited states; want %d", loaded, e.counts.Distinct)
	}
	return nil
}

func (e *engine) loadVisitedPrints(data io.Reader, size uint64) (err error) {
	if size != e.counts.Distinct*printBytes {
		return fmt.Errorf("the checkpoint is damaged: %d bytes for %d visited states", size, e.counts.Distinct)
	}
	b := newBlock(1, 0, 0, e.codec.Size())
	list := &b.candidates[0]
	for loaded := uint64(0); loaded < e.counts.Distinct; loaded += uint64(len(*list)) {
		if *list, err = readPrints(data, (*list)[:0], min(e.counts.Distinct-loaded, loadTogether)); err != nil {
			return err
		}
		if err := e.loadCandidates(&b, loaded); err != nil {
			return err
		}
	}
	return nil
}

// loadCandidates inserts a block's states, before which so many were inserted.
func (e *engine) loadCandidates(b *block, before uint64) error {
	list := b.candidates[0]
	b.base = e.asked
	if fresh := e.store.insert(b, list, nil); len(fresh) < len(list) && e.mustDiffer() {
		return errTwice
	}
	loaded := before + uint64(len(list))
	if e.store.disk == nil {
		e.shrinkIfHeavy(loaded)
		return e.failureOfFiles()
	}
	e.asked += uint64(len(list))
	if e.store.disk.Young()*youngBytes > e.shares.young {
		return e.settleLoaded(loaded)
	}
	return nil
}

// mustDiffer reports whether what is loaded must all be new to the set. States may
// have one fingerprint, with the chance that the report states.
func (e *engine) mustDiffer() bool { return e.form() == e.loading }

// settleLoaded makes what was loaded a part of the set on disk, if there is one.
func (e *engine) settleLoaded(loaded uint64) error {
	disk := e.store.disk
	if disk == nil {
		return nil
	}
	if err := disk.Resolve(e.asked, e.eachPart); err != nil {
		return err
	}
	disk.Commit(e.asked)
	e.asked = 0
	if disk.Len() < loaded && e.mustDiffer() {
		return errTwice
	}
	return disk.Flush(e.eachPart)
}

func readPrints(r io.Reader, to []visited.Candidate, count uint64) ([]visited.Candidate, error) {
	var b [printBytes]byte
	for i := range count {
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return nil, err
		}
		p := fingerprint.Print{Hash: binary.LittleEndian.Uint64(b[:]), Extra: uint64(b[8]) << 56}
		to = append(to, visited.NewCandidate(p, i))
	}
	return to, nil
}
