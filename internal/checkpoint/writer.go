package checkpoint

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/cespare/xxhash/v2"
)

// bufferBytes is the size of the buffers for reading and writing.
const bufferBytes = 1 << 18

// Writer writes the sections of a checkpoint. The size of a section stands before its
// data, since a file that is written in one pass cannot be completed later. So callers
// compute sizes first.
type Writer struct {
	to     *bufio.Writer
	digest *xxhash.Digest
	size   uint64 // the size of the current section so far
}

// newWriter writes the preamble and returns a writer for the sections.
func newWriter(f io.Writer) *Writer {
	w := &Writer{to: bufio.NewWriterSize(f, bufferBytes), digest: xxhash.New()}
	_, _ = w.to.WriteString(magic) // bufio reports an error again when the buffer is flushed
	w.number(Version)
	return w
}

// number writes a number of 8 bytes.
func (w *Writer) number(n uint64) {
	_, _ = w.Write(binary.LittleEndian.AppendUint64(nil, n))
}

// Section writes a section. Its name has at most eight bytes, and fill must write
// exactly size bytes.
func (w *Writer) Section(name string, size uint64, fill func(io.Writer) error) error {
	var head [nameBytes]byte
	copy(head[:], name)
	w.digest.Reset()
	_, _ = w.Write(head[:])
	w.number(size)
	// The head counts toward the checksum and not toward the size.
	w.size = 0
	if err := fill(w); err != nil {
		return err
	}
	if w.size != size {
		return fmt.Errorf("section %s has %d bytes instead of %d: this is a bug in Muster", name, w.size, size)
	}
	w.number(w.digest.Sum64())
	return nil
}

// Write implements io.Writer for the data of a section. Head and sum go through Write
// too. After the sum the digest has counted it, and the next section resets it.
func (w *Writer) Write(b []byte) (int, error) {
	_, _ = w.digest.Write(b) // a hash's Write never fails
	w.size += uint64(len(b))
	return w.to.Write(b)
}

// finish writes the last section, which marks the file as complete.
func (w *Writer) finish() error {
	if err := w.Section(lastSection, 0, func(io.Writer) error { return nil }); err != nil {
		return err
	}
	return w.to.Flush()
}
