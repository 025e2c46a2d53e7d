package gotest

import (
	"path/filepath"
	"testing"
)

// The places of the escapes are those of GitHub's own toolkit.
func TestAnnotationEscapes(t *testing.T) {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GITHUB_ACTIONS", "true")
	t.Setenv("GITHUB_WORKSPACE", root)
	got := Annotation("Test/a:b,c", Site{"100%", "x,y_test.go", 7}, "half of 100%:\r\na, b\n")
	want := "\n\n::error file=internal/gotest/100%25/x%2Cy_test.go,line=7,title=Test/a%3Ab%2Cc::half of 100%25:%0D%0Aa, b"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
