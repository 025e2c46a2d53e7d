package spill

import (
	"errors"
	"io"
	"os"
	"sync/atomic"

	"github.com/cespare/xxhash/v2"

	"github.com/muster-mc/muster/internal/fileerror"
)

// Handle is the interface of an open file.
type Handle interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
}

// File is a sequence of records. Goroutines may append and read at the same time. The end
// is all that goroutines share: each record has a range of its own, and the system writes
// and reads at an offset without a common position.
type File struct {
	directory *Directory
	handle    Handle
	path      string // the name of the file, or empty if it was unlinked
	end       atomic.Int64
}

// Place is the position, the size and the checksum of a record. A place takes 24 bytes,
// so records should be far larger.
type Place struct {
	at   int64
	size int
	sum  uint64
}

// Size returns the size of the record.
func (p Place) Size() int { return p.size }

// Error is a failure to write or read a file, or a file whose data has changed.
type Error struct {
	Directory string // the work directory
	Problem   error
}

func (e *Error) Error() string { return e.Directory + ": " + e.Problem.Error() }

func (e *Error) Unwrap() error { return e.Problem }

var errDamaged = errors.New("a file of this run does not have what was written to it: the disk fails, or something else writes there")

// Append writes a record. Concurrent calls append in any order. A write that fails leaves
// a gap, which no place refers to. The run ends then in any case.
func (f *File) Append(data []byte) (Place, error) {
	p := Place{at: f.end.Add(int64(len(data))) - int64(len(data)), size: len(data), sum: xxhash.Sum64(data)}
	n, err := f.handle.WriteAt(data, p.at)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	if err != nil {
		return Place{}, f.directory.fails(err)
	}
	f.directory.written.Add(uint64(n))
	return p, nil
}

// Read returns the record at a place, in the memory of into if its capacity suffices. A
// file that has become shorter is as damaged as one with other bytes. A checksum costs
// little beside the read, and without it a failing disk could add a state that the model
// does not have.
func (f *File) Read(p Place, into []byte) ([]byte, error) {
	if cap(into) < p.size {
		into = make([]byte, p.size)
	}
	into = into[:p.size]
	n, err := f.handle.ReadAt(into, p.at)
	switch {
	case n < p.size && (err == nil || err == io.EOF):
		err = errDamaged
	case n == p.size && xxhash.Sum64(into) != p.sum:
		err = errDamaged
	case n == p.size:
		return into, nil
	}
	return nil, f.directory.fails(err)
}

// Reset drops all records. Later records overwrite them. The places of dropped records
// must not be read any more.
func (f *File) Reset() { f.end.Store(0) }

// Close removes the file. The file may be nil.
func (f *File) Close() error {
	if f == nil {
		return nil
	}
	f.directory.forget(f)
	err := f.handle.Close()
	if f.path != "" {
		err = errors.Join(err, os.Remove(f.path))
	}
	if err != nil {
		return f.directory.fails(err)
	}
	return nil
}

// fails returns an error that names the work directory.
func (d *Directory) fails(err error) error {
	return &Error{d.work, fileerror.Plain(err)}
}

// create creates a file, which must not exist.
func create(path string) (Handle, error) {
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}
