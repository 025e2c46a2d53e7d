package fileerror

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Plain removes the path and the call, for calls with one path and with two.
func TestPlain(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	_, opened := os.Open(missing)
	renamed := os.Rename(missing, missing+"2")
	other := errors.New("the disk is full")
	for _, c := range []struct{ err, want error }{
		{opened, fs.ErrNotExist}, {renamed, fs.ErrNotExist}, {other, other}, {nil, nil},
	} {
		got := Plain(c.err)
		if !errors.Is(got, c.want) {
			t.Errorf("got %v, want %v", got, c.want)
		}
		var p *fs.PathError
		var l *os.LinkError
		if errors.As(got, &p) || errors.As(got, &l) {
			t.Errorf("%v still names the file", got)
		}
	}
}
