// Package ci shows a workflow of GitHub Actions, and how a failure looks in it.
package ci

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"example.com/recipes/network"
	"github.com/muster-mc/muster/explore"
	"github.com/muster-mc/muster/explore/mctest"
)

// failing is a test that may fail, and keeps what it says.
type failing struct {
	testing.TB
	text string
}

func (f *failing) Name() string { return "TestNetwork" }

func (f *failing) Fatal(args ...any) {
	f.text = args[0].(string)
	runtime.Goexit()
}

// In a workflow the text of a failure has the command that makes it an annotation.
func TestAnnotation(t *testing.T) {
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_ACTIONS", "true")
	t.Setenv("GITHUB_WORKSPACE", root)
	f, done := &failing{TB: t}, make(chan struct{})
	go func() {
		defer close(done)
		mctest.Holds(f, network.New(network.Config{Bug: "no-number"}), explore.Options{})
	}()
	<-done

	want, err := os.ReadFile("annotation.txt")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(f.text, "\n"+strings.TrimSpace(string(want))) {
		t.Errorf("the failure\n%s\ndoes not end with\n%s", f.text, want)
	}
}
