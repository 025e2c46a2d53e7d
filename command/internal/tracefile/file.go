package tracefile

import (
	"io"
	"os"

	"github.com/muster-mc/muster/command/internal/exit"
)

// File is the file to which the trace of a run goes. A nil File is none. It is
// opened before the run, so that a file that cannot be written is reported at
// once. Until the run ends, it keeps what it had.
type File struct{ f *os.File }

// Create opens a file. Without a name it returns nil.
func Create(name string) (*File, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE, 0o666)
	if err != nil {
		return nil, exit.Errorf("--trace-out %s", withoutCall(err))
	}
	return &File{f}, nil
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

// Remove closes and deletes the file of a run without a trace, so that an older
// trace is not taken for one of this run. A device or a pipe stays.
func (f *File) Remove() error {
	if f == nil {
		return nil
	}
	defer f.f.Close()
	if !f.isRegular() {
		return nil
	}
	return os.Remove(f.f.Name())
}

// Discard closes the file of a run that failed. An older trace stays, and an
// empty file is deleted.
func (f *File) Discard() {
	if f == nil {
		return
	}
	if info, err := f.f.Stat(); err == nil && info.Size() == 0 {
		_ = f.Remove()
		return
	}
	f.f.Close()
}

func (f *File) isRegular() bool {
	info, err := f.f.Stat()
	return err == nil && info.Mode().IsRegular()
}

// withoutCall is the text of a file error without the name of the system call.
func withoutCall(err error) string {
	if p, ok := err.(*os.PathError); ok {
		return p.Path + ": " + p.Err.Error()
	}
	return err.Error()
}
