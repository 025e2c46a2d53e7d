package run

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/task"
	"github.com/muster-mc/muster/internal/search/snapshot"
)

// Manifest is everything about a level that is complete: what is known by then, and the
// blobs in which it is. A run goes on from a manifest.
type Manifest struct {
	Format int    `json:"format"`
	Run    string `json:"run"`
	Level  int    `json:"level"`

	// The manifest before, if there is one. A level that the coordinator made itself may
	// have none: one manifest is then about several levels.
	Before    int    `json:"before"` // its level; -1 for none
	BeforeSum uint64 `json:"beforeSum,omitempty"`
	Home      bool   `json:"home,omitempty"` // the coordinator made the levels since then

	Standing *snapshot.Standing `json:"standing"`
	First    uint64             `json:"first"`  // the number of the level's first state
	States   []task.Piece       `json:"states"` // of the level, in order
	Runs     [][]task.Run       `json:"runs"`   // by partition, the oldest first
	Lineages []task.Lineage     `json:"lineages,omitempty"`

	// How the level was made by tasks.
	Prints  [][]task.Ref      `json:"prints,omitempty"`  // by block and partition
	Origins []task.Ref        `json:"origins,omitempty"` // by block
	New     [][]task.Ref      `json:"new,omitempty"`     // by partition and block
	Results map[string]uint64 `json:"results,omitempty"` // by task: the checksum of its result

	sum uint64 // of the manifest itself
}

func manifestName(run string, level int) string { return fmt.Sprintf("%s/%d/manifest", run, level) }

// Seal puts a checksum before data that has no other place for one.
func seal(data []byte) []byte {
	return append(binary.LittleEndian.AppendUint64(nil, task.Sum(data)), data...)
}

var errUnsealed = errors.New("it is damaged")

func unseal(blob []byte) ([]byte, error) {
	if len(blob) < 8 || binary.LittleEndian.Uint64(blob) != task.Sum(blob[8:]) {
		return nil, errUnsealed
	}
	return blob[8:], nil
}

// readSealed reads a sealed blob of JSON.
func readSealed(ctx context.Context, b bucket.Bucket, name string, into any) (bytes int, err error) {
	blob, err := b.Get(ctx, name, 0, -1)
	if err != nil {
		return 0, err
	}
	data, err := unseal(blob)
	if err != nil {
		return 0, err
	}
	if json.Unmarshal(data, into) != nil {
		return 0, errUnsealed
	}
	return len(blob), nil
}

// writeSealed writes a sealed blob of JSON.
func writeSealed(ctx context.Context, b bucket.Bucket, name string, content any) (sum uint64, bytes int, err error) {
	data, err := json.Marshal(content)
	if err != nil {
		return 0, 0, err
	}
	return task.Sum(data), len(data) + 8, b.Put(ctx, name, seal(data))
}

// readManifests reads the manifests of a run that lead from the beginning to the last level
// that can be gone on from. What follows a manifest that is missing or damaged is of no use.
func (r *run) readManifests(ctx context.Context) ([]*Manifest, error) {
	names, err := r.Bucket.List(ctx, r.id+"/")
	if err != nil {
		return nil, err
	}
	all := map[int]*Manifest{}
	last := -1
	for _, name := range names {
		level, err := strconv.Atoi(path.Base(path.Dir(name)))
		if err != nil || !strings.HasSuffix(name, "/manifest") {
			continue
		}
		m := &Manifest{}
		switch read, err := r.readManifest(ctx, name, m); {
		case errors.Is(err, errUnsealed) || errors.Is(err, bucket.ErrNotFound):
			r.Say("the manifest %s is damaged", name)
		case err != nil:
			return nil, err
		default:
			r.cost.read(read)
			all[level] = m
			last = max(last, level)
		}
	}
	for ; last >= 0; last-- {
		if chain := r.chain(all, last); chain != nil {
			return chain, nil
		}
	}
	return nil, nil
}

func (r *run) readManifest(ctx context.Context, name string, m *Manifest) (int, error) {
	blob, err := r.Bucket.Get(ctx, name, 0, -1)
	if err != nil {
		return 0, err
	}
	data, err := unseal(blob)
	if err != nil || json.Unmarshal(data, m) != nil || m.Format != format || m.Run != r.id || m.Standing == nil || len(m.Runs) != r.Partitions {
		return 0, errUnsealed
	}
	m.sum = task.Sum(data)
	return len(blob), nil
}

// chain is the manifests up to that of a level, or nil if one of them is missing, or is not
// the one that the next was written after.
func (r *run) chain(all map[int]*Manifest, level int) (list []*Manifest) {
	for sum := uint64(0); level >= 0; {
		m := all[level]
		if m == nil || m.Level != level || sum != 0 && m.sum != sum {
			return nil
		}
		list = append([]*Manifest{m}, list...)
		level, sum = m.Before, m.BeforeSum
	}
	return list
}

// write writes a manifest, which makes it the last one.
func (r *run) write(ctx context.Context, m *Manifest) (err error) {
	if err := r.isOwn(ctx); err != nil {
		return err
	}
	m.Format, m.Run, m.Before, m.Standing = format, r.id, -1, r.ledger.Standing()
	if last := r.last(); last != nil {
		m.Before, m.BeforeSum = last.Level, last.sum
	}
	bytes := 0
	if m.sum, bytes, err = writeSealed(ctx, r.Bucket, manifestName(r.id, m.Level), m); err != nil {
		return err
	}
	r.cost.wrote(bytes)
	r.add(m)
	return nil
}

// add makes a manifest the last one that is known.
func (r *run) add(m *Manifest) {
	r.manifests = append(r.manifests, m)
	r.byLevel[m.Level] = m
	r.lineages = append(r.lineages, m.Lineages...)
	m.Standing.Counts.Levels = nil // a run may have very many levels, and needs only the last list
}

// last is the last manifest, or nil.
func (r *run) last() *Manifest {
	if len(r.manifests) == 0 {
		return nil
	}
	return r.manifests[len(r.manifests)-1]
}
