package predecessor

import (
	"encoding/binary"
	"errors"
	"io"
)

// Saved forms of a log are its links one after the other, each as two varints:
// how much the parent's number is above that of the link before, and the
// ordinal. It is what the chunks hold, without the borders between them.

// Save writes the log, in as many bytes as [Log.Bytes] says. The size stands before the
// data in a checkpoint, so it must be known before the log is written.
func (g *Log) Save(w io.Writer) error {
	for i := range g.chunks {
		data, err := g.dataOf(i)
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

var errLog = errors.New("the log of links makes no sense")

// loadTogether is how many links are added at once. At two bytes a link it is an eighth
// of a chunk, so that little room is left over at the end of a chunk.
const loadTogether = 4096

// Load appends count links to an empty log. The first roots links have no parent; the
// parent of every other link must come before the link. Load calls made after every few
// links, and made may move them to a file. The rule about parents is checked for each
// link, because a way back goes from parent to parent until it comes to a root: a link to
// itself or to a later state would make the way endless.
func (g *Log) Load(r io.ByteReader, count, roots uint64, made func() error) error {
	var p Part
	parent := uint64(0)
	for i := range count {
		l, err := readLink(r, parent)
		if err != nil {
			return err
		}
		// A difference that is too large wraps around, and is then less than the parent
		// before.
		if l.Parent < parent || i >= roots && l.Parent >= i || i < roots && l.Parent > 0 {
			return errLog
		}
		p.Add(l)
		parent = l.Parent
		if p.count == loadTogether {
			g.Append(&p)
			p.Reset()
			if err := made(); err != nil {
				return err
			}
		}
	}
	g.Append(&p)
	return made()
}

func readLink(r io.ByteReader, parent uint64) (Link, error) {
	step, err := binary.ReadUvarint(r)
	if err != nil {
		return Link{}, errLog
	}
	ordinal, err := binary.ReadUvarint(r)
	if err != nil {
		return Link{}, errLog
	}
	return Link{parent + step, ordinal}, nil
}
