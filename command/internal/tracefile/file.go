package tracefile

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/muster-mc/muster/command/internal/exit"
)

// File is the file to which the trace of a run goes. A nil File is none. It is
// opened before the run, so that a file that cannot be written is reported at
// once. Unless the run has a trace, an old file stays as it is.
type File struct {
	f     *os.File
	isNew bool
}

// Create opens a file. Without a name it returns nil.
func Create(name string) (*File, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	isNew := errors.Is(err, fs.ErrNotExist)
	if isNew {
		f, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	}
	if err != nil {
		return nil, exit.Errorf("--trace-out %s", WithoutCall(err))
	}
	return &File{f, isNew}, nil
}

// Write replaces the content of the file, and closes it.
func (f *File) Write(write func(io.Writer) error) error {
	if f == nil {
		return nil
	}
	defer f.f.Close()
	if f.isRegular() {
		if err := f.f.Truncate(0); err != nil {
			return err
		}
	}
	return write(f.f)
}

// Discard closes the file of a run that failed or has no trace, and deletes it if
// there was none before. It reports whether an old file stays.
func (f *File) Discard() (isOld bool) {
	if f == nil {
		return false
	}
	defer f.f.Close()
	if f.isNew {
		_ = os.Remove(f.f.Name())
	}
	return !f.isNew && f.isRegular()
}

func (f *File) isRegular() bool {
	info, err := f.f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// WithoutCall is the text of a file error without the name of the system call.
func WithoutCall(err error) string {
	if p, ok := err.(*os.PathError); ok {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}
