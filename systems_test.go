package muster_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// platform is a system and an architecture that Muster runs on.
type platform struct{ system, architecture string }

// platforms are each system once, and Linux with both architectures: Linux alone has
// system calls that only some architectures have. TestNoFileIsForOneArchitecture holds
// that the rest does not depend on the architecture.
var platforms = []platform{{"windows", "amd64"}, {"darwin", "arm64"}, {"linux", "amd64"}, {"linux", "arm64"}}

// Every package compiles for every system. The test checks the types of the files that
// the system would build, down to the standard library as it is on that system. A file
// for another system can go wrong only in what its types show: a name that the system
// lacks, or two files that do not fit. To build the packages would generate the code of
// the whole standard library for each system, which takes a minute of a processor.
func TestPackagesCompileForEverySystem(t *testing.T) {
	for _, p := range platforms {
		t.Run(p.system+" "+p.architecture, func(t *testing.T) {
			t.Parallel()
			c := newTypeChecker(p)
			ours := 0
			for _, s := range p.sources(t) {
				for _, err := range c.check(t, s) {
					t.Error(err)
				}
				if s.isOurs() {
					ours++
				}
			}
			if ours < 50 {
				t.Errorf("%d packages of this module were checked, which are too few", ours)
			}
		})
	}
}

// The check finds a file that a system does not compile.
func TestAFileThatASystemLacksIsFound(t *testing.T) {
	dir := t.TempDir()
	code := "package p\n\nimport \"syscall\"\n\nfunc stop() error { return syscall.Kill(1, syscall.SIGTERM) }\n"
	if err := os.WriteFile(filepath.Join(dir, "p.go"), []byte(code), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, p := range platforms {
		c := newTypeChecker(p)
		for _, s := range p.sources(t, "syscall") {
			if errs := c.check(t, s); len(errs) > 0 {
				t.Fatal(errs)
			}
		}
		errs := c.check(t, source{ImportPath: module + "/p", Dir: dir, GoFiles: list("p.go")})
		if got, want := len(errs) > 0, p.system == "windows"; got != want {
			t.Errorf("%s: the errors are %v", p.system, errs)
		}
	}
}

// source is a package as go list describes it.
type source struct {
	ImportPath, Dir string
	GoFiles         []string
	ImportMap       map[string]string // where an import is another path than the one that is written
}

func (s source) isOurs() bool {
	return s.ImportPath == module || strings.HasPrefix(s.ImportPath, module+"/")
}

// sources are the packages that match the patterns, and those that they import, each
// after its imports. Without a pattern it is this module.
func (p platform) sources(t *testing.T, patterns ...string) (all []source) {
	t.Helper()
	if len(patterns) == 0 {
		patterns = list("./...")
	}
	command := exec.Command("go", append(list("list", "-deps", "-json=ImportPath,Dir,GoFiles,ImportMap"), patterns...)...)
	command.Env = append(os.Environ(), "GOOS="+p.system, "GOARCH="+p.architecture, "CGO_ENABLED=0")
	var problems strings.Builder
	command.Stderr = &problems
	out, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", command, err, problems.String())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var s source
		if err := d.Decode(&s); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
}

// typeChecker checks packages for a platform, one after the other.
type typeChecker struct {
	platform
	files *token.FileSet
	done  map[string]*types.Package // by path
}

func newTypeChecker(p platform) *typeChecker {
	return &typeChecker{p, token.NewFileSet(), map[string]*types.Package{"unsafe": types.Unsafe}}
}

// check returns the errors of a package of this module. A package from outside must have
// none, and only its declarations are looked at.
func (c *typeChecker) check(t *testing.T, s source) (errs []error) {
	t.Helper()
	if s.ImportPath == "unsafe" {
		return nil
	}
	var files []*ast.File
	for _, name := range s.GoFiles {
		f, err := parser.ParseFile(c.files, filepath.Join(s.Dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	config := types.Config{
		Importer:         imported{c, s.ImportMap},
		IgnoreFuncBodies: !s.isOurs(),
		Sizes:            types.SizesFor("gc", c.architecture),
		Error:            func(err error) { errs = append(errs, err) },
	}
	c.done[s.ImportPath], _ = config.Check(s.ImportPath, c.files, files, nil) // Error has the errors
	return errs
}

// imported finds the packages that were checked before, for one package.
type imported struct {
	*typeChecker
	written map[string]string
}

func (i imported) Import(path string) (*types.Package, error) {
	if other, ok := i.written[path]; ok {
		path = other
	}
	if p := i.done[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s: %s is not among what go list names", i.system, path)
}
