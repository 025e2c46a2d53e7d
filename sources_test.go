package muster_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/muster-mc/muster"

// goFile is a file of this module, whatever system it is for.
type goFile struct {
	path, dir string // from the root, with slashes
	isTest    bool
	imports   []string
}

// goFiles are all of them, without those of other modules below this one.
func goFiles(t *testing.T) []goFile {
	var files []goFile
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && isElsewhere(name):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go"):
			files = append(files, readFile(t, filepath.ToSlash(name)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// isElsewhere: go test ./... does not go there.
func isElsewhere(dir string) bool {
	base := filepath.Base(dir)
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil || base == "testdata" || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_")
}

func readFile(t *testing.T, name string) goFile {
	f := goFile{path: name, dir: path.Dir(name), isTest: strings.HasSuffix(name, "_test.go")}
	for _, spec := range f.parse(t, parser.ImportsOnly).Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		f.imports = append(f.imports, imported)
	}
	return f
}

func (f goFile) parse(t *testing.T, mode parser.Mode) *ast.File {
	parsed, err := parser.ParseFile(token.NewFileSet(), f.path, nil, mode)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

// ours are the imports from this module, as folders.
func (f goFile) ours() []string {
	var dirs []string
	for _, i := range f.imports {
		if i == module {
			dirs = append(dirs, ".")
		} else if dir, ok := strings.CutPrefix(i, module+"/"); ok {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// guests are the imports from other modules, and those of the standard library
// that few may use.
func (f goFile) guests() []string {
	var all []string
	for _, i := range f.imports {
		first, _, _ := strings.Cut(i, "/")
		foreign := strings.Contains(first, ".") && i != module && !strings.HasPrefix(i, module+"/")
		if _, watched := guests[i]; watched || foreign {
			all = append(all, i)
		}
	}
	return all
}

// All architectures have the same files, so a build for another system shows
// what a build for the same system with another architecture would show.
func TestNoFileIsForOneArchitecture(t *testing.T) {
	for _, f := range goFiles(t) {
		for _, system := range []string{"linux", "darwin", "windows"} {
			c := build.Default
			c.GOOS, c.GOARCH = system, "amd64"
			first := isBuilt(t, &c, f)
			c.GOARCH = "arm64"
			if isBuilt(t, &c, f) != first {
				t.Errorf("%s: on %s it is for some architectures only; TestPackagesCompileForEverySystem checks each system with one", f.path, system)
			}
		}
	}
}

func isBuilt(t *testing.T, c *build.Context, f goFile) bool {
	match, err := c.MatchFile(filepath.FromSlash(f.dir), path.Base(f.path))
	if err != nil {
		t.Fatal(err)
	}
	return match
}

// alone is the list of .ci/run of packages that the race detector does not see.
var alone = regexp.MustCompile(`(?m)^alone='/internal/\(([a-z|]+)\)\$'$`)

// In packages that the race detector does not see there is nothing to race: no file of
// theirs, of their tests or of what they use of this module starts a goroutine, runs tests
// in parallel or imports what goroutines share.
func TestWhatIsNotRacedIsAlone(t *testing.T) {
	script, err := os.ReadFile(filepath.Join(".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	listed := alone.FindSubmatch(script)
	if listed == nil {
		t.Fatalf(".ci/run has no line %s", alone)
	}
	files := goFiles(t)
	known := map[string]bool{}
	var queue []string
	visit := func(dir string) {
		if !known[dir] {
			known[dir] = true
			queue = append(queue, dir)
		}
	}
	for name := range strings.SplitSeq(string(listed[1]), "|") {
		visit("internal/" + name)
	}
	roots := len(queue)
	for i := 0; i < len(queue); i++ {
		found := false
		for _, f := range files {
			if f.dir != queue[i] || f.isTest && i >= roots {
				continue // the tests of what a package uses are raced with that
			}
			found = true
			if why := f.concurrent(t); why != "" {
				t.Errorf("%s %s: take what uses it out of the list of .ci/run, so that the race detector sees it", f.path, why)
			}
			for _, dir := range f.ours() {
				visit(dir)
			}
		}
		if !found {
			t.Errorf("there is no package %s", queue[i])
		}
	}
}

// concurrent says what a file has to do with goroutines, if anything.
func (f goFile) concurrent(t *testing.T) (why string) {
	if i := slices.IndexFunc(f.imports, func(i string) bool { return i == "sync" || strings.HasPrefix(i, "sync/") }); i >= 0 {
		return "imports " + f.imports[i]
	}
	ast.Inspect(f.parse(t, 0), func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			why = "starts a goroutine"
		case *ast.SelectorExpr:
			if n.Sel.Name == "Parallel" {
				why = "runs tests in parallel"
			}
		}
		return why == ""
	})
	return why
}
