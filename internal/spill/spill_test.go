package spill

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// in returns an open directory in a new work directory.
func in(t *testing.T) (*Directory, string) {
	t.Helper()
	work := t.TempDir()
	d := In(work)
	t.Cleanup(func() { d.Close() })
	return d, work
}

func newFile(t *testing.T, d *Directory) *File {
	t.Helper()
	f, err := d.File("states")
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestRecordsRoundTrip(t *testing.T) {
	d, _ := in(t)
	f := newFile(t, d)
	type written struct {
		data  []byte
		place Place
	}
	lists := make([][]written, 3)
	for range 2 { // the second time in place of what there was
		f.Reset()
		var all sync.WaitGroup
		for i := range lists {
			all.Go(func() {
				r := rand.New(rand.NewPCG(1, uint64(i)))
				lists[i] = nil
				for range 200 {
					data := make([]byte, r.IntN(5_000))
					for j := range data {
						data[j] = byte(r.Uint32())
					}
					p, err := f.Append(data)
					if err != nil || p.Size() != len(data) {
						t.Error(p, err)
					}
					lists[i] = append(lists[i], written{data, p})
				}
			})
		}
		all.Wait()
		var buffer []byte
		for _, list := range lists {
			for _, w := range list {
				got, err := f.Read(w.place, buffer)
				if err != nil || !bytes.Equal(got, w.data) {
					t.Fatalf("got %d bytes, %v; want %d", len(got), err, len(w.data))
				}
				buffer = got
			}
		}
	}
	if d.Written() == 0 {
		t.Error("nothing was written, it says")
	}
}

// The directory is created on demand and removed by Close.
func TestCloseRemovesEverything(t *testing.T) {
	d, work := in(t)
	if list, _ := os.ReadDir(work); len(list) > 0 {
		t.Errorf("there is %v before it is needed", list)
	}
	first, _ := newFile(t, d), newFile(t, d)
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if list, _ := os.ReadDir(work); len(list) != 1 {
		t.Errorf("there is %v", list)
	}
	if err := errors.Join(d.Close(), d.Close()); err != nil {
		t.Error(err)
	}
	if list, _ := os.ReadDir(work); len(list) > 0 {
		t.Errorf("there is %v after it was closed", list)
	}
	var none *File
	if err := none.Close(); err != nil {
		t.Error(err)
	}
}

func TestUnusableWorkDirectories(t *testing.T) {
	work := t.TempDir()
	file := filepath.Join(work, "file")
	os.WriteFile(file, []byte("years of work"), 0o666)
	for path, want := range map[string]string{
		filepath.Join(work, "nowhere"): "no such file or directory",
		file:                           "it is no directory",
	} {
		_, err := In(path).File("states")
		if err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v; want %s", path, err, want)
		}
	}
	if data, _ := os.ReadFile(file); string(data) != "years of work" {
		t.Error("the file was changed")
	}
}

// Reading a damaged record is an error.
func TestDamageIsFound(t *testing.T) {
	d, _ := in(t)
	f := newFile(t, d)
	data := bytes.Repeat([]byte("state"), 100)
	p, err := f.Append(data)
	if err != nil {
		t.Fatal(err)
	}
	whole := f.handle.(*os.File)
	for at := range int64(len(data)) {
		flipped := []byte{data[at] ^ 1<<(at%8)}
		whole.WriteAt(flipped, at)
		if got, err := f.Read(p, nil); err == nil {
			t.Fatalf("byte %d is another one, and %d bytes are read", at, len(got))
		}
		whole.WriteAt(data[at:at+1], at)
	}
	if _, err := f.Read(p, nil); err != nil {
		t.Errorf("it is whole again: %v", err)
	}
	for size := range int64(len(data)) {
		whole.Truncate(size)
		if _, err := f.Read(p, nil); !errors.Is(err, errDamaged) {
			t.Fatalf("cut at %d: %v", size, err)
		}
	}
}

// shortHandle writes half of the data, with or without an error.
type shortHandle struct {
	Handle
	err error
}

func (h shortHandle) WriteAt(b []byte, _ int64) (int, error) { return len(b) / 2, h.err }

func TestFailedWrites(t *testing.T) {
	errFull := errors.New("no space left on device")
	for _, c := range []struct {
		err  error
		want string
	}{{nil, "short write"}, {errFull, errFull.Error()}} {
		d, work := in(t)
		d.Create = func(path string) (Handle, error) {
			h, err := create(path)
			return shortHandle{h, c.err}, err
		}
		_, err := newFile(t, d).Append([]byte("state"))
		if err == nil || err.Error() != work+": "+c.want {
			t.Errorf("got %v; want %s", err, c.want)
		}
	}
}
