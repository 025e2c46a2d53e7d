package checkpoint

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/cespare/xxhash/v2"

	"github.com/muster-mc/muster/internal/fileerror"
)

// Reader reads the sections of a checkpoint. Sections are found by name, so a version may
// write them in any order.
type Reader struct {
	file     *os.File
	size     int64
	sections map[string]span
}

// span is the position of a section and the size of its data.
type span struct{ at, data int64 }

// end returns the offset after the section.
func (s span) end() int64 { return s.at + headBytes + s.data + sumBytes }

// Read opens the checkpoint in a directory. It detects an incomplete file; damage
// within a section is detected when the section is read.
func Read(path string) (*Reader, error) {
	f, err := os.Open(filepath.Join(path, fileName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New(missing(path))
	}
	if err != nil {
		return nil, fileerror.Plain(err)
	}
	r := &Reader{file: f, sections: map[string]span{}}
	if err := r.survey(); err != nil {
		f.Close()
		return nil, fileerror.Plain(err)
	}
	return r, nil
}

// missing distinguishes a missing directory from one without a checkpoint.
func missing(path string) string {
	if _, err := os.Stat(path); err != nil {
		return fileerror.Plain(err).Error()
	}
	return isMissing
}

// Close closes the file.
func (r *Reader) Close() error { return r.file.Close() }

// survey finds the sections. The sizes alone are trusted here, and none may reach beyond
// the file: the checksums of all data would take a pass over gigabytes before the first
// section is used. A file that was cut at the border of two sections has no last one.
func (r *Reader) survey() error {
	info, err := r.file.Stat()
	if err != nil {
		return err
	}
	r.size = info.Size()
	if err := r.checkPreamble(); err != nil {
		return err
	}
	// A span that ends where the preamble does, for the first section to follow.
	name, s := "", span{data: int64(preamble) - headBytes - sumBytes}
	for s.end() < r.size {
		if name, s, err = r.head(s.end()); err != nil {
			return err
		}
		r.sections[name] = s
	}
	if name != lastSection {
		return damaged("it is cut short")
	}
	_, _, err = r.Section(lastSection)
	return err
}

// checkPreamble verifies that the file is a checkpoint of this version.
func (r *Reader) checkPreamble() error {
	b := make([]byte, preamble)
	if _, err := r.file.ReadAt(b, 0); err != nil || string(b[:len(magic)]) != magic {
		return errors.New("the file checkpoint in it is none of Muster's, or is damaged")
	}
	if got := binary.LittleEndian.Uint64(b[len(magic):]); got != Version {
		return fmt.Errorf("the checkpoint is of version %d; want version %d", got, Version)
	}
	return nil
}

// head reads the name and the span of the section at an offset. The size is compared
// before it is made signed: damaged bytes may be any number.
func (r *Reader) head(at int64) (name string, s span, err error) {
	b := make([]byte, headBytes)
	if r.size-at < headBytes+sumBytes {
		return "", s, damaged("it is cut short")
	}
	if _, err := r.file.ReadAt(b, at); err != nil {
		return "", s, err
	}
	name = strings.TrimRight(string(b[:nameBytes]), "\x00")
	size := binary.LittleEndian.Uint64(b[nameBytes:])
	if room := r.size - at - headBytes - sumBytes; size > uint64(room) {
		return "", s, damaged(fmt.Sprintf("section %q is cut short", name))
	}
	return name, span{at, int64(size)}, nil
}

// Section returns the data of a section and its size, after verifying the checksum. The
// data is read twice, for the checksum and for the caller. So a caller never acts on
// damaged data, and no section needs to fit in memory.
func (r *Reader) Section(name string) (*bufio.Reader, uint64, error) {
	s, ok := r.sections[name]
	if !ok {
		return nil, 0, damaged("it has no section " + name)
	}
	digest := xxhash.New()
	if _, err := io.Copy(digest, io.NewSectionReader(r.file, s.at, headBytes+s.data)); err != nil {
		return nil, 0, fileerror.Plain(err)
	}
	var sum [sumBytes]byte
	if _, err := r.file.ReadAt(sum[:], s.end()-sumBytes); err != nil {
		return nil, 0, fileerror.Plain(err)
	}
	if digest.Sum64() != binary.LittleEndian.Uint64(sum[:]) {
		return nil, 0, damaged("section " + name + " does not match its checksum")
	}
	data := io.NewSectionReader(r.file, s.at+headBytes, s.data)
	return bufio.NewReaderSize(data, bufferBytes), uint64(s.data), nil
}

// damaged returns the error for a file that was a checkpoint.
func damaged(how string) error { return errors.New("the checkpoint is damaged: " + how) }
