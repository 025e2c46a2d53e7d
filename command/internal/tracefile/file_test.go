package tracefile

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// kept is a file that a run before has written, and its name.
func kept(t *testing.T) (*File, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "t.json")
	if err := os.WriteFile(name, []byte("an older, longer trace"), 0o666); err != nil {
		t.Fatal(err)
	}
	return create(t, name), name
}

func create(t *testing.T, name string) *File {
	t.Helper()
	f, err := Create(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func content(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

func TestAFileKeepsItsContentUntilTheRunEnds(t *testing.T) {
	f, name := kept(t)
	if got := content(t, name); got != "an older, longer trace" {
		t.Errorf("opened: %q", got)
	}
	err := f.Write(func(w io.Writer) error {
		_, err := io.WriteString(w, "a trace")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := content(t, name); got != "a trace" {
		t.Errorf("written: %q", got)
	}
}

func TestARunWithoutATraceKeepsAnOlderOne(t *testing.T) {
	f, name := kept(t)
	if !f.Discard() {
		t.Error("the old file is not told of")
	}
	if got := content(t, name); got != "an older, longer trace" {
		t.Errorf("got %q", got)
	}
	name = filepath.Join(t.TempDir(), "new.json")
	if isOld := create(t, name).Discard(); isOld || exists(name) {
		t.Error("an empty file stays")
	}
	if err := os.WriteFile(name, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if create(t, name).Discard(); !exists(name) {
		t.Error("a file that was empty before is gone")
	}
}

func TestNoNameIsNoFile(t *testing.T) {
	f := create(t, "")
	if f != nil {
		t.Fatalf("got %v", f)
	}
	f.Discard()
	if err := f.Write(func(io.Writer) error { t.Error("it was written"); return nil }); err != nil {
		t.Error(err)
	}
}

func TestAFileThatCannotBeOpened(t *testing.T) {
	name := filepath.Join(t.TempDir(), "none", "t.json")
	_, err := Create(name)
	if err == nil || !strings.HasPrefix(err.Error(), "--trace-out "+name+": ") {
		t.Errorf("got %v", err)
	}
}
