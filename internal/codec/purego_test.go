package codec

import (
	"go/build"
	"slices"
	"testing"
)

// With the build tag purego, the package does not import unsafe. It never needs
// more than the standard library.
func TestPurego(t *testing.T) {
	pure := build.Default
	pure.BuildTags = []string{"purego"}
	p, err := pure.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Contains(p.Imports, "unsafe") {
		t.Errorf("purego imports unsafe: %v", p.ImportPos["unsafe"])
	}
	want := []string{"bytes", "encoding/binary", "fmt", "math", "math/bits", "reflect", "slices", "strings"}
	if !slices.Equal(p.Imports, want) {
		t.Errorf("imports %v, want %v", p.Imports, want)
	}
}
