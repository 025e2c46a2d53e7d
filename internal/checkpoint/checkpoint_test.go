package checkpoint

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// parts are the sections of the tests' checkpoint.
var parts = []struct {
	name string
	data []byte
}{
	{"head", []byte("what it is of")},
	{"empty", nil},
	{"states", bytes.Repeat([]byte("state"), 1000)},
}

func writeParts(w *Writer) error {
	for _, p := range parts {
		fill := func(to io.Writer) error { _, err := to.Write(p.data); return err }
		if err := w.Section(p.name, uint64(len(p.data)), fill); err != nil {
			return err
		}
	}
	return nil
}

// written returns a directory with a checkpoint.
func written(t *testing.T) (*Directory, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "new", "folder")
	d, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Replace(writeParts); err != nil {
		t.Fatal(err)
	}
	return d, path
}

// readParts reads all sections and compares them with parts.
func readParts(path string) error {
	r, err := Read(path)
	if err != nil {
		return err
	}
	defer r.Close()
	for _, p := range parts {
		data, size, err := r.Section(p.name)
		if err != nil {
			return err
		}
		got, err := io.ReadAll(data)
		if err != nil {
			return err
		}
		if !bytes.Equal(got, p.data) || size != uint64(len(p.data)) {
			return fmt.Errorf("section %s: got other data WITHOUT AN ERROR", p.name)
		}
	}
	return nil
}

func TestRoundTrip(t *testing.T) {
	d, path := written(t)
	if err := readParts(path); err != nil {
		t.Error(err)
	}
	if !d.Has() {
		t.Error("the directory says that it has no checkpoint")
	}
	if err := d.Replace(writeParts); err != nil {
		t.Error(err)
	}
	if _, err := Open(path); !errors.Is(err, errInUse) {
		t.Errorf("a directory that is in use: %v", err)
	}
	if err := errors.Join(d.Close(), d.Close()); err != nil {
		t.Error(err)
	}
	d, err := Open(path)
	if err != nil {
		t.Fatalf("a directory with a checkpoint: %v", err)
	}
	if err := errors.Join(d.Remove(), d.Remove()); err != nil || d.Has() {
		t.Errorf("after Remove: %v, %v", err, d.Has())
	}
	if list, _ := os.ReadDir(path); len(list) > 0 {
		t.Errorf("left over: %v", list)
	}
}

// Any changed byte and any truncation is detected.
func TestDamageIsFound(t *testing.T) {
	_, path := written(t)
	file := filepath.Join(path, fileName)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(file, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := readParts(path); err == nil || strings.Contains(err.Error(), "WITHOUT") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: got %v", what, err)
		}
	}
	for i := range whole {
		if i > 200 && i < len(whole)-100 && i%37 > 0 {
			continue
		}
		flipped := bytes.Clone(whole)
		flipped[i] ^= 1 << (i % 8)
		try(fmt.Sprint("byte ", i, " flipped"), flipped)
		try(fmt.Sprint("cut at ", i), whole[:i])
	}
	try("a byte too many", append(bytes.Clone(whole), 0))
	try("twice", append(bytes.Clone(whole), whole...))
}

func TestReadErrors(t *testing.T) {
	_, path := written(t)
	file := filepath.Join(path, fileName)
	whole, _ := os.ReadFile(file)
	with := func(at int, b byte) []byte { c := bytes.Clone(whole); c[at] = b; return c }
	for _, c := range []struct {
		data []byte
		want string
	}{
		{nil, "none of Muster's"},
		{[]byte("hello, this is some text"), "none of Muster's"},
		{with(len(magic), 9), "version 9; want version 1"},
		{with(preamble+headBytes, 'W'), "section head does not match its checksum"},
		{whole[:len(whole)-headBytes-sumBytes], "cut short"},
	} {
		os.WriteFile(file, c.data, 0o666)
		if err := readParts(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v; want %s", err, c.want)
		}
	}
	if err := readParts(t.TempDir()); err == nil || err.Error() != isMissing {
		t.Errorf("an empty directory: %v", err)
	}
	if err := readParts(filepath.Join(path, "nowhere")); err == nil || err.Error() != "no such file or directory" {
		t.Errorf("no directory: %v", err)
	}
}

func TestOpenRefusesOtherFiles(t *testing.T) {
	foreign := t.TempDir()
	os.WriteFile(filepath.Join(foreign, "thesis.txt"), []byte("years of work"), 0o666)
	if _, err := Open(foreign); err == nil || !strings.Contains(err.Error(), "has thesis.txt in it") {
		t.Errorf("a foreign file: %v", err)
	}
	folder := t.TempDir()
	os.Mkdir(filepath.Join(folder, fileName), 0o777)
	if _, err := Open(folder); err == nil {
		t.Error("a folder by the name of the checkpoint: no error")
	}
	if _, err := Open(filepath.Join(foreign, "thesis.txt")); err == nil {
		t.Error("a file in place of the directory: no error")
	}
	if data, _ := os.ReadFile(filepath.Join(foreign, "thesis.txt")); string(data) != "years of work" {
		t.Error("it was changed")
	}
}

// fullFile fails after a number of bytes, as on a full disk.
type fullFile struct {
	File
	room int
}

var errFull = errors.New("no space left on device")

func (f *fullFile) Write(b []byte) (int, error) {
	if f.room -= len(b); f.room < 0 {
		return 0, errFull
	}
	return f.File.Write(b)
}

func (f *fullFile) Sync() error {
	if f.room == 0 {
		return errFull
	}
	return f.File.Sync()
}

// A write that fails at any point leaves the old checkpoint and no other file.
func TestFailedWritesKeepTheOldCheckpoint(t *testing.T) {
	d, path := written(t)
	whole, _ := os.ReadFile(filepath.Join(path, fileName))
	for room := 0; room <= len(whole); room += len(whole) / 4 {
		d.Create = func(path string) (File, error) {
			f, err := create(path)
			return &fullFile{f, room}, err
		}
		if room+len(whole)/4 > len(whole) {
			d.Create = func(string) (File, error) { return nil, errFull }
		}
		if err := d.Replace(writeParts); !errors.Is(err, errFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
		if err := readParts(path); err != nil {
			t.Errorf("room for %d bytes: the old one: %v", room, err)
		}
		if list, _ := os.ReadDir(path); len(list) != 1 {
			t.Errorf("room for %d bytes: there is %v", room, list)
		}
	}
}

func TestSectionSizeIsChecked(t *testing.T) {
	d, path := written(t)
	err := d.Replace(func(w *Writer) error {
		return w.Section("short", 5, func(to io.Writer) error { _, err := to.Write([]byte("1234")); return err })
	})
	if err == nil || !strings.Contains(err.Error(), "4 bytes instead of 5") {
		t.Errorf("got %v", err)
	}
	if err := readParts(path); err != nil {
		t.Error(err)
	}
}
