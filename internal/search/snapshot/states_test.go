package snapshot

import (
	"bufio"
	"bytes"
	"io"
	"slices"
	"testing"

	"github.com/muster-mc/muster/internal/fingerprint"
	"github.com/muster-mc/muster/internal/system"
	"github.com/muster-mc/muster/internal/visited"
	"github.com/muster-mc/muster/model"
	"pgregory.net/rapid"
)

type state struct{ List []uint8 }

// load reads all fragments of a section.
func load(c system.Codec, section []byte) (states [][]byte, err error) {
	l := NewLoader(c, uint64(len(section)), func(s []byte) { states = append(states, slices.Clone(s)) })
	for r := bufio.NewReader(bytes.NewReader(section)); err == nil; {
		_, err = l.Fragment(r)
	}
	return states, err
}

// States are read back as they were written. A section that is cut short anywhere but
// between fragments is an error.
func TestFragments(t *testing.T) {
	c := system.Of(&model.Model[state]{}).Codec
	rapid.Check(t, func(t *rapid.T) {
		var want [][]byte
		for range rapid.IntRange(1, 2*fragmentStates).Draw(t, "states") {
			s := &state{rapid.SliceOfN(rapid.Uint8(), 0, 3).Draw(t, "list")}
			want = append(want, c.New().Append(nil, s))
		}
		var b bytes.Buffer
		if err := writeStates(&b, slices.Values(want)); err != nil {
			t.Fatal(err)
		}
		got, err := load(c, b.Bytes())
		if err != io.EOF || !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("%d states are read of %d: %v", len(got), len(want), err)
		}
		cut := rapid.IntRange(1, b.Len()-1).Draw(t, "cut")
		if got, err := load(c, b.Bytes()[:cut]); err == io.EOF && len(got)%fragmentStates != 0 {
			t.Fatalf("%d bytes of %d are read as %d states", cut, b.Len(), len(got))
		}
	})
}

func TestPrints(t *testing.T) {
	h := fingerprint.New(0)
	var b []byte
	var want []visited.Candidate
	for i := range byte(5) {
		p := h.Of([]byte{i})
		for shift := 0; shift < 64; shift += 8 {
			b = append(b, byte(p.Hash>>shift))
		}
		b = append(b, byte(p.Extra>>56))
		want = append(want, visited.NewCandidate(p, uint64(i)))
	}
	got, err := ReadPrints(bytes.NewReader(b), nil, 5)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("read %v, %v, want %v", got, err, want)
	}
	if _, err := ReadPrints(bytes.NewReader(b[:len(b)-1]), nil, 5); err == nil {
		t.Error("a byte is missing, and there is no error")
	}
}
