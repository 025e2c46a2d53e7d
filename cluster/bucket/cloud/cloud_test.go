package cloud_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/muster-mc/muster/cluster/bucket"
	"github.com/muster-mc/muster/cluster/bucket/cloud"
)

// A directory does what the bucket in memory does.
func TestADirectoryIsABucket(t *testing.T) {
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "new")
	files, err := cloud.Open(ctx, "file://"+filepath.ToSlash(dir))
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	memory := &bucket.Memory{}
	blob := bytes.Repeat([]byte("states "), 1000)
	for _, b := range []bucket.Bucket{files, memory} {
		for _, name := range []string{"run/1/piece.0.0", "run/1/manifest", "run/12/manifest", "other/job"} {
			if err := b.Put(ctx, name, blob); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Delete(ctx, "run/12/manifest"); err != nil {
			t.Fatal(err)
		}
		if err := b.Delete(ctx, "run/12/manifest"); err != nil {
			t.Errorf("to delete what is gone: %v", err)
		}
	}
	for _, part := range []struct{ offset, length int64 }{{0, -1}, {0, 7000}, {7, 6}, {6999, 1}, {0, 7001}, {6999, 2}} {
		want, wanted := memory.Get(ctx, "run/1/manifest", part.offset, part.length)
		got, err := files.Get(ctx, "run/1/manifest", part.offset, part.length)
		if !bytes.Equal(got, want) || errors.Is(err, bucket.ErrNotFound) != errors.Is(wanted, bucket.ErrNotFound) {
			t.Errorf("%+v: %d bytes, %v; want %d, %v", part, len(got), err, len(want), wanted)
		}
	}
	if _, err := files.Get(ctx, "run/12/manifest", 0, -1); !errors.Is(err, bucket.ErrNotFound) {
		t.Errorf("a blob that is gone: %v", err)
	}
	want, _ := memory.List(ctx, "run/")
	if got, err := files.List(ctx, "run/"); err != nil || !slices.Equal(got, want) {
		t.Errorf("the names are %v (%v), want %v", got, err, want)
	}
	if err := files.Sweep("run"); err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(left) != 1 {
		t.Errorf("left are %v (%v)", left, err)
	}
}

// An address that is of no use is told so at once, without its secrets.
func TestAnAddressOfNoUseIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		file: "not a directory", "file://relative": "three slashes",
		"ftp://me:secret@host/dir": "no driver for ftp://",
	} {
		_, err := cloud.Open(t.Context(), address)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v; want %q", address, err, want)
		}
	}
}
